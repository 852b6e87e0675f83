/**
 * The graph that is being built.
 *
 * `SinOsc.ar(440)` adds itself to the definition whose function is running, as in sclang. The order in which
 * units are written is part of their meaning (and of the bytes). So there is one variable of this module, as
 * React has one for the component that renders. The variable is set only while a function of `synthDef()`
 * runs, which is never asynchronous.
 */

import { SuperColliderError } from '../../errors.js';
import type { UnitRate } from '../file/graph.js';
import type { Mono, Signal } from '../signal/signal.js';
import type { ControlSpec } from './controls.js';
import { Unit, type UnitKind, type UnitOptions } from './unit.js';

/** A control as it was declared. */
export interface DeclaredControl {
  readonly name: string;
  readonly index: number;
  readonly size: number;
  readonly spec: ControlSpec;
}

export class Graph {
  units: Unit[] = [];
  /** Initial values of the controls, slot by slot. */
  readonly parameters: number[] = [];
  readonly controls: DeclaredControl[] = [];
  /** Signals of controls that were declared where they are used. */
  readonly late = new Map<string, Signal>();
  widthFirst: readonly Unit[] = [];
  /** Counts the local buffers, once there is one. */
  maxLocalBufs: Unit | undefined;
  /** While units are exchanged for better ones, new ones are not added at the end. */
  isRewriting = false;

  constructor(readonly name: string) {}

  add(unit: Unit): void {
    if (this.isRewriting) return;
    unit.index = this.units.length;
    unit.widthFirstBefore = this.widthFirst;
    this.units.push(unit);
    if (unit.kind.widthFirst) this.widthFirst = [...this.widthFirst, unit];
  }

  /** Gives the units the numbers of their places. */
  number(): void {
    this.units.forEach((unit, index) => {
      unit.index = index;
    });
  }
}

let current: Graph | undefined;

/** @throws SuperColliderError `invalid-synthdef` when no function of `synthDef()` runs. */
export function currentGraph(what: string): Graph {
  if (!current) {
    throw new SuperColliderError(
      'invalid-synthdef',
      `${what} is outside a definition: use it inside the function given to synthDef(name, controls, function).`,
    );
  }
  return current;
}

/** Runs `write`, which adds its units to `graph`. Definitions within definitions each have their own. */
export function whileBuilding<Result>(graph: Graph, write: () => Result): Result {
  const outer = current;
  current = graph;
  try {
    return write();
  } finally {
    current = outer;
  }
}

/** A new unit in the definition that is being built. */
export function newUnit(
  kind: UnitKind,
  rate: UnitRate,
  inputs: readonly Mono[],
  options?: UnitOptions,
): Unit {
  const graph = currentGraph(kind.className);
  const unit = new Unit(kind, rate, [...inputs], options);
  graph.add(unit);
  return unit;
}
