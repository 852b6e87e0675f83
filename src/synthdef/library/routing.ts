/** Definitions behind `<Effect>` and `<Mixer>`: they carry sound from bus to bus. */

import {
  DetectSilence,
  In,
  Limiter,
  Line,
  Out,
  Pan2,
  Ramp,
  ReplaceOut,
} from '../catalogue/generated/index.js';
import { Env } from '../composites/env.js';
import { DoneAction, EnvGen } from '../composites/envGen.js';
import { Mix } from '../composites/mix.js';
import type { Signal } from '../signal/signal.js';
import { synthDef } from '../synthDef.js';
import type { SynthDef } from '../synthDefsFromBytes.js';

/** Seconds in which gains, mixes and inputs glide, so that no change clicks. */
const GLIDE = 0.02;
/** Seconds in which an effect takes over from another one. */
const CROSSFADE = 0.05;
/** -80 dB. */
const SILENCE = 1e-4;
/** Seconds of silence after which a tail is over. Echoes of an audible delay come more often. */
const SILENT_FOR = 1;
/** Seconds: the end of a tail that is measured comes before. */
const FOREVER = 1e6;

/** Definitions by name: a mixer of a hundred tracks compiles its strip once. */
const made = /* @__PURE__ */ new Map<string, SynthDef>();

/** The definition of a name, which stands for its sizes. */
function routing<const Controls extends Readonly<Record<string, number>>>(
  name: string,
  controls: Controls,
  write: (controls: { readonly [Name in keyof Controls]: Signal }) => void,
): SynthDef {
  const known = made.get(name) ?? synthDef(name, controls, write as never);
  made.set(name, known);
  return known;
}

/** The channels as this many: they are repeated, or added up in turns. */
function spread(channels: readonly Signal[], count: number): Signal[] {
  return Array.from({ length: count }, (_, index) => {
    const own = channels.filter((_, place) => place % count === index);
    return own.length > 1 ? Mix(own) : (own[0] ?? channels[index % channels.length]!);
  });
}

/** Frees the synth when its gate is closed and the signals have been silent for a second. */
function freeWhenSilent(gate: Signal, signals: readonly Signal[]): void {
  // An open gate is as good as a sound.
  const level = Mix(signals.map((signal) => signal.abs())).add(gate);
  DetectSilence.ar(level, SILENCE, SILENT_FOR, DoneAction.freeSelf);
}

/** Takes what is inside an effect to the effect, until `open` is 0. Channels that the effect does not have are mixed. */
export function effectInput(channels: number, inputs: number): SynthDef {
  return routing(`effect-input-${channels}-${inputs}`, { bus: 0, out: 0, open: 1, from: 1 }, (c) => {
    // At audio rate, as scsynth 3.13 begins a line at control rate one block ahead, which is a step of 2 %.
    const level = Line.ar(c.from, 1, CROSSFADE).mul(Ramp.kr(c.open, CROSSFADE));
    const sound = In.ar(c.bus, channels).mul(level.mul(Math.min(1, inputs / channels)));
    Out.ar(c.out, spread(sound.channels, inputs));
  });
}

/**
 * Takes the sound of a bus to an insert, and leaves the rest of it on the bus: nothing, once the insert has faded in.
 *
 * At `gate 0` the bus gets its sound back.
 */
export function insertInput(channels: number): SynthDef {
  return routing(`insert-input-${channels}`, { bus: 0, out: 0, from: 1, gate: 1 }, (c) => {
    const level = Line.ar(c.from, 1, CROSSFADE).mul(Ramp.kr(c.gate, CROSSFADE));
    const sound = In.ar(c.bus, channels);
    Out.ar(c.out, sound.mul(level));
    ReplaceOut.ar(c.bus, sound.mul(level.neg().add(1)));
  });
}

/**
 * Takes the sound of an effect, mixed with that before the effect, to the destination of `channels` channels.
 *
 * The tail lasts `tail` seconds, and below 0 until there is a second of silence. One definition does both: another one
 * would be heard beside this one until its tail is over.
 */
export function effectReturn(inputs: number, outputs: number, channels = outputs): SynthDef {
  const name = `effect-return-${inputs}-${outputs}${channels === outputs ? '' : `-${channels}`}`;
  return routing(name, { dry: 0, wet: 0, out: 0, mix: 1, bypass: 0, gate: 1, tail: -1 }, (c) => {
    const before = spread(In.ar(c.dry, inputs).channels, outputs);
    const after = In.ar(c.wet, outputs).channels;
    const mix = Ramp.kr(c.mix.mul(c.bypass.neg().add(1)), GLIDE);
    const sound = after.map((wet, index) => before[index]!.add(wet.sub(before[index]!).mul(mix)));
    const isGiven = c.tail.ge(0);
    const hold = new Env([1, 1, 1], [0, c.tail.max(isGiven.neg().add(1).mul(FOREVER))], 'lin', {
      releaseNode: 1,
    });
    EnvGen.kr(hold, { gate: c.gate, doneAction: DoneAction.freeSelf });
    freeWhenSilent(c.gate.max(isGiven), [...before, ...after]);
    Out.ar(c.out, spread(sound, channels));
  });
}

/**
 * A strip of a mixer: takes a bus with gain and pan to the bus behind the fader, `post`, and to the destination.
 *
 * Pairs of a left and a right channel are balanced. One channel that plays to two is placed between them, with equal
 * power.
 */
export function strip(channels: number, outputs: number): SynthDef {
  const controls = { bus: 0, post: 0, out: 0, gain: 1, pan: 0, gate: 1 };
  return routing(`strip-${channels}-${outputs}`, controls, (c) => {
    const input = In.ar(c.bus, channels).channels;
    const gain = Ramp.kr(c.gain, GLIDE);
    const pan = Ramp.kr(c.pan, GLIDE);
    const sound = panned(input, pan, outputs).map((signal) => signal.mul(gain));
    freeWhenSilent(c.gate, input);
    Out.ar(c.post, sound);
    Out.ar(c.out, spread(sound, outputs));
  });
}

/** Channels of the bus behind the fader: one channel is two when it is placed between two. */
export const channelsBehind = (channels: number, outputs: number): number =>
  channels === 1 && outputs === 2 ? 2 : channels;

function panned(input: readonly Signal[], pan: Signal, outputs: number): readonly Signal[] {
  if (input.length === 1) return outputs === 2 ? Pan2.ar(input[0]!, pan).channels : input;
  if (input.length % 2 === 1) return input;
  // A balance leaves the middle as it is.
  const sides = [pan.neg().add(1).min(1), pan.add(1).min(1)];
  return input.map((signal, index) => signal.mul(sides[index % 2]!));
}

/** Adds a bus to another one: a send to a return. */
export function send(channels: number, outputs: number): SynthDef {
  return routing(`send-${channels}-${outputs}`, { bus: 0, out: 0, level: 1 }, (c) => {
    const level = Ramp.kr(c.level, GLIDE);
    Out.ar(c.out, spread(In.ar(c.bus, channels).mul(level).channels, outputs));
  });
}

/**
 * The end of a mixer: gain, and where `limit` is 1 a limiter that looks 10 ms ahead.
 *
 * One definition does both: another one would be heard beside this one for as long as there is sound.
 */
export function master(channels: number): SynthDef {
  const controls = { bus: 0, post: 0, out: 0, gain: 1, limit: 1, level: 0.95, gate: 1 };
  return routing(`master-${channels}`, controls, (c) => {
    const input = In.ar(c.bus, channels);
    const sound = input.mul(Ramp.kr(c.gain, GLIDE));
    freeWhenSilent(c.gate, input.channels);
    const limited = Limiter.ar(sound, c.level, 0.01);
    const heard = sound.add(limited.sub(sound).mul(Ramp.kr(c.limit, GLIDE)));
    Out.ar(c.post, heard);
    Out.ar(c.out, heard);
  });
}
