/** Definitions in TypeScript: what they describe, what they refuse, and what the compiler of TypeScript refuses. */

import { describe, expect, expectTypeOf, test } from 'vitest';
import { SuperColliderError } from '../../src/errors.js';
import { audioRate, initialRate, lagged, trigger } from '../../src/synthdef/graph/controls.js';
import { ControlRate, signal } from '../../src/synthdef/index.js';
import { control, synthDef } from '../../src/synthdef/synthDef.js';
import {
  DoneAction,
  Dwhite,
  Env,
  EnvGen,
  In,
  K2A,
  LFNoise0,
  LPF,
  Mix,
  Out,
  Pan2,
  PanAz,
  Peak,
  RecordBuf,
  SinOsc,
  WhiteNoise,
} from '../../src/synthdef/ugens.js';

test('a definition describes its controls, its inputs and outputs, and whether it ends', () => {
  const def = synthDef(
    'pad',
    {
      freq: 440,
      amps: [0.1, 0.2],
      t_hit: 0,
      bus: initialRate(8),
      in: audioRate(),
      glide: lagged(1, 0.2),
      gate: 1,
    },
    (c) => {
      const env = EnvGen.kr(Env.asr(), { gate: c.gate, doneAction: DoneAction.freeSelf });
      Out.ar(
        c.bus,
        In.ar(3, 2)
          .add(SinOsc.ar(c.freq.mul(c.glide)).mul(c.amps).mul(env))
          .mul(c.in.add(c.t_hit)),
      );
    },
  );
  expect(def.name).toBe('pad');
  expect(def.description).toMatchObject({
    hasGate: true,
    freesItself: true,
    inputs: [{ className: 'In', rate: 'audio', channels: 2, bus: 3 }],
    outputs: [{ className: 'Out', rate: 'audio', channels: 2, bus: 'bus' }],
  });
  expect(def.description.controls.map(({ name, rate, defaults }) => [name, rate, defaults])).toEqual([
    ['bus', 'scalar', [8]],
    ['t_hit', 'trigger', [0]],
    ['in', 'audio', [0]],
    ['freq', 'control', [440]],
    ['amps', 'control', [Math.fround(0.1), Math.fround(0.2)].map(() => expect.any(Number))],
    ['glide', 'control', [1]],
    ['gate', 'control', [1]],
  ]);
});

const wrong: readonly [what: string, make: () => unknown, message: RegExp][] = [
  ['a slow signal into an audio input', () => def(() => Out.ar(0, SinOsc.kr(1))), /synthDef\("wrong"\): Out: its input "channelsArray" has control rate where audio rate is expected: use \.ar there, or K2A/],
  ['a filter at audio rate of a control signal', () => def(() => Out.ar(0, LPF.ar(LFNoise0.kr(1)))), /LPF: its input "in" has control rate/],
  ['a peak of an audio signal at control rate with a constant trigger', () => def(() => Out.kr(0, Peak.kr(WhiteNoise.ar(), 0))), /Peak: its trigger is a constant, and the server dies of that: use a trigger such as Impulse\.kr\(1\), or Peak\.ar/],
  ['a filter at control rate of an audio signal', () => def(() => Out.kr(0, LPF.kr(WhiteNoise.ar()))), /LPF: its input "in" has audio rate where control rate is expected/],
  ['NaN', () => def(() => Out.ar(0, SinOsc.ar(Number.NaN))), /synthDef\("wrong"\): The input "freq" of SinOsc\.ar is NaN/],
  ['NaN in an expression', () => def(() => Out.ar(0, SinOsc.ar(1).mul(Number.NaN))), /The operand of \* is NaN/],
  ['a text', () => def(() => Out.ar(0, SinOsc.ar('440' as never))), /The input "freq" of SinOsc\.ar is the text "440": give a number/],
  ['an unknown input', () => def(() => SinOsc.ar({ frequency: 3 } as never)), /SinOsc\.ar has no input "frequency".*It has: freq, phase, mul, add/],
  ['an input that is nearly right', () => def(() => SinOsc.ar({ fraq: 3 } as never)), /Did you mean "freq"\?/],
  ['too many inputs', () => def(() => (SinOsc.ar as (...inputs: number[]) => unknown)(1, 2, 3, 4, 5)), /SinOsc\.ar was given 5 inputs and has 4: freq, phase, mul, add/],
  ['an input given twice', () => def(() => SinOsc.ar(1, { freq: 3 })), /"freq" twice/],
  ['a missing input', () => def(() => Out.ar(0, (Pan2.ar as () => never)())), /Pan2\.ar needs its input "in"/],
  ['an empty array', () => def(() => Out.ar(0, SinOsc.ar([]))), /an empty array/],
  ['a number of channels that moves', () => def(() => Out.ar(0, PanAz.ar(SinOsc.kr(1) as never, SinOsc.ar(1)))), /PanAz\.ar: "numChans" is a signal/],
  ['no output', () => def(() => SinOsc.ar(440).mul(EnvGen.kr(Env.perc()))), /writes to no bus and no buffer and sends nothing/],
  ['Out without channels', () => def(() => Out.kr(0, [])), /no signal|empty/],
  ['an unknown shape', () => def(() => Out.kr(0, EnvGen.kr(new Env([0, 1], [1], 'lni' as never)))), /no shape "lni"\. It has: step, lin/],
  ['Mix.ar of a demand signal', () => def(() => Out.ar(0, Mix.ar(Dwhite()))), /demand-rate/],
  ['an asynchronous function', () => synthDef('wrong', {}, async () => Out.ar(0, SinOsc.ar())), /asynchronous/],
  ['a name of 256 bytes', () => synthDef('ä'.repeat(128), {}, () => Out.ar(0, SinOsc.ar())), /1 to 255 bytes.*has 256/],
  ['an empty name', () => synthDef('', {}, () => Out.ar(0, SinOsc.ar())), /has 0/],
  ['a control that is a prop', () => synthDef('wrong', { paused: 1 }, () => Out.ar(0, SinOsc.ar())), /cannot be called "paused", which is a prop of <Synth>/],
  ['a control that is an event', () => synthDef('wrong', { onEnd: 1 }, () => Out.ar(0, SinOsc.ar())), /"onEnd"/],
  ['a control that is NaN', () => synthDef('wrong', { freq: Number.NaN }, () => Out.ar(0, SinOsc.ar())), /control "freq" is NaN/],
  ['a control without slots', () => synthDef('wrong', { freqs: [] }, () => Out.ar(0, SinOsc.ar())), /control "freqs" is an empty array/],
  ['a late control with two defaults', () => def(() => Out.ar(0, SinOsc.ar(control('f', 1)).add(SinOsc.ar(control('f', 2))))), /has the control "f" already, as 1/],
  ['a variant of an unknown control', () => synthDef('wrong', { freq: 1 }, (c) => Out.ar(0, SinOsc.ar(c.freq)), { variants: { low: { freak: 1 } as never } }), /variant "low" gives "freak" 1: its controls are freq/],
  ['a unit outside a definition', () => SinOsc.ar(440), /SinOsc is outside a definition: use it inside the function given to synthDef/],
]; // biome-ignore format: a table

const def = (write: () => unknown) => synthDef('wrong', {}, write);

test.each(wrong)('%s is refused', (_, make, message) => {
  expect(make).toThrow(message);
  expect(make).toThrow(SuperColliderError);
});

test('after a definition that was refused the next one is made', () => {
  expect(() => def(() => Out.ar(0, SinOsc.kr(1)))).toThrow();
  expect(def(() => Out.ar(0, K2A.ar(SinOsc.kr(1)))).bytes.length).toBeGreaterThan(20);
});

test('a definition within a definition has its own units', () => {
  let inner: { bytes: Uint8Array } | undefined;
  const outer = def(() => {
    const sine = SinOsc.ar(440);
    inner = synthDef('inner', {}, () => Out.ar(0, WhiteNoise.ar()));
    Out.ar(0, sine);
  });
  expect(outer.description.unitGenerators).toEqual(['Out', 'SinOsc']);
  expect(inner!.bytes).toEqual(synthDef('inner', {}, () => Out.ar(0, WhiteNoise.ar())).bytes);
});

test('a number may be the first operand, and a unit generator has the name of a type', () => {
  const def = synthDef('first', { x: 2 }, (c) => {
    Out.kr(0, [signal(2).div(c.x), ControlRate.ir()]);
  });
  expect(def.description.unitGenerators).toEqual(['BinaryOpUGen', 'Control', 'ControlRate', 'Out']);
});

describe('types', () => {
  test('the controls of a definition are known', () => {
    const ping = synthDef('ping', { freq: 440, pan: [0, 0], hit: trigger(0) }, (c) => {
      expectTypeOf(c).toHaveProperty('freq');
      // @ts-expect-error: there is no such control
      expect(() => c.fraq).toThrow(
        'synthDef("ping") has no control "fraq". Did you mean "freq"? It has: freq, hit, pan.',
      );
      Out.ar(0, SinOsc.ar(c.freq));
    });
    expectTypeOf(ping.controls!).toEqualTypeOf<{
      readonly freq: number;
      readonly pan: readonly number[];
      readonly hit: number;
    }>();
  });

  test('wrong inputs do not compile', () => {
    const notCalled = () => {
      // @ts-expect-error: a text is no signal
      SinOsc.ar('440');
      // @ts-expect-error: an unknown input
      SinOsc.ar({ frequency: 440 });
      // @ts-expect-error: too many
      SinOsc.ar(1, 2, 3, 4, 5);
      // @ts-expect-error: no such rate
      RecordBuf.ir(1);
      // @ts-expect-error: no such shape
      new Env([0, 1], [1], 'linaer');
      // @ts-expect-error: an input that has to be given
      Pan2.ar();
    };
    expect(notCalled).toBeTypeOf('function');
  });
});
