/** Demand-rate units beyond those of the catalogue. */

import { SuperColliderError } from '../../errors.js';
import { Dbufrd, Dbufwr, Ddup, Dseq, Dseries, Dswitch1 } from '../catalogue/generated/index.js';
import { newUnit } from '../graph/build.js';
import type { UnitKind } from '../graph/unit.js';
import { expand } from '../signal/expand.js';
import { classOf, textInputs } from '../signal/polling.js';
import { asSignal, Constant, type Signal, type SignalInput } from '../signal/signal.js';
import { listOf } from './arguments.js';
import { LocalBuf } from './localBuffers.js';

const dwrandKind: UnitKind = { className: 'Dwrand' };
const dpollKind: UnitKind = { className: 'Dpoll', effect: true };

/** Each value several times: the former name of `Ddup`, whose unit it makes. */
export const Dstutter = Ddup;

/** Random elements of a list by weights, which add up to 1. @default once */
export function Dwrand(list: SignalInput, weights: SignalInput, repeats: SignalInput = 1): Signal {
  const values = listOf(list);
  const given = listOf(weights);
  const all = values.map((_, index) => given[index] ?? asSignal(0));
  return expand(
    [asSignal(repeats), asSignal(values.length), ...all, ...values],
    (mono) => newUnit(dwrandKind, 'demand', mono).output,
  );
}

/** Prints values as they are demanded, on the server's side. @default the class's name, run 1, no /tr */
export function Dpoll(
  input: SignalInput,
  label?: string,
  run: SignalInput = 1,
  trigid: SignalInput = -1,
): Signal {
  return expand([asSignal(input), asSignal(trigid), asSignal(run)], (mono) => {
    const text = textInputs(label ?? `DemandUGen(${classOf(mono[0]!)})`);
    return newUnit(dpollKind, 'demand', [...mono, new Constant(text.length), ...text]).output;
  });
}

/**
 * One source whose values several readers get, each all of them. Call what it gives once for each reader.
 *
 * @param maxBufferSize - how far readers may be apart
 * @param isProtected - a reader that falls too far behind ends instead of skipping
 */
export function Dunique(source: SignalInput, maxBufferSize = 1024, isProtected = true): () => Signal {
  if (!Number.isInteger(maxBufferSize) || maxBufferSize < 1) {
    throw new SuperColliderError(
      'invalid-synthdef',
      `Dunique: maxBufferSize is ${maxBufferSize}: give a whole number from 1.`,
    );
  }
  const buffer = LocalBuf.cleared(maxBufferSize);
  if (!isProtected) {
    const writer = Dbufwr(source, buffer, Dseq([Dseries(0, 1, maxBufferSize)], Number.POSITIVE_INFINITY), 0);
    return () => {
      const read = buffer.firstArg(writer);
      return Dbufrd(read, Dseq([Dseries(0, 1, maxBufferSize)], Number.POSITIVE_INFINITY), 1);
    };
  }
  const written = LocalBuf.cleared(1);
  // The largest whole number that a 32-bit float holds exactly.
  const writer = Dbufwr(source, buffer, Dbufwr(Dseries(0, 1, 16777216), written), 1);
  return () => {
    const read = buffer.firstArg(writer);
    const own = LocalBuf.cleared(1);
    const index = Dbufwr(Dseries(0, 1, Number.POSITIVE_INFINITY), own);
    const isOverrun = Dbufrd(written).sub(Dbufrd(own)).gt(maxBufferSize);
    return Dbufrd(Dswitch1([read, Dseries({ length: 0 })], isOverrun), index, 1);
  };
}
