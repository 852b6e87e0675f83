/** Units that read an envelope. */

import type { UnitRate } from '../file/graph.js';
import { newUnit } from '../graph/build.js';
import type { UnitKind } from '../graph/unit.js';
import { expand, flatten } from '../signal/expand.js';
import { mulAdd } from '../signal/operators.js';
import { asSignal, Channels, Constant, type Signal, type SignalInput } from '../signal/signal.js';
import { signalsOf } from './arguments.js';
import { Env, isManyEnvelopes } from './env.js';

/** Actions at the end of an envelope, a line or a buffer: the `doneAction` of a unit. */
export const DoneAction = {
  none: 0,
  pauseSelf: 1,
  freeSelf: 2,
  freeSelfAndPrev: 3,
  freeSelfAndNext: 4,
  freeSelfAndFreeAllInPrev: 5,
  freeSelfAndFreeAllInNext: 6,
  freeSelfToHead: 7,
  freeSelfToTail: 8,
  freeSelfPausePrev: 9,
  freeSelfPauseNext: 10,
  freeSelfAndDeepFreePrev: 11,
  freeSelfAndDeepFreeNext: 12,
  freeAllInGroup: 13,
  freeGroup: 14,
  freeSelfResumeNext: 15,
} as const;

/** Inputs of EnvGen by name. */
export interface EnvGenInputs {
  /** Open above 0: the envelope starts, and goes to its release when this closes. @default 1 */
  readonly gate?: SignalInput;
  /** All levels multiplied by. @default 1 */
  readonly levelScale?: SignalInput;
  /** Then added to all levels. @default 0 */
  readonly levelBias?: SignalInput;
  /** All times multiplied by. @default 1 */
  readonly timeScale?: SignalInput;
  /** Action at the end, see `DoneAction`. @default 0 */
  readonly doneAction?: SignalInput;
}

interface EnvGenFunction {
  (envelope: Env | SignalInput, inputs?: EnvGenInputs): Signal;
  (
    envelope: Env | SignalInput,
    gate?: SignalInput,
    levelScale?: SignalInput,
    levelBias?: SignalInput,
    timeScale?: SignalInput,
    doneAction?: SignalInput,
  ): Signal;
}

const envGenKind: UnitKind = {
  className: 'EnvGen',
  inputNames: ['gate', 'levelScale', 'levelBias', 'timeScale', 'doneAction', 'envelope'],
};
const envGenDefaults = { gate: 1, levelScale: 1, levelBias: 0, timeScale: 1, doneAction: 0 };

/** A unit for each envelope, with its numbers as its last inputs. */
function readEnvelope(kind: UnitKind, rate: UnitRate, inputs: readonly Signal[], envelope: Signal): Signal {
  const envelopes = isManyEnvelopes(envelope) ? envelope.channels : [envelope];
  const which = envelopes.map((_, index) => new Constant(index));
  return expand([...inputs, which.length === 1 ? which[0]! : new Channels(which)], (mono) => {
    const numbers = envelopes[(mono.at(-1) as Constant).value]!;
    return newUnit(kind, rate, [...mono.slice(0, -1), ...flatten(numbers)]).output;
  });
}

const envGen =
  (rate: UnitRate, name: string): EnvGenFunction =>
  (envelope: Env | SignalInput, ...given: readonly unknown[]) => {
    const signals =
      envelope instanceof Env ? envelope.signals() : asSignal(envelope, `the envelope of ${name}`);
    return readEnvelope(envGenKind, rate, Object.values(signalsOf(name, envGenDefaults, given)), signals);
  };

/** Plays an envelope. Audio, control rate, 1 output. */
export const EnvGen = { ar: envGen('audio', 'EnvGen.ar'), kr: envGen('control', 'EnvGen.kr') };

const iEnvGenKind: UnitKind = { className: 'IEnvGen', inputNames: ['index', 'envelope'] };

const iEnvGen =
  (rate: UnitRate) =>
  (envelope: Env | SignalInput, index: SignalInput, mul: SignalInput = 1, add: SignalInput = 0): Signal => {
    const signals = envelope instanceof Env ? envelope.signalsForInterpolation() : asSignal(envelope);
    return mulAdd(readEnvelope(iEnvGenKind, rate, [asSignal(index)], signals), mul, add);
  };

/** The value of an envelope at a time, seconds. Audio, control rate, 1 output. */
export const IEnvGen = { ar: iEnvGen('audio'), kr: iEnvGen('control') };
