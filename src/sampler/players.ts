/** Definitions that play a sample, by its channels and by how it goes on. */

import { SuperColliderError } from '../errors.js';
import {
  A2K,
  BufFrames,
  DoneAction,
  Env,
  EnvGen,
  Latch,
  lagged,
  Out,
  Pan2,
  Phasor,
  PlayBuf,
  RLPF,
  SampleRate,
  Select,
  type Signal,
  type SynthDef,
  signal,
  synthDef,
} from '../synthdef/index.js';

/** The part of a sample that repeats: nothing, the whole, or a part after what comes before it. */
export type Repeat = 'none' | 'whole' | 'part';

/** Abilities of a player. */
export interface PlayerShape {
  /** Channels of the buffer. */
  readonly channels: number;
  /** The part that repeats. */
  readonly repeat: Repeat;
  /** With a low-pass filter. */
  readonly isFiltered: boolean;
}

const controls = {
  buf: 0,
  /** Speed by which the region is played for the pitch; below 0 backwards. */
  rate: 1,
  /** Samples a second of the sample. */
  hertz: 48_000,
  /** Seconds from the beginning of the region. */
  start: 0,
  /** Semitones. */
  bend: 0,
  /** Level of the region and of the velocity. */
  gain: 1,
  amp: lagged(0.3, 0.02),
  pan: 0,
  /** Place of the region between left and right. */
  place: 0,
  out: 0,
  gate: 1,
  /** 1 to play to the end of the sample, whatever the gate says. */
  once: 0,
  attack: 0.001,
  hold: 0,
  decay: 0,
  sustain: 1,
  release: 0.05,
} as const;

/** Frames where nothing ends: a position that goes up without a turn. */
const NEVER = 1e9;

const made = new Map<string, SynthDef>();

/**
 * A definition that plays a buffer.
 *
 * A part that goes on has a buffer of its own. Two `PlayBuf`s at one speed give the same samples within the part, so
 * the change from one to the other is not heard. A `BufRd` would have positions of 24 bits: at 20 seconds it is noisy.
 */
export function playerOf({ channels, repeat, isFiltered }: PlayerShape): SynthDef {
  if (!(channels >= 1 && channels <= 64)) {
    throw new SuperColliderError(
      'invalid-argument',
      `A sample has ${channels} channels. A sampler plays 1 to 64 of them.`,
    );
  }
  const name = `sample${channels}${repeat === 'none' ? '' : `-${repeat}`}${isFiltered ? '-filtered' : ''}`;
  let def = made.get(name);
  if (!def) {
    def = write(name, channels, repeat, isFiltered);
    made.set(name, def);
  }
  return def;
}

type Common = { readonly [Name in keyof typeof controls]: Signal };

function write(name: string, channels: number, repeat: Repeat, isFiltered: boolean): SynthDef {
  const tone = isFiltered ? { cutoff: 18_000, rq: 1 } : {};
  const looping = repeat === 'part' ? { loopBuf: 0, loopFrom: 0, loopFrames: 1, sustained: 0 } : {};
  return synthDef(name, { ...controls, ...tone, ...looping }, (given) => {
    const c = given as Common & { readonly cutoff: Signal; readonly rq: Signal } & Part;
    const speed = c.rate.mul(c.bend.midiratio()).mul(c.hertz).div(SampleRate.ir());
    const gate = c.gate.max(c.once);
    const raw = repeat === 'part' ? playPart(channels, c, speed) : playWhole(channels, c, speed, repeat);
    const envelope = EnvGen.kr(
      new Env([0, 1, 1, c.sustain, 0], [c.attack, c.hold, c.decay, c.release], [0, 0, -4, -4], {
        releaseNode: 3,
      }),
      { gate, doneAction: DoneAction.freeSelf },
    );
    const sound = raw.mul(envelope).mul(c.gain);
    const toned = isFiltered ? RLPF.ar(sound, c.cutoff.clip(20, 18_000), c.rq) : sound;
    Out.ar(c.out, placed(toned, c.pan.add(c.place).clip(-1, 1), c.amp));
  }) as SynthDef;
}

function playWhole(channels: number, c: Common, speed: Signal, repeat: Repeat): Signal {
  const first = c.start.mul(c.hertz);
  // At its last frame a PlayBuf has ended.
  const from = Select.kr(c.rate.lt(0), [first, BufFrames.ir(c.buf).sub(2).sub(first)]);
  return PlayBuf.ar(channels, c.buf, speed, 1, from, repeat === 'whole' ? 1 : 0, DoneAction.freeSelf);
}

interface Part {
  /** The buffer of the part. */
  readonly loopBuf: Signal;
  /** Frame of the sample at which the part begins. */
  readonly loopFrom: Signal;
  /** Frames of the part. */
  readonly loopFrames: Signal;
  /** 1 to go on behind the part after the release. */
  readonly sustained: Signal;
}

function playPart(channels: number, c: Common & Part, speed: Signal): Signal {
  const first = c.start.mul(c.hertz);
  const position = Phasor.ar(0, speed, first, NEVER);
  const part = PlayBuf.ar(channels, c.loopBuf, speed, 1, first.sub(c.loopFrom).mod(c.loopFrames), 1);
  // In the middle of the part both give the same samples, also around the frame.
  const isInside = position.gt(c.loopFrom.add(c.loopFrames.mul(0.5)));
  const hasLeft = c.sustained.mul(c.gate.le(0));
  const isPart = isInside.mul(hasLeft.neg().add(1));
  const returned = position.sub(c.loopFrom).mod(c.loopFrames).add(c.loopFrom);
  // It stands still while the part repeats, and so does not come to its end.
  const whole = PlayBuf.ar(
    channels,
    c.buf,
    speed.mul(isPart.neg().add(1)),
    Latch.kr(A2K.kr(isInside), hasLeft).mul(hasLeft),
    Select.ar(isInside, [position, returned]),
    0,
    DoneAction.freeSelf,
  );
  return signal(whole.channels.map((channel, index) => Select.ar(isPart, [channel, part.channels[index]!])));
}

/** One channel is panned, two are balanced, and more stay where they are. */
function placed(sound: Signal, pan: Signal, amp: Signal): Signal {
  const { channels } = sound;
  const [left, right] = channels;
  if (channels.length === 1) return Pan2.ar(left!, pan, amp);
  if (channels.length > 2) return sound.mul(amp);
  return signal([left!.mul(pan.neg().add(1).min(1)), right!.mul(pan.add(1).min(1))]).mul(amp);
}
