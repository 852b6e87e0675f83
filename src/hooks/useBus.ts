import { useInsertionEffect, useState } from 'react';
import { SuperColliderError } from '../errors.js';
import { BusHandle } from '../scene/handles.js';
import type { Rate } from '../units.js';
import { checkChannels, checkObject, rejectUnknownProps } from './rejectUnknownProps.js';
import { useScene } from './useServer.js';
import { useStable } from './useStable.js';

/** Rate, channels and name of a bus. */
export interface BusOptions {
  /** @default 'audio' */
  readonly rate?: Rate | undefined;
  /** Channels in a row. @default 2 for audio, 1 for control */
  readonly channels?: number | undefined;
  /** For error messages and the tree. */
  readonly name?: string | undefined;
}

/**
 * A private bus, as long as the component is mounted.
 *
 * The handle has no number while rendering. The commit that mounts it allocates one, and every control with
 * the handle gets it. `out={bus}` gives a synth the index, `freq={bus.kr()}` maps the control to it.
 *
 * A definition that writes or reads more channels than the bus has, or at the other rate, is refused: those
 * channels belong to another bus. The channels of an unmounted bus are released after the last synth that
 * plays through it has ended. Nothing is sent for a bus itself.
 *
 * @throws SuperColliderError `invalid-argument` for a wrong rate or number of channels.
 * @throws SuperColliderError `out-of-ids`, at the commit and to the nearest error boundary, when the server
 *   has no such block left.
 */
export function useBus(options: BusOptions = {}): BusHandle {
  checkObject('useBus', options, (value) => `useBus({ channels: ${value} })`);
  const { rate = 'audio', channels: given, name, ...others } = options;
  rejectUnknownProps('useBus', others, ['rate', 'channels', 'name']);
  if (rate !== 'audio' && rate !== 'control') {
    throw new SuperColliderError(
      'invalid-argument',
      `useBus: rate is ${JSON.stringify(rate)}. It is "audio" or "control".`,
    );
  }
  const channels = given ?? (rate === 'audio' ? 2 : 1);
  checkChannels('useBus', channels);
  const scene = useScene('useBus');
  const [error, onFail] = useState<Error>();
  const bus = useStable(
    [rate, given, name],
    () => new BusHandle({ rate, channels, hasGivenChannels: given !== undefined, name }),
  );
  useInsertionEffect(() => scene.mount(bus, { onFail, onLoad: () => {} }), [scene, bus]);
  if (error) throw error;
  return bus;
}
