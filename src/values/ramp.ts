/**
 * The synth of a moving value: an envelope on a bus.
 *
 * A server begins a new synth with the control block that its time is in. `OffsetOut` alone knows the sample within the
 * block: its signal opens the envelope. So a movement is right to the sample, also at control rate.
 */

import { BusHandle } from '../scene/handles.js';
import type { LiveHost } from '../scene/liveHost.js';
import { Modulator } from '../scene/modulator.js';
import type { NodeSnapshot } from '../scene/nodeSnapshot.js';
import { padToSlots } from '../scene/resolve.js';
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
    // supernova 3.13 may crash at /g_queryTree where the last control of a definition is an array.
    { envelope: Array.from({ length: lengthOf(size) }, () => 0), out: 0, scratch: 0, run: 0 },
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

/** The bus on which the synths of a scene tell themselves that they are open: one after the other, within a control block. */
const scratchBuses = new WeakMap<LiveHost, BusHandle>();

function scratchOf(host: LiveHost): BusHandle {
  let bus = scratchBuses.get(host);
  if (!bus) {
    bus = new BusHandle({ rate: 'audio', channels: 1, name: 'scratch of ramps' });
    host.resources.mountNow(bus);
    scratchBuses.set(host, bus);
  }
  return bus;
}

/** The motion of a ramp, with its beginning. */
export interface RampContent {
  readonly rate: Rate;
  readonly motion: Motion;
  /** The time at which the synth begins. */
  readonly time: UnixTime;
  readonly sampleRate: number;
  /** Another number for each. */
  readonly run: number;
  /** The scene that the synth is in. */
  readonly host: LiveHost;
}

/** A movement, or the part of it that begins at a time, as what moves a control. */
export class Ramp extends Modulator {
  /** True where the time is exact. Else a synth that is there already goes on from where it is. */
  declare readonly isFresh: boolean;
  readonly #motion: Motion;
  readonly #sampleRate: number;
  readonly #size: number;

  constructor({ rate, motion, time, sampleRate, run, host }: RampContent) {
    const count = motion.countFrom(time, sampleRate);
    const size = SIZES.find((room) => room >= count) ?? MAX_SEGMENTS;
    const envelope = motion.envelope(time, sampleRate, size);
    const controls = { run, envelope, scratch: scratchOf(host) };
    super({ def: definitionOf(rate, size), rate, channels: 1, controls });
    this.isFresh = host.stamp !== undefined;
    this.#motion = motion;
    this.#sampleRate = sampleRate;
    this.#size = size;
  }

  /** A synth that is made later has the rest of the way. */
  override prepare(snapshot: NodeSnapshot, time: UnixTime): void {
    if (snapshot.kind !== 'synth') return;
    const { table, element } = snapshot;
    const slot = table.slotOf('envelope')!;
    const envelope = this.#motion.envelope(time, this.#sampleRate, this.#size);
    snapshot.put(slot, padToSlots(envelope, table.controls[slot]!, element));
  }
}
