/** A graph as sclang and as TypeScript write it. */

import type { Signal } from '../../../../src/synthdef/signal/signal.js';
import { type ControlInputs, type ControlSignals, synthDef } from '../../../../src/synthdef/synthDef.js';
import { Out } from '../../../../src/synthdef/ugens.js';
import type { GraphPair } from '../catalogueGraphs.js';

export interface PairFunction {
  (title: string, sclang: string, write: () => unknown): void;
  <const Controls extends ControlInputs>(
    title: string,
    sclang: string,
    controls: Controls,
    write: (controls: ControlSignals<Controls>) => unknown,
  ): void;
}

/** A list of pairs, and the function that adds one: title, sclang's code, and the same without or with controls. */
export function pairList(): { readonly pairs: GraphPair[]; readonly pair: PairFunction } {
  const pairs: GraphPair[] = [];
  const pair = (title: string, sclang: string, first: unknown, second?: unknown): void => {
    const [controls, write] = second ? [first, second] : [{}, first];
    const bytes = () => synthDef('graph', controls as ControlInputs, write as () => unknown).bytes;
    pairs.push({ title, sclang, bytes });
  };
  return { pairs, pair };
}

export const out = (signal: Signal): Signal => Out.ar(0, signal);
export const outKr = (signal: Signal): Signal => Out.kr(0, signal);
