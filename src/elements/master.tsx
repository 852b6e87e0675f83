import { type Key, type ReactNode, useLayoutEffect, useState } from 'react';
import { Portal } from '../hooks/internal.js';
import { rejectUnknownProps } from '../hooks/rejectUnknownProps.js';
import type { BusHandle } from '../scene/handles.js';
import { Inserts, useIsRunning } from './inserts.js';
import { checkGain, type Setting } from './mixerChecks.js';
import { useMixerContext } from './mixerContext.js';

/** Props of `<Master>`. Settings are those of the props, else those that `useMaster` changed, else the defaults. */
export interface MasterProps {
  /** Gain of everything in decibels. A modulator or a live value gives decibels, too. @default that of the mixer, 0 */
  readonly gain?: Setting | undefined;
  /** True to silence everything. @default false */
  readonly muted?: boolean | undefined;
  /** Gain to begin with, in decibels. @default that of the mixer, 0 */
  readonly defaultGain?: number | undefined;
  /** True to begin in silence. @default false */
  readonly defaultMuted?: boolean | undefined;
  /** Keeps the sum below full scale, with 20 ms of delay. @default that of the mixer, true */
  readonly limiter?: boolean | undefined;
  /** Effects that process the sum before the fader, in their order: `<Effect>`s that have nothing inside. */
  readonly inserts?: ReactNode;
  /** React's key. */
  readonly key?: Key | null | undefined;
}

const PROPS: readonly string[] = ['gain', 'muted', 'defaultGain', 'defaultMuted', 'limiter', 'inserts'];

/**
 * The end of a `<Mixer>`: inserts, gain, and a limiter, which is there without this element, too.
 *
 * It stands anywhere in the mixer, and is computed last. `useMaster()` gives its settings and its buses for meters.
 *
 * @example
 * ```tsx
 * <Mixer>
 *   <Track name="bass"><Bass /></Track>
 *   <Master gain={-3} inserts={<Effect def={compressor} threshold={-18} />} />
 * </Mixer>
 * ```
 *
 * @throws SuperColliderError `invalid-argument` outside of a mixer, and for a second one.
 */
export function Master(props: MasterProps): ReactNode {
  rejectUnknownProps('<Master>', props, PROPS);
  const { gain, muted, defaultGain, defaultMuted, limiter, inserts } = props;
  if (gain !== undefined) checkGain('<Master>', gain);
  if (defaultGain !== undefined) checkGain('<Master>', defaultGain);
  const { store, inserts: group, sum } = useMixerContext('<Master>');
  const [element] = useState(() => ({}));
  useLayoutEffect(
    () => store.putMaster({ element, gain, muted, defaultGain, defaultMuted, limiter }),
    [store, element, gain, muted, defaultGain, defaultMuted, limiter],
  );
  useLayoutEffect(() => () => store.removeMaster(element), [store, element]);
  return (
    <Portal into={group}>
      <MasterInserts bus={sum}>{inserts}</MasterInserts>
    </Portal>
  );
}

/** Inserts that are mounted when the group of the portal is. */
function MasterInserts({
  bus,
  children,
}: {
  readonly bus: BusHandle;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Inserts bus={bus} isRunning={useIsRunning()}>
      {children}
    </Inserts>
  );
}
