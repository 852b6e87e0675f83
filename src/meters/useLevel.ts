import { A2K, In, LPF, Out, PeakFollower, type SynthDef, synthDef } from '../synthdef/index.js';
import type { Seconds } from '../units.js';
import type { Probe } from './listening.js';
import { type BusRef, useProbe } from './probe.js';

/** Level of a channel; 1 is full scale. */
export interface Level {
  /** The largest sample, falling back by 20 dB in 0.4 s. */
  readonly peak: number;
  /** The root mean square of the last tenth of a second. */
  readonly rms: number;
}

/** Channels and interval of the measurement. */
export interface LevelOptions {
  /** Channels of the bus that are measured. @default those of the bus; 2 for an index */
  readonly channels?: number | undefined;
  /** Seconds between two questions. @default 0.05 */
  readonly interval?: Seconds | undefined;
}

/**
 * Levels of the channels of an audio bus, for meters; in a piece, or in a page below `<ServerProvider>`.
 *
 * The result is `undefined` before the first reply. The component renders again with each reply. Sends
 * `/s_new` of a synth at the very end of everything, `/c_getn` for each reply, and `/n_free`.
 *
 * @param bus - @default 0, the outputs
 */
export function useLevel(
  bus: BusRef = 0,
  { channels = typeof bus === 'number' ? 2 : bus.channels, interval = 0.05 }: LevelOptions = {},
): readonly Level[] | undefined {
  return useProbe(bus, () => levelProbe(channels), `level ${channels}`, interval);
}

/** Probe of each channel's level. */
export function levelProbe(channels: number): Probe<readonly Level[]> {
  return {
    def: levelDef(channels),
    values: 2 * channels,
    channels,
    read: (values) =>
      Array.from({ length: channels }, (_, channel) => ({
        peak: values[channel]!,
        rms: values[channels + channel]!,
      })),
  };
}

function levelDef(channels: number): SynthDef {
  return synthDef(`react-collider-level-${channels}`, { bus: 0, values: 0 }, ({ bus, values }) => {
    for (let channel = 0; channel < channels; channel++) {
      const heard = In.ar(bus.add(channel), 1);
      Out.kr(values.add(channel), A2K.kr(PeakFollower.ar(heard, 0.99988)));
      Out.kr(values.add(channels + channel), LPF.ar(heard.squared(), 3).max(0).sqrt());
    }
  });
}
