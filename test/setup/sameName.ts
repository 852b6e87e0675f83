/** Pairs of definitions of one name, of which each puts a number of its own on buses. */

import { A2K, DC, LFPulse, Out, type SynthDef, synthDef } from '../../src/synthdef/index.js';

/** A definition that keeps a bus at `values`, one channel each. */
export interface Marked {
  readonly def: SynthDef<{ readonly out: number }>;
  readonly values: readonly number[];
}

type Rate = 'control' | 'audio';

/** What differs in the second definition of a pair. */
const WAYS: readonly ((name: string, level: number, rate: Rate) => Marked)[] = [
  (name, level, rate) => ({
    def: synthDef(name, { out: 0, level }, (c) => write(rate, c.out, [c.level])),
    values: [level],
  }),
  (name, level, rate) => ({
    def: synthDef(name, { out: 0, gain: level, unused: 3 }, (c) => write(rate, c.out, [c.gain])),
    values: [level],
  }),
  (name, level, rate) => ({
    def: synthDef(name, { out: 0 }, (c) => write(rate, c.out, [DC.kr(level / 2).mul(2)])),
    values: [level],
  }),
  (name, level, rate) => ({
    def: synthDef(name, { out: 0 }, (c) =>
      write(rate, c.out, [rate === 'audio' ? DC.ar(level) : A2K.kr(DC.ar(level))]),
    ),
    values: [level],
  }),
  (name, level, rate) => ({
    def: synthDef(name, { out: 0 }, (c) => write(rate, c.out, [DC.kr(level), DC.kr(-level)])),
    values: [level, -level],
  }),
];

function write(rate: Rate, out: Parameters<typeof Out.kr>[0], channels: Parameters<typeof Out.kr>[1][]) {
  if (rate === 'control') return Out.kr(out, channels as never);
  // A steady signal of the audio rate, whatever the rate of its level is.
  const steady = LFPulse.ar(0, 0, 1);
  return Out.ar(out, channels.map((channel) => steady.mul(channel as never)) as never);
}

/** Twenty pairs: each way against each other one, both in the same name. */
export function pairs(rate: Rate): readonly (readonly [Marked, Marked])[] {
  return WAYS.flatMap((first, one) =>
    WAYS.flatMap((second, other) => {
      const name = `pair${one}${other}`;
      return one === other ? [] : [[first(name, 0.25, rate), second(name, 0.5, rate)] as const];
    }),
  );
}
