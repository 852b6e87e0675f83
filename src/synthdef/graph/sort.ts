/**
 * The order in which units are computed: each after those it reads, depth first, so that a value is used
 * soon after it was written.
 *
 * @see https://github.com/supercollider/supercollider/blob/3.13/SCClassLibrary/Common/Audio/SynthDef.sc (topologicalSort)
 */

import { UnitOutput } from '../signal/signal.js';
import type { Graph } from './build.js';
import { ReaderList, type Unit } from './unit.js';

/** Lists for each unit those that read it, in the order of their places, and counts what each waits for. */
export function listReaders(units: readonly Unit[]): void {
  const readers = new Map<Unit, Unit[]>(units.map((unit) => [unit, []]));
  for (const unit of units) {
    unit.waitsFor = 0;
    const waitFor = (source: Unit): void => {
      const list = readers.get(source);
      if (!list) {
        unit.waitsFor++;
        return;
      }
      // Units come in order, so that one which reads a source twice is the last in its list.
      if (list.at(-1) === unit) return;
      list.push(unit);
      unit.waitsFor++;
    };
    for (const input of unit.inputs) if (input instanceof UnitOutput) waitFor(input.unit);
    for (const before of unit.widthFirstBefore) waitFor(before);
  }
  for (const [unit, list] of readers) unit.readers = new ReaderList(list);
}

export function sort(graph: Graph): void {
  listReaders(graph.units);
  const ready = graph.units.filter((unit) => unit.waitsFor === 0).reverse();
  const sorted: Unit[] = [];
  for (let unit = ready.pop(); unit; unit = ready.pop()) {
    sorted.push(unit);
    for (const reader of unit.readers.units.toReversed()) if (--reader.waitsFor === 0) ready.push(reader);
  }
  if (sorted.length !== graph.units.length) {
    const lost = graph.units.filter((unit) => unit.waitsFor > 0).map((unit) => unit.className);
    throw new Error(
      `synthDef("${graph.name}"): ${lost.join(', ')} wait for units that were removed; this is a fault of the compiler.`,
    );
  }
  graph.units = sorted;
  graph.number();
}
