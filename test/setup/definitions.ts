/**
 * Three small definitions, for tests that are about the tree and not about sound: `tone` goes on for ever,
 * `pad` has a gate, `ping` ends by itself.
 */

import {
  DoneAction,
  Line,
  Linen,
  Out,
  type Signal,
  SinOsc,
  type SynthDef,
  synthDef,
} from '../../src/synthdef/index.js';

const voice = { freq: 440, amp: 0.1, pan: [0, 0], out: 0 } as const;

const play = (out: Signal, sound: Signal) => Out.ar(out, [sound, sound]);

export const tone: SynthDef = synthDef('tone', voice, (c) => play(c.out, SinOsc.ar(c.freq).mul(c.amp)));

export const pad: SynthDef = synthDef('pad', { ...voice, gate: 1, release: 0.05 }, (c) => {
  const envelope = Linen.kr(c.gate, 0.01, 1, c.release, DoneAction.freeSelf);
  play(c.out, SinOsc.ar(c.freq).mul(c.amp).mul(envelope));
});

export const ping: SynthDef = synthDef('ping', { ...voice, length: 0.02 }, (c) => {
  const envelope = Line.kr({ start: 1, end: 0, dur: c.length, doneAction: DoneAction.freeSelf });
  play(c.out, SinOsc.ar(c.freq).mul(c.amp).mul(envelope));
});
