/**
 * Checks the rates of a unit's inputs.
 *
 * The server does not check: an audio unit whose input is slower reads memory that was never written.
 */

import type { UnitRate } from '../file/graph.js';
import type { Unit } from './unit.js';

export interface InputCheck {
  /** At audio rate, the inputs that have audio rate too. */
  readonly audio?: readonly number[];
  /** At audio rate, the input from which on all have audio rate too. */
  readonly audioFrom?: number;
  /** Rate of its first input at control rate. */
  readonly first?: 'control' | 'audio' | 'signal';
  /** Least number of inputs. */
  readonly atLeast?: number;
  /** With a duration at demand rate, a reset at demand rate, constant, or at the unit's rate. */
  readonly duty?: boolean;
}

/** The fault of a unit's inputs; `undefined` for none. */
export function wrongInput(unit: Unit): string | undefined {
  const crash = crashing(unit);
  if (crash !== undefined) return crash;
  const { check } = unit.kind;
  if (!check) return undefined;
  if (check.atLeast !== undefined && unit.inputs.length < check.atLeast) {
    return 'it has no signal: give at least one channel';
  }
  if (check.duty) return wrongReset(unit);
  return unit.rate === 'audio' ? wrongAudio(unit, check) : wrongFirst(unit, check);
}

/**
 * Inputs that end the server: scsynth and supernova 3.13 die of SIGSEGV by `Peak.kr` with an audio signal and a constant
 * trigger. `RunningMin`, `RunningMax`, `PeakFollower`, `Latch`, `Gate`, `Sweep` and the triggers live on.
 */
function crashing({ className, rate, inputs: [signal, trigger] }: Unit): string | undefined {
  if (className !== 'Peak' || rate !== 'control') return undefined;
  if (signal?.rate !== 'audio' || trigger?.rate !== 'scalar') return undefined;
  return 'its trigger is a constant, and the server dies of that: use a trigger such as Impulse.kr(1), or Peak.ar';
}

function wrongAudio(unit: Unit, { audio = [], audioFrom = Infinity }: InputCheck): string | undefined {
  const wrong = unit.inputs.findIndex(
    (input, index) => input.rate !== 'audio' && (audio.includes(index) || index >= audioFrom),
  );
  return wrong < 0 ? undefined : expected(unit, wrong, 'audio');
}

function wrongFirst(unit: Unit, { first }: InputCheck): string | undefined {
  const rate = unit.inputs[0]?.rate;
  if (first === undefined || rate === first) return undefined;
  if (first === 'signal')
    return rate === 'audio' || rate === 'control' ? undefined : expected(unit, 0, 'control');
  return expected(unit, 0, first);
}

function wrongReset(unit: Unit): string | undefined {
  const [duration, reset] = unit.inputs.map((input) => input.rate);
  if (duration !== 'demand' || reset === 'demand' || reset === 'scalar' || reset === unit.rate)
    return undefined;
  return expected(unit, 1, unit.rate);
}

function expected(unit: Unit, index: number, rate: UnitRate): string {
  const actual = unit.inputs[index]?.rate ?? 'scalar';
  const advice =
    rate === 'audio'
      ? `use .ar there, or K2A.ar(…) around it`
      : `use .kr there, A2K.kr(…) around it, or ${unit.className}.ar`;
  return `its input "${unit.inputName(index)}" has ${actual} rate where ${rate} rate is expected: ${advice}`;
}
