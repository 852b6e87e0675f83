import { A2K, In, LPF, Out, PeakFollower, type SynthDef, synthDef } from '../synthdef/index.js';
import type { Seconds } from '../units.js';
import type { Probe } from './listening.js';
import { type BusRef, useProbe } from './probe.js';

/** How loud a channel is; 1 is full scale. */
export interface Level {
  /** The largest sample, falling back by 20 dB in 0.4 s. */
  readonly peak: number;
  /** Of the last tenth of a second: what is called RMS. */
  readonly rms: number;
}

export interface LevelOptions {
  /** Channels of the bus that are measured. @default those of the bus; 2 for an index */
  readonly channels?: number | undefined;
  /** Seconds between two questions. @default 0.05 */
  readonly interval?: Seconds | undefined;
}

/**
 * How loud the channels of an audio bus are, for meters; in a piece, or in a page below `<ServerProvider>`. `undefined`
 * before the first answer. The component renders again with each answer.
 *
 * Sends `/s_new` of a synth at the very end of everything, `/c_getn` for each answer, and `/n_free`.
 *
 * @param bus - @default 0, what is heard
 */
export function useLevel(
  bus: BusRef = 0,
  { channels = typeof bus === 'number' ? 2 : bus.channels, interval = 0.05 }: LevelOptions = {},
): readonly Level[] | undefined {
  return useProbe(bus, () => levelProbe(channels), `level ${channels}`, interval);
}

/** How loud each channel is. */
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
