/**
 * A unit of an FFT chain changes the buffer in place. Where several read one chain, all but the last get a
 * copy of it.
 *
 * @see https://github.com/supercollider/supercollider/blob/3.13/SCClassLibrary/Common/Audio/FFTUnpacking.sc (addCopiesIfNeeded)
 */

import { Constant, type Mono, UnitOutput } from '../signal/signal.js';
import type { Graph } from './build.js';
import { countLocalBuffer } from './localBuffers.js';
import { Unit, type UnitKind } from './unit.js';

const bufFramesKind: UnitKind = { className: 'BufFrames' };
const localBufKind: UnitKind = { className: 'LocalBuf', widthFirst: true };
const copyKind: UnitKind = { className: 'PV_Copy', widthFirst: true, chain: true };

export function addChainCopies(graph: Graph): void {
  for (const chain of graph.widthFirst) if (chain.kind.chain) copyForAllButLast(graph, chain);
}

function copyForAllButLast(graph: Graph, chain: Unit): void {
  const readers = graph.units.filter(
    (unit) =>
      unit.kind.widthFirst &&
      unit.className !== 'PV_Copy' &&
      unit.inputs.some((input) => input instanceof UnitOutput && input.unit === chain),
  );
  for (const reader of readers.slice(0, -1)) {
    reader.inputs.forEach((input, index) => {
      if (input instanceof UnitOutput && input.unit === chain) reader.inputs[index] = copyOf(graph, chain);
    });
  }
}

function copyOf(graph: Graph, chain: Unit): Mono {
  const frames = new Unit(bufFramesKind, 'scalar', [bufferOf(chain)]);
  const buffer = new Unit(localBufKind, 'scalar', [new Constant(1), frames.output, countLocalBuffer(graph)]);
  const copy = new Unit(copyKind, 'control', [chain.output, buffer.output]);
  copy.widthFirstBefore = [...chain.widthFirstBefore, buffer];
  graph.units.splice(chain.index + 1, 0, frames, buffer, copy);
  graph.number();
  return copy.output;
}

/** The buffer that a chain began with. */
function bufferOf(chain: Unit): Mono {
  const first = chain.inputs[0]!;
  return first instanceof UnitOutput && first.unit.kind.chain ? bufferOf(first.unit) : first;
}
