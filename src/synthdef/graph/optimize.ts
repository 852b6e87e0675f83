/**
 * Makes a graph cheaper without changing its sound.
 *
 * Units without a reader are removed. Chains of additions and multiplications become Sum3, Sum4, MulAdd and
 * subtractions.
 *
 * The steps and their order are those of sclang, so that the bytes are the same.
 *
 * @see https://github.com/supercollider/supercollider/blob/3.13/SCClassLibrary/Common/Audio/BasicOpsUGen.sc
 */

import {
  binaryKind,
  binaryOfMono,
  canBeMulAdd,
  mulAddOfMono,
  sum3Kind,
  sum3OfMono,
  sum4OfMono,
} from '../signal/operators.js';
import { type Mono, UnitOutput } from '../signal/signal.js';
import type { Graph } from './build.js';
import { listReaders } from './sort.js';
import type { Unit } from './unit.js';

export function optimize(graph: Graph): void {
  listReaders(graph.units);
  const pass = new Pass(graph);
  graph.isRewriting = true;
  for (const unit of [...graph.units]) pass.visit(unit);
  graph.isRewriting = false;
  graph.units = pass.places.filter((unit) => unit !== undefined);
  graph.number();
}

/** The unit that an input reads, when that has one output only. */
const single = (input: Mono | undefined): Unit | undefined =>
  input instanceof UnitOutput && !input.unit.kind.manyOutputs ? input.unit : undefined;

class Pass {
  /** The units by their places; none where one was removed. */
  readonly places: (Unit | undefined)[];
  /** Every unit whose inputs name a unit, so that one exchange need not look at all. */
  readonly #users = new Map<Unit, Set<Unit>>();

  constructor(graph: Graph) {
    this.places = [...graph.units];
    for (const unit of graph.units) this.#listUses(unit);
  }

  visit(unit: Unit): void {
    if (!unit.kind.pure || this.#removeUnread(unit)) return;
    if (unit.kind !== binaryKind) return;
    const better = unit.operator === '+' ? this.#betterSum(unit) : undefined;
    const replacement = unit.operator === '-' ? this.#betterDifference(unit) : better;
    if (!replacement) return;
    this.#replace(unit, replacement);
    this.visit(replacement);
  }

  #removeUnread(unit: Unit): boolean {
    if (unit.readers.size > 0 || this.#liveUsers(unit).length > 0) return false;
    this.#remove(unit);
    for (const input of unit.inputs) {
      const source = single(input);
      if (!source) continue;
      source.readers.remove(unit);
      this.visit(source);
    }
    return true;
  }

  #betterSum(unit: Unit): Unit | undefined {
    return this.#toSum3(unit) ?? this.#toSum4(unit) ?? this.#toMulAdd(unit) ?? this.#toDifference(unit);
  }

  #toSum3(unit: Unit): Unit | undefined {
    const [a, b] = unit.inputs as [Mono, Mono];
    if (a.rate === 'demand' || b.rate === 'demand') return undefined;
    const left = this.#readOnce(a, '+');
    if (left) {
      const [c, d] = left.inputs as [Mono, Mono];
      this.#remove(left);
      return this.#instead(unit, a === b ? sum4OfMono(c, c, d, d) : sum3OfMono(c, d, b), left);
    }
    const right = this.#readOnce(b, '+');
    if (!right) return undefined;
    const [c, d] = right.inputs as [Mono, Mono];
    this.#remove(right);
    return this.#instead(unit, sum3OfMono(c, d, a), right);
  }

  #toSum4(unit: Unit): Unit | undefined {
    const [a, b] = unit.inputs as [Mono, Mono];
    if (a === b || a.rate === 'demand' || b.rate === 'demand') return undefined;
    for (const [sum, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const source = single(sum);
      if (source?.kind !== sum3Kind || !this.#isReadOnce(source)) continue;
      const [c, d, e] = source.inputs as [Mono, Mono, Mono];
      this.#remove(source);
      return this.#instead(unit, sum4OfMono(c, d, e, other), source);
    }
    return undefined;
  }

  #toMulAdd(unit: Unit): Unit | undefined {
    const [a, b] = unit.inputs as [Mono, Mono];
    if (a === b) return undefined;
    for (const [product, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const source = this.#readOnce(product, '*');
      if (!source) continue;
      const [c, d] = source.inputs as [Mono, Mono];
      for (const [input, mul] of [
        [c, d],
        [d, c],
      ] as const) {
        if (!canBeMulAdd(input, mul, other)) continue;
        this.#remove(source);
        return this.#instead(unit, mulAddOfMono(input, mul, other), source);
      }
    }
    return undefined;
  }

  /** `a + -b` is `a - b`. */
  #toDifference(unit: Unit): Unit | undefined {
    const [a, b] = unit.inputs as [Mono, Mono];
    if (a === b) return undefined;
    for (const [negative, other] of [
      [b, a],
      [a, b],
    ] as const) {
      const source = this.#readOnce(negative, 'neg');
      if (!source) continue;
      this.#remove(source);
      return this.#instead(unit, binaryOfMono('-', other, source.inputs[0]!), source);
    }
    return undefined;
  }

  /**
   * Makes `a - -b` into `a + b`, unless a is -b itself.
   *
   * For that case sclang 3.13 removes the negation although a unit still reads it. It then loses every unit
   * that depends on the negation.
   */
  #betterDifference(unit: Unit): Unit | undefined {
    const [a, b] = unit.inputs as [Mono, Mono];
    if (a === b) return undefined;
    const source = this.#readOnce(b, 'neg');
    if (!source) return undefined;
    this.#remove(source);
    return this.#instead(unit, binaryOfMono('+', a, source.inputs[0]!), source);
  }

  /** The operator unit behind an input, if nothing else reads it. */
  #readOnce(input: Mono, operator: string): Unit | undefined {
    const source = single(input);
    return source?.operator === operator && this.#isReadOnce(source) ? source : undefined;
  }

  /**
   * True when one unit reads the source, by sclang's count and in fact.
   *
   * Where a list of readers was full (see `ReaderList`) sclang 3.13 counts too few. It removes a unit that is
   * still read, and loses every unit that depends on that unit.
   */
  #isReadOnce(source: Unit): boolean {
    return source.readers.size === 1 && this.#liveUsers(source).length === 1;
  }

  #liveUsers(source: Unit): Unit[] {
    return [...(this.#users.get(source) ?? [])].filter(
      (user) =>
        this.places[user.index] === user &&
        user.inputs.some((input) => input instanceof UnitOutput && input.unit === source),
    );
  }

  /** `replacement` takes over the readers of `unit`; `removed` reads nothing any more. */
  #instead(unit: Unit, replacement: Mono, removed: Unit): Unit | undefined {
    if (!(replacement instanceof UnitOutput)) return undefined;
    const next = replacement.unit;
    next.readers = unit.readers;
    for (const input of next.inputs) {
      if (!(input instanceof UnitOutput)) continue;
      input.unit.readers.exchange(unit, next);
      input.unit.readers.remove(removed);
    }
    return next;
  }

  #replace(unit: Unit, next: Unit): void {
    next.widthFirstBefore = unit.widthFirstBefore;
    next.index = unit.index;
    this.places[unit.index] = next;
    this.#listUses(next);
    for (const user of this.#users.get(unit) ?? []) {
      if (this.places[user.index] !== user) continue;
      user.inputs.forEach((input, index) => {
        if (input instanceof UnitOutput && input.unit === unit) user.inputs[index] = next.output;
      });
      this.#listUses(user);
    }
  }

  #remove(unit: Unit): void {
    this.places[unit.index] = undefined;
  }

  #listUses(unit: Unit): void {
    for (const input of unit.inputs) {
      if (!(input instanceof UnitOutput)) continue;
      const users = this.#users.get(input.unit);
      if (users) users.add(unit);
      else this.#users.set(input.unit, new Set([unit]));
    }
  }
}
