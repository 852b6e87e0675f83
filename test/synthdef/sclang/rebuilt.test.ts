/**
 * Each definition of the library, built by a real sclang from the units as they were written.
 *
 * sclang gets the controls and the units in the order in which the function of the definition made them. It optimises the
 * graph, sorts it, collects its constants and writes it by itself. library.test.ts compares graphs that are written in
 * sclang by hand, from the operators on.
 */

import { expect, vi } from 'vitest';
import type { Graph } from '../../../src/synthdef/graph/build.js';
import type { Unit } from '../../../src/synthdef/graph/unit.js';
import { standardSynthDefs } from '../../../src/synthdef/library/index.js';
import { binaryOperators, unaryOperators } from '../../../src/synthdef/signal/operatorNames.js';
import { Constant, type Mono } from '../../../src/synthdef/signal/signal.js';
import { testWithSclang } from '../../setup/sclang.js';
import { compileWithSclang } from './compileWithSclang.js';

/** sclang code of each graph, taken before our compiler changes anything. */
const written = vi.hoisted(() => new Map<string, string>());

vi.mock('../../../src/synthdef/graph/optimize.js', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../../src/synthdef/graph/optimize.js')>();
  return {
    ...original,
    optimize: (graph: Graph) => {
      written.set(graph.name, inSclang(graph));
      original.optimize(graph);
    },
  };
});

const isControl = (className: string): boolean => /^(Lag|Trig|Audio)?Control$/.test(className);

/** The optimiser of sclang knows an operator by its name alone. */
function made({ className, rate, outputs, specialIndex }: Unit, inputs: string): string {
  if (className === 'UnaryOpUGen') return `UnaryOpUGen.new('${unaryOperators[specialIndex]}', ${inputs})`;
  if (className === 'BinaryOpUGen') return `BinaryOpUGen.new('${binaryOperators[specialIndex]}', ${inputs})`;
  return `~make.(${className}, \\${rate}, ${outputs.length}, [${inputs}], ${specialIndex})`;
}

function inSclang({ name, units, controls, parameters }: Graph): string {
  const lags = new Map<number, number>();
  for (const { className, specialIndex, inputs } of units)
    if (className === 'LagControl')
      for (const [index, lag] of inputs.entries()) lags.set(specialIndex + index, (lag as Constant).value);
  const input = (mono: Mono): string => {
    if (mono instanceof Constant) return String(mono.value);
    const { unit, index } = mono;
    if (isControl(unit.className)) return nameOf(unit.specialIndex + index);
    const place = units.indexOf(unit);
    return unit.outputs.length > 1 ? `u[${place}][${index}]` : `u[${place}].asArray[0]`;
  };
  const nameOf = (slot: number): string => controls.find(({ index }) => index === slot)!.name;
  const lines = units.flatMap((unit, index) =>
    isControl(unit.className) ? [] : `u[${index}] = ${made(unit, unit.inputs.map(input).join(', '))};`,
  );
  const bySlot = [...controls].sort((a, b) => a.index - b.index);
  const args = bySlot.map(({ name: each, index }) => `${each} = ${parameters[index]}`).join(', ');
  const seconds = bySlot.map(({ index }) => lags.get(index) ?? 'nil').join(', ');
  return `~make = { |class, rate, outputs, inputs, special|
    var unit = class.newFromDesc(rate, outputs, inputs, special);
    unit.source.addToSynth;
    unit
  };
  SynthDef(\\${name}, { |${args}| var u = Array.newClear(${units.length}); ${lines.join('\n')} }, [${seconds}])`;
}

testWithSclang('sclang makes the same bytes of the units of each definition', async () => {
  const { names: all, get } = standardSynthDefs();
  // library.test.ts in the folder above compares it with the one that sclang itself has.
  const names = () => all().filter((name) => name !== 'default');
  const ours = names().map((name) => get(name)!.bytes);
  const theirs = await compileWithSclang(names().map((name) => written.get(name)!));
  const different = names().filter(
    (_, index) => Buffer.compare(theirs[index] ?? new Uint8Array(), ours[index]!) !== 0,
  );
  expect(names().length).toBeGreaterThan(50);
  expect(different).toEqual([]);
});
