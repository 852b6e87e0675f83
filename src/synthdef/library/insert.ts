/** Controls, fade and output that all effects have in common. */

import { In, Out } from '../catalogue/generated/index.js';
import { Env } from '../composites/env.js';
import { DoneAction, EnvGen } from '../composites/envGen.js';
import { lagged } from '../graph/controls.js';
import type { Signal } from '../signal/signal.js';

/** Controls that every effect has. */
export const insert = {
  /** First of the two buses that it reads. */
  in: 0,
  /** First of the two buses that it adds to. The same as `in`: the effect replaces the sound there. */
  out: 0,
  /** Gain of the sound behind it; a change glides in 20 ms. */
  amp: /* @__PURE__ */ lagged(1, 0.02),
  /** 0 releases it, with a fade of 50 ms. */
  gate: 1,
} as const;

/** Controls of an effect that mixes its sound with the sound before it: `mix` 0 dry … 1 wet. */
export const mixed = <const Mix extends number>(mix: Mix) => ({ ...insert, mix: lagged(mix, 0.05) }) as const;

interface InsertSignals {
  readonly in: Signal;
  readonly out: Signal;
  readonly amp: Signal;
  readonly gate: Signal;
}

/**
 * Reads two buses, processes them and writes the result.
 *
 * The server only adds to a bus. Where an effect reads the bus that it writes, the input is subtracted, so that the dry
 * signal sounds once.
 */
export function process(
  c: InsertSignals,
  change: (input: Signal, left: Signal, right: Signal) => Signal,
): void {
  const input = In.ar(c.in, 2);
  const sound = change(input, input.at(0), input.at(1)).mul(c.amp);
  const fade = EnvGen.kr(Env.asr(0.01, 1, 0.05), { gate: c.gate, doneAction: DoneAction.freeSelf });
  Out.ar(c.out, sound.sub(input.mul(c.in.eq(c.out))).mul(fade));
}

/** The same, mixed: 0 is the input as it is. */
export function processMixed(
  c: InsertSignals & { readonly mix: Signal },
  change: (input: Signal, left: Signal, right: Signal) => Signal,
): void {
  process(c, (input, left, right) => input.add(change(input, left, right).sub(input).mul(c.mix)));
}
