import {
  A2K,
  BufWr,
  ControlDur,
  In,
  Out,
  Phasor,
  SampleRate,
  type SynthDef,
  synthDef,
} from '../synthdef/index.js';
import type { Seconds } from '../units.js';
import type { Probe } from './listening.js';
import { type BusRef, useProbe } from './probe.js';

/** Frames, channels and interval of the oscilloscope. */
export interface ScopeOptions {
  /** Number of the last frames. @default 1024 */
  readonly frames?: number | undefined;
  /** Channels of the bus. @default those of the bus; 2 for an index */
  readonly channels?: number | undefined;
  /** Seconds between two questions. @default 0.05 */
  readonly interval?: Seconds | undefined;
}

/**
 * The last frames of an audio bus, an array for each channel, the oldest sample first: for oscilloscopes.
 *
 * It works in a piece, or in a page below `<ServerProvider>`. The result is `undefined` before the first
 * reply. The component renders again with each reply.
 *
 * Sends `/b_alloc`, `/s_new` of a synth at the very end of everything, `/c_getn` and `/b_getn` for each
 * reply, `/n_free` and `/b_free`.
 *
 * @param bus - @default 0, the outputs
 */
export function useScope(
  bus: BusRef = 0,
  {
    frames = 1024,
    channels = typeof bus === 'number' ? 2 : bus.channels,
    interval = 0.05,
  }: ScopeOptions = {},
): readonly Float32Array[] | undefined {
  return useProbe(bus, () => scopeProbe(frames, channels), `scope ${frames} ${channels}`, interval);
}

/** The last frames of a bus. */
export function scopeProbe(frames: number, channels: number): Probe<readonly Float32Array[]> {
  return {
    def: scopeDef(frames, channels),
    values: 2,
    frames,
    channels,
    read: ([next = 0], samples) =>
      Array.from({ length: channels }, (_, channel) =>
        // The buffer is written round and round: what is overwritten next is the oldest.
        Float32Array.from(
          { length: frames },
          (_, index) => samples[((next + index) % frames) * channels + channel]!,
        ),
      ),
  };
}

function scopeDef(frames: number, channels: number): SynthDef {
  return synthDef(
    `react-collider-scope-${frames}-${channels}`,
    { bus: 0, values: 0, buffer: 0 },
    ({ bus, values, buffer }) => {
      const phase = Phasor.ar(0, 1, 0, frames);
      BufWr.ar(In.ar(bus, channels), buffer, phase);
      const sampleRate = SampleRate.ir();
      // Where the block that is written now ends.
      Out.kr(values, [A2K.kr(phase).add(ControlDur.ir().mul(sampleRate)), sampleRate]);
    },
  );
}
