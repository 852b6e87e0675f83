/** What a definition tells of its end, against when the embedded engine ends it. */

import { beforeAll, expect, test } from 'vitest';
import { sonicPiSynthDefs } from '../../src/libraries/sonicPi.js';
import { endingsOf } from '../../src/offline/endings.js';
import {
  DoneAction,
  Env,
  EnvGen,
  Linen,
  Out,
  SinOsc,
  type SynthDef,
  synthDef,
  XLine,
} from '../../src/synthdef/index.js';
import { Offline, RATE } from '../engine/embedded/offline.js';

const free = { doneAction: DoneAction.freeSelf };

const sonicPi = (name: string) => sonicPiSynthDefs().get(`sonic-pi-${name}`)!;

const defs = {
  perc: synthDef('perc', { attack: 0.01, release: 0.2 }, (c) => {
    Out.ar(0, SinOsc.ar(440).mul(EnvGen.kr(Env.perc(c.attack, c.release), free)));
  }),
  scaled: synthDef('scaled', { time: 0.5 }, (c) => {
    Out.ar(0, SinOsc.ar(440).mul(EnvGen.ar(Env.linen(0.1, 0.2, 0.3), { ...free, timeScale: c.time })));
  }),
  adsr: synthDef('adsr', { gate: 1, release: 0.3 }, (c) => {
    Out.ar(0, SinOsc.ar(440).mul(EnvGen.kr(Env.adsr(0.01, 0.1, 0.5, c.release), { ...free, gate: c.gate })));
  }),
  doubled: synthDef('doubled', { gate: 1, release: 0.1 }, (c) => {
    const envelope = Env.asr(0.01, 1, c.release.mul(2).add(0.05));
    Out.ar(0, SinOsc.ar(440).mul(EnvGen.kr(envelope, { ...free, gate: c.gate })));
  }),
  linen: synthDef('linen', { gate: 1 }, (c) => {
    Out.ar(0, SinOsc.ar(440).mul(Linen.kr(c.gate, 0.01, 1, 0.15, DoneAction.freeSelf)));
  }),
  line: synthDef('line', { length: 0.25 }, (c) => {
    Out.ar(0, SinOsc.ar(XLine.kr(440, 880, c.length, 1, 0, DoneAction.freeSelf)));
  }),
};

/** The values of a definition's slots, some of them changed. */
function valuesOf(def: SynthDef, controls: Readonly<Record<string, number>>): number[] {
  return def.description.controls.flatMap(({ name, defaults }) => controls[name] ?? [...defaults]);
}

let engine: Offline;
let id = 1000;

beforeAll(async () => {
  engine = await Offline.boot();
  engine.send('/notify', 1);
});

/** Seconds from a moment to the end of the control period in which the engine frees the synth. */
async function measure(
  def: SynthDef,
  controls: Readonly<Record<string, number>>,
  releaseAfter?: number,
): Promise<number> {
  await engine.define(def.bytes);
  const synth = id++;
  const start = engine.host.frame + 1280;
  engine.atFrame(start, ['/s_new', def.name, synth, 0, 0, ...Object.entries(controls).flat()]);
  const from = releaseAfter === undefined ? start : start + releaseAfter * RATE;
  if (releaseAfter !== undefined) engine.atFrame(from, ['/n_set', synth, 'gate', 0]);
  for (let block = 0; block < 4000; block++) {
    await engine.blocks(1);
    if (engine.said.some(([address, node]) => address === '/n_end' && node === synth)) {
      return (engine.host.frame - from) / RATE;
    }
  }
  throw new Error(`${def.name} did not end.`);
}

interface Case {
  readonly def: SynthDef;
  readonly controls: Readonly<Record<string, number>>;
  /** Seconds after which it is released. */
  readonly after?: number;
}

const cases = (...list: Case[]) => list.map((each) => ({ ...each, name: each.def.name }));

test.each(
  cases(
    { def: defs.perc, controls: {} },
    { def: defs.perc, controls: { attack: 0.3, release: 0.7 } },
    { def: defs.perc, controls: { attack: 0, release: 0.001 } },
    { def: defs.scaled, controls: {} },
    { def: defs.scaled, controls: { time: 1.5 } },
    { def: defs.line, controls: {} },
    { def: sonicPi('beep'), controls: {} },
    { def: sonicPi('beep'), controls: { attack: 0.1, sustain: 0.5, release: 0.2 } },
    { def: sonicPi('tb303'), controls: { sustain: 0.3, release: 0.3 } },
    { def: sonicPi('fm'), controls: { attack: 0.05, decay: 0.1, sustain: 0.1, release: 0.1 } },
  ),
)('$name with $controls ends by itself when it is told to, or up to 25 ms before', async ({
  def,
  controls,
}) => {
  const told = endingsOf(def.bytes, def.name).afterStart(valuesOf(def, controls))!;
  const ended = await measure(def, controls);
  expect(told).toBeGreaterThanOrEqual(ended - 128 / RATE);
  expect(told - ended).toBeLessThan(0.025);
});

test.each(
  cases(
    { def: defs.adsr, controls: {}, after: 0.5 },
    { def: defs.adsr, controls: { release: 1 }, after: 0.005 }, // in its attack
    { def: defs.doubled, controls: { release: 0.2 }, after: 0.1 },
    { def: defs.linen, controls: {}, after: 0.3 },
  ),
)('$name with $controls ends after its release when it is told to', async ({ def, controls, after }) => {
  const endings = endingsOf(def.bytes, def.name);
  expect(endings.afterStart(valuesOf(def, controls))).toBe(undefined);
  const told = endings.afterRelease(valuesOf(def, controls))!;
  const ended = await measure(def, controls, after);
  expect(told).toBeGreaterThanOrEqual(ended - 128 / RATE);
  expect(told - ended).toBeLessThan(0.025);
});

test('what follows a bus, and what falls silent by itself, is not told', () => {
  const { perc } = defs;
  const endings = endingsOf(perc.bytes, perc.name);
  expect(endings.afterStart([Number.NaN, 0.2])).toBe(undefined);
  const bell = sonicPi('sc808_cowbell');
  expect(endingsOf(bell.bytes, bell.name).afterRelease(valuesOf(bell, {}))).toBe(undefined);
});
