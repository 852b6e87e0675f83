import { useInsertionEffect, useState } from 'react';
import { SuperColliderError } from '../errors.js';
import { BusHandle } from '../scene/handles.js';
import type { Rate } from '../units.js';
import { checkObject, rejectUnknownProps } from './rejectUnknownProps.js';
import { useScene } from './useServer.js';
import { useStable } from './useStable.js';

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
 * The handle has no number while rendering: the commit that mounts it gives one, and every control
 * that it was written into gets that number. `out={bus}` gives a synth the index, `freq={bus.kr()}`
 * maps the control to it. A synth whose definition writes or reads more channels than the bus has, or at the other
 * rate, is refused: they would be another bus's. When the bus is unmounted, its channels are given to others only after the
 * last synth that was playing through it has ended. Nothing is sent for a bus itself.
 *
 * @throws SuperColliderError `bad-argument` for a wrong rate or number of channels; `out-of-ids` at the
 *   commit when the server has no such block left, which goes to the nearest error boundary.
 */
export function useBus(options: BusOptions = {}): BusHandle {
  checkObject('useBus', options, (value) => `useBus({ channels: ${value} })`);
  const { rate = 'audio', channels: given, name, ...others } = options;
  rejectUnknownProps('useBus', others, ['rate', 'channels', 'name']);
  if (rate !== 'audio' && rate !== 'control') {
    throw new SuperColliderError(
      'bad-argument',
      `useBus: rate is ${JSON.stringify(rate)}. It is "audio" or "control".`,
    );
  }
  const channels = given ?? (rate === 'audio' ? 2 : 1);
  if (!(Number.isInteger(channels) && channels >= 1)) {
    throw new SuperColliderError(
      'bad-argument',
      `useBus: channels is ${channels}. It is a whole number from 1 up.`,
    );
  }
  const scene = useScene('useBus');
  const [error, onFail] = useState<Error>();
  const bus = useStable(
    [rate, given, name],
    () => new BusHandle({ rate, channels, hasGivenChannels: given !== undefined, name }),
  );
  useInsertionEffect(() => scene.resources.mount(bus, { onFail, onLoad: () => {} }), [scene, bus]);
  if (error) throw error;
  return bus;
}
