/** Channels arranged by methods of signals. */

import { expect, test } from 'vitest';
import { Out, type Signal, SinOsc, signal, synthDef } from '../../src/synthdef/index.js';

const write = (change: (sine: Signal) => Signal) =>
  synthDef('arranged', {}, () => Out.ar(0, change(SinOsc.ar(440))));

test('a signal of one channel is its own reverse, rotation and column', () => {
  const number = signal(3);
  expect([number.reverse(), number.rotate(2), number.flop()]).toEqual([number, number, number]);
  expect(number.dup(2).channels).toEqual([number, number]);
  expect(signal([1, 2, 3]).rotate(-4).channels).toEqual(signal([2, 3, 1]).channels);
});

test.each([
  ['dup: the number of channels is 0: give a whole number from 1.', (sine: Signal) => sine.dup(0)],
  ['dup: the number of channels is 1.5: give a whole number from 1.', (sine: Signal) => sine.dup(1.5)],
  ['rotate: the number of steps is 0.5: give a whole number.', (sine: Signal) => sine.rotate(0.5)],
  [
    'flop: channel 1 is an empty array: give it at least one channel.',
    (sine: Signal) => signal([sine, []]).flop(),
  ],
  ['Poll was given an empty array of labels', (sine: Signal) => sine.poll(10, [])],
])('synthDef("arranged"): %s', (message, change) => {
  expect(() => write(change)).toThrow(`synthDef("arranged"): ${message}`);
});
