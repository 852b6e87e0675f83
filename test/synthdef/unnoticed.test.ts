/** Definitions that nobody would hear or notice are refused, and those that do something else are not. */

import { expect, test } from 'vitest';
import {
  BufWr,
  ClearBuf,
  DetectSilence,
  DoneAction,
  Env,
  EnvGen,
  FFT,
  Free,
  FreeSelf,
  FreeSelfWhenDone,
  IFFT,
  Impulse,
  In,
  Line,
  LocalBuf,
  LocalIn,
  LocalOut,
  Out,
  PauseSelf,
  Phasor,
  Poll,
  PV_MagAbove,
  RandSeed,
  RecordBuf,
  SendReply,
  SendTrig,
  type Signal,
  SinOsc,
  synthDef,
  unit,
} from '../../src/synthdef/index.js';
import { Logger, SOMTrain } from '../../src/synthdef/plugins.js';

type Controls = { readonly freq: Signal; readonly buf: Signal; readonly out: Signal };
const make = (write: (c: Controls) => unknown) => synthDef('x', { freq: 440, buf: 0, out: 0 }, write);
const end = { doneAction: DoneAction.freeSelf };
const perc = () => EnvGen.kr(Env.perc(), end);
const tick = () => Impulse.kr(1);

const START = 'The graph of synthDef("x") writes to no bus and no buffer and sends nothing. ';
const RETURNED = 'Its function returned a signal; only what Out writes is heard. ';
const ADD = 'Add Out.ar(c.out, signal).';
const lost = (name: string) => `${name} computes sound for nobody. `;

test.each<[what: string, write: (c: Controls) => unknown, message: string]>([
  ['no units', () => {}, START + ADD],
  ['a signal that is returned', (c) => SinOsc.ar(c.freq), START + RETURNED + ADD],
  ['a signal at control rate', (c) => SinOsc.kr(c.freq), `${START + RETURNED}Add Out.kr(c.out, signal).`],
  ['two channels', (c) => [1, SinOsc.ar(c.freq)], START + RETURNED + ADD],
  ['a return that was forgotten with Out', (c) => void SinOsc.ar(c.freq), START + lost('SinOsc') + ADD],
  ['a signal with an end', (c) => SinOsc.ar(c.freq).mul(perc()), START + RETURNED + ADD],
  ['no return, with an end', (c) => void SinOsc.ar(c.freq).mul(perc()), START + lost('SinOsc') + ADD],
  ['FreeSelfWhenDone', (c) => {
    FreeSelfWhenDone.kr(EnvGen.kr(Env.perc()));
    return SinOsc.ar(c.freq);
  }, START + RETURNED + ADD],
  ['an envelope without an end', () => void EnvGen.kr(Env.perc()), START + ADD],
  ['DetectSilence that ends nothing', () => void DetectSilence.ar(In.ar(8)), START + lost('In') + ADD],
  ['a loop within the synth', () => void LocalOut.ar(LocalIn.ar(1).add(SinOsc.ar())), START + lost('LocalIn') + ADD],
  ['a buffer of its own', () => void BufWr.ar(SinOsc.ar(), LocalBuf.cleared(64), Phasor.ar()), START + lost('SinOsc') + ADD],
  ['a spectrum of its own', () => void PV_MagAbove(FFT(LocalBuf(512), In.ar(8)), 1), START + lost('In') + ADD],
])('%s is refused', (_, write, message) => {
  expect(() => make(write)).toThrow(expect.objectContaining({ code: 'invalid-synthdef', message }));
}); // biome-ignore format: a table

test('without a control "out" the bus is 0', () => {
  expect(() => synthDef('y', {}, () => SinOsc.ar())).toThrow('Add Out.ar(0, signal).');
});

test.each<[what: string, write: (c: Controls) => unknown]>([
  ['a bus at control rate', (c) => Out.kr(c.out, SinOsc.kr(c.freq))],
  ['Out, and a signal that is returned', (c) => {
    Out.ar(c.out, SinOsc.ar(c.freq));
    return SinOsc.ar();
  }],
  ['a message of its own', () => SendReply.kr(tick(), '/tick', [1])],
  ['/tr', () => SendTrig.kr(tick(), 0, 1)],
  ['a value that is printed', (c) => Poll.kr(tick(), c.freq)],
  ['a buffer that is recorded', (c) => RecordBuf.ar(In.ar(8), c.buf)],
  ['a buffer that is written', (c) => BufWr.ar(SinOsc.ar(), c.buf, Phasor.ar())],
  ['a buffer that is cleared', (c) => ClearBuf(c.buf)],
  ['a spectrum in a buffer', (c) => FFT(c.buf, In.ar(8))],
  ['a spectrum that is changed there', (c) => IFFT(PV_MagAbove(c.buf, 1))],
  ['a seed of the random numbers', () => RandSeed.kr(tick(), 7)],
  ['a timer', () => Line.kr(0, 1, 5, end)],
  ['a timer with a gate', () => EnvGen.kr(Env.asr(), { gate: 1, ...end })],
  ['a done action of a control', (c) => EnvGen.kr(Env.perc(), { doneAction: c.out })],
  ['the end of a group', () => Line.kr(0, 1, 5, { doneAction: DoneAction.freeGroup })],
  ['a watch over the silence of a bus', () => DetectSilence.ar(In.ar(8), end)],
  ['an end by a trigger', () => FreeSelf.kr(In.kr(3))],
  ['a pause by a trigger', () => PauseSelf.kr(In.kr(3))],
  ['the end of another node', () => Free.kr(tick(), 1000)],
  ['a plugin that writes a buffer', (c) => Logger.kr(1, tick(), c.buf)],
  ['a plugin that learns', (c) => SOMTrain.kr(c.buf, 1)],
  ['a unit that nobody here knows', () => unit('MyLogger', 'control', [tick()])],
])('%s is enough', (_, write) => {
  expect(make(write).bytes.length).toBeGreaterThan(20);
}); // biome-ignore format: a table
