/**
 * Effects on two channels, each of which goes after the synths that it processes.
 *
 * Each reads buses `in` and `in + 1` and adds to buses `out` and `out + 1`. They leave with a fade of 50 ms.
 */

import {
  AllpassC,
  CombL,
  FreeVerb2,
  In,
  Limiter as LimiterUnit,
  Out,
  ReplaceOut,
  XFade2,
} from '../catalogue/generated/index.js';
import { Env } from '../composites/env.js';
import { DoneAction, EnvGen } from '../composites/envGen.js';
import { lagged } from '../graph/controls.js';
import type { Signal } from '../signal/signal.js';
import { synthDef } from '../synthDef.js';

const effect = {
  in: 0,
  out: 0,
  amp: lagged(1, 0.02),
  /** 0 releases it. */
  gate: 1,
} as const;

const fade = (gate: Signal): Signal =>
  EnvGen.kr(Env.asr(0.01, 1, 0.05), { gate, doneAction: DoneAction.freeSelf });

/** A room: `mix` 0 dry … 1 wet, `room` 0 small … 1 large, `damp` 0 bright … 1 dull. */
export const reverb = /* @__PURE__ */ synthDef(
  'reverb',
  { ...effect, mix: lagged(0.33, 0.05), room: 0.7, damp: 0.4 },
  (c) => {
    const [left, right] = In.ar(c.in, 2).channels as [Signal, Signal];
    Out.ar(c.out, FreeVerb2.ar(left, right, c.mix, c.room, c.damp).mul(fade(c.gate)).mul(c.amp));
  },
);

/** Echoes: every `time` seconds (at most 2), 60 dB less after `decay` seconds. */
export const delay = /* @__PURE__ */ synthDef(
  'delay',
  { ...effect, mix: lagged(0.4, 0.05), time: lagged(0.375, 0.2), decay: 3 },
  (c) => {
    const input = In.ar(c.in, 2);
    const wet = AllpassC.ar(CombL.ar(input, 2, c.time, c.decay), 0.05, [0.031, 0.037], 0.1);
    Out.ar(c.out, XFade2.ar(input, wet, c.mix.mul(2).sub(1)).mul(fade(c.gate)).mul(c.amp));
  },
);

/** Keeps what is on its buses below `level`, looking 10 ms ahead; replaces it there. For the end of a piece. */
export const limiter = /* @__PURE__ */ synthDef('limiter', { out: 0, level: 0.95 }, (c) => {
  ReplaceOut.ar(c.out, LimiterUnit.ar(In.ar(c.out, 2), c.level, 0.01));
});
