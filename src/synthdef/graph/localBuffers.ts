/** MaxLocalBufs tells the synth how many local buffers to make room for: one unit, counted up. */

import { Constant, type Mono } from '../signal/signal.js';
import type { Graph } from './build.js';
import { Unit, type UnitKind } from './unit.js';

const maxLocalBufsKind: UnitKind = { className: 'MaxLocalBufs' };

/** One local buffer more; gives what its LocalBuf reads. */
export function countLocalBuffer(graph: Graph): Mono {
  if (!graph.maxLocalBufs) {
    graph.maxLocalBufs = new Unit(maxLocalBufsKind, 'scalar', [new Constant(0)]);
    graph.add(graph.maxLocalBufs);
  }
  const counter = graph.maxLocalBufs;
  counter.inputs[0] = new Constant((counter.inputs[0] as Constant).value + 1);
  return counter.output;
}
