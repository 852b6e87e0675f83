/**
 * The synth of a moving value: an envelope on a bus.
 *
 * A server begins a new synth with the control block that its time is in. `OffsetOut` alone knows the sample within the
 * block: its signal opens the envelope. So a movement is right to the sample, also at control rate.
 */

import { Modulator } from '../scene/modulator.js';
import {
  A2K,
  Changed,
  DC,
  EnvGen,
  In,
  OffsetOut,
  Out,
  ReplaceOut,
  type SynthDef,
  synthDef,
  T2A,
} from '../synthdef/index.js';
import type { Rate, UnixTime } from '../units.js';
import type { Motion } from './motion.js';

/** Segments that envelopes have room for. A bundle over 1,024 bytes has no sample of its own in the embedded engine. */
export const SIZES = [1, 8, 32] as const;

/** The most segments of one envelope. */
export const MAX_SEGMENTS = SIZES.at(-1)!;

/** Numbers of an `EnvGen` array: four, and four for each segment. */
const lengthOf = (segments: number): number => 4 + 4 * segments;

/** The definitions are data, equal for all servers, and made when they are needed. */
const definitions = new Map<string, SynthDef>();

function definitionOf(rate: Rate, size: number): SynthDef {
  const key = `ramp-${rate}-${size}`;
  const known = definitions.get(key);
  if (known) return known;
  const def = synthDef(
    key,
    { out: 0, scratch: 0, run: 0, envelope: Array.from({ length: lengthOf(size) }, () => 0) },
    ({ out, scratch, run, envelope }) => {
      const one = DC.ar(1);
      ReplaceOut.ar(scratch, DC.ar(0));
      OffsetOut.ar(scratch, one);
      // The product makes the bus be read after it was written.
      const isOpen = In.ar(scratch.mul(A2K.kr(one)));
      // Another number closes the envelope for a sample: it begins again, from where it is.
      const gate = isOpen.sub(T2A.ar(Changed.kr(run)));
      const value = EnvGen.ar(envelope, { gate });
      if (rate === 'audio') Out.ar(out, value);
      else Out.kr(out, A2K.kr(value));
    },
  );
  definitions.set(key, def);
  return def;
}

/** A movement, or the part of it that begins at a time, as what moves a control. */
export class Ramp extends Modulator {
  override readonly isFresh: boolean;
  readonly #motion: Motion;
  readonly #sampleRate: number;
  readonly #size: number;

  /**
   * @param time - The time at which the synth begins.
   * @param run - Another number for each.
   * @param isExact - True where the time is exact, so that the client knows the number to begin with. Else a synth that is
   *   there already goes on from where it is.
   */
  constructor(rate: Rate, motion: Motion, time: UnixTime, sampleRate: number, run: number, isExact: boolean) {
    const count = motion.countFrom(time, sampleRate);
    const size = SIZES.find((room) => room >= count) ?? MAX_SEGMENTS;
    const envelope = motion.envelope(time, sampleRate, size);
    super({ def: definitionOf(rate, size), rate, channels: 1, controls: { run, envelope } });
    this.isFresh = isExact;
    this.#motion = motion;
    this.#sampleRate = sampleRate;
    this.#size = size;
  }

  override controlsAt(time: UnixTime): Readonly<Record<string, readonly number[]>> {
    return { envelope: this.#motion.envelope(time, this.#sampleRate, this.#size) };
  }
}
