import { Fragment, type Key, type ReactNode, type Ref, useImperativeHandle } from 'react';
import { rejectUnknownProps } from '../hooks/rejectUnknownProps.js';
import type { SamplerInstrument } from './instrument.js';
import type { SamplerOptions } from './options.js';
import { type SamplerFiles, useSampler } from './useSampler.js';

/** Props of `<Sampler>`. */
export interface SamplerProps extends SamplerOptions {
  /** A map of notes to files, the path or URL of an `.sfz` file or of a SoundFont, or the path of a folder. */
  readonly files: SamplerFiles;
  /** Receives the instrument. */
  readonly ref?: Ref<SamplerInstrument> | undefined;
  /** React's key. */
  readonly key?: Key | null | undefined;
  /** Elements, or a function that gets the instrument. */
  readonly children?: ReactNode | ((sampler: SamplerInstrument) => ReactNode);
}

/**
 * An instrument of samples, as `useSampler` gives it.
 *
 * @example
 * ```tsx
 * <Sampler files={{ C3: 'c3.wav', C4: 'c4.wav' }}>
 *   {(piano) => <Pattern values={bind({ degree: seq([0, 2, 4], inf) })} def={piano} />}
 * </Sampler>
 * ```
 *
 * @throws SuperColliderError what `useSampler` throws.
 */
export function Sampler({
  files,
  ref,
  children,
  spread,
  name,
  preset,
  ignore,
  ...others
}: SamplerProps): ReactNode {
  rejectUnknownProps('<Sampler>', others, ['files', 'spread', 'name', 'preset', 'ignore', 'ref', 'children']);
  const sampler = useSampler(files, { spread, name, preset, ignore });
  useImperativeHandle(ref, () => sampler, [sampler]);
  return <Fragment>{typeof children === 'function' ? children(sampler) : children}</Fragment>;
}
