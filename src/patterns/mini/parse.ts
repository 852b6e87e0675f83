/**
 * The parser of mini-notation.
 *
 * It is written by hand: each branch knows what it expects and where a bracket was opened. A generated parser lists the
 * letters that are possible instead.
 *
 * @see https://tidalcycles.org/docs/reference/mini_notation/
 */

import { Fraction } from '../cycles/fraction.js';
import type { GroupNode, MiniNode, Step } from './ast.js';
import { placeOf } from './failure.js';
import { MAX_COUNT, MAX_DEPTH } from './limits.js';
import { type NumberRule, readNumber, readRange, readWord } from './parseAtom.js';
import type { Reader } from './reader.js';

const BRACKETS: Readonly<Record<string, { readonly close: string; readonly kind: GroupNode['kind'] }>> = {
  '[': { close: ']', kind: 'sequence' },
  '<': { close: '>', kind: 'alternation' },
  '{': { close: '}', kind: 'polymeter' },
};

const FACTOR = (operator: string): NumberRule => ({ where: `after "${operator}"`, low: 0 });
const IN_RHYTHM = { high: MAX_COUNT, isWhole: true };
const PULSES = { where: 'of pulses after "("', low: -MAX_COUNT, ...IN_RHYTHM };
const STEPS = { where: 'of steps in "( )"', low: 1, ...IN_RHYTHM };
const ROTATION = { where: 'for the rotation in "( )"', low: -MAX_COUNT, ...IN_RHYTHM };

/**
 * Parses a text of mini-notation.
 *
 * @throws SuperColliderError `invalid-argument` with the place, for a text that is no mini-notation.
 */
export function parseMini(reader: Reader): MiniNode {
  const node = new Parser(reader).text();
  if (reader.peek() !== '') reader.fail('expected a step or the end');
  return node;
}

class Parser {
  #level = 0;
  /** The rule for numbers that a factor or a rhythm consists of; `undefined` where steps may be words. */
  #rule: NumberRule | undefined;

  constructor(readonly reader: Reader) {}

  text(): MiniNode {
    return this.#layers('sequence', 0);
  }

  #layers(kind: GroupNode['kind'], at: number): GroupNode {
    const { reader } = this;
    this.#level += 1;
    this.#checkDepth(this.#level, at);
    const layers = [this.#sequence()];
    let separator = '';
    for (let next = reader.peek(); next === ',' || next === '|'; next = reader.peek()) {
      if (separator !== '' && separator !== next)
        reader.fail('"," and "|" need a bracket to stand in one group, such as "[a|b], c",', reader.at);
      separator = next;
      reader.take(next);
      layers.push(this.#sequence());
    }
    this.#level -= 1;
    const depth = 1 + layers.reduce((most, steps) => Math.max(most, deepest(steps)), 0);
    this.#checkDepth(depth, at);
    return { type: 'group', kind, join: separator === '|' ? 'choice' : 'stack', layers, at, depth };
  }

  /** Steps up to a separator, a closing bracket or the end. */
  #sequence(): Step[] {
    const { reader } = this;
    let steps: Step[] = [];
    const groups: Step[] = [];
    let dot: number | undefined;
    let start = reader.at;
    for (;;) {
      reader.skipSpace();
      const next = reader.peek();
      if (next === '' || ',|]>})'.includes(next)) break;
      if (next === '.' && !/\d/.test(reader.peek(1))) {
        if (reader.peek(1) === '.') reader.fail('expected a whole number before ".."', reader.at);
        if (steps.length === 0) reader.fail('expected a step before "."', reader.at);
        groups.push(this.#grouped(steps, start));
        dot = reader.at;
        reader.take('.');
        steps = [];
        start = reader.at;
      } else if (next === '_') this.#elongate(steps);
      else if (next === '!') {
        if (steps.length === 0) reader.fail('expected a step before "!"', reader.at);
        steps.push(this.#replicate(steps.pop()!));
      } else for (const step of this.#steps(next)) steps.push(step);
    }
    if (dot === undefined) return steps;
    if (steps.length === 0) reader.fail('expected a step after "."');
    return [...groups, this.#grouped(steps, start)];
  }

  #grouped(steps: Step[], at: number): Step {
    const depth = 1 + deepest(steps);
    this.#checkDepth(depth, at);
    return once({ type: 'group', kind: 'sequence', join: 'stack', layers: [steps], at, depth });
  }

  #elongate(steps: Step[]): void {
    if (steps.length === 0) this.reader.fail('expected a step before "_"', this.reader.at);
    this.reader.take('_');
    const last = steps.pop()!;
    // Only the last of several copies is longer.
    if (last.times > 1) steps.push({ ...last, times: last.times - 1 });
    steps.push({ ...last, times: 1, weight: last.weight.plus(1) });
  }

  #replicate(step: Step): Step {
    const { reader } = this;
    const at = reader.at;
    reader.take('!');
    const rule = { where: 'after "!"', low: 1, high: MAX_COUNT, isWhole: true };
    const times = /\d/.test(reader.peek()) ? step.times * Number(readNumber(reader, rule)) : step.times + 1;
    if (times > MAX_COUNT)
      reader.fail(`"!" makes ${times} copies, and at most ${MAX_COUNT} are possible,`, at);
    return { ...step, times };
  }

  /** A step with its operators, or the steps of a range. */
  #steps(next: string): Step[] {
    const { reader } = this;
    if ('*/@?:(%'.includes(next)) reader.fail(`expected a step right before "${next}"`, reader.at);
    const node = this.#term(next);
    const end = reader.at;
    reader.skipSpace();
    if (reader.peek() === '.' && reader.peek(1) === '.') {
      if (node.type === 'word' && /^-?\d+$/.test(node.text))
        return readRange(reader, node.text, this.#rule).map(once);
      reader.fail('expected a whole number before ".."', reader.at);
    }
    // White space ends a step.
    if (reader.at > end) return [once(node)];
    return [this.#operators(node)];
  }

  #term(next: string): MiniNode {
    const { reader } = this;
    const at = reader.at;
    if (BRACKETS[next]) return this.#bracket();
    if (next === '~' || (next === '-' && !/[\d.]/.test(reader.peek(1)))) {
      reader.take(next);
      return { type: 'rest', at, depth: 1 };
    }
    const text = this.#rule ? readNumber(reader, this.#rule) : readWord(reader);
    return { type: 'word', text, at, depth: 1 };
  }

  #bracket(): GroupNode {
    const { reader } = this;
    const at = reader.at;
    const open = reader.peek();
    const { close, kind } = BRACKETS[open]!;
    reader.take(open);
    const group = this.#layers(kind, at);
    this.#close(close, open, at);
    if (kind !== 'polymeter' || !reader.take('%')) return group;
    const perCycle = this.#numbers(FACTOR('%'));
    return { ...group, perCycle, depth: Math.max(group.depth, 1 + perCycle.depth) };
  }

  #close(close: string, open: string, at: number): void {
    const { reader } = this;
    if (!reader.take(close))
      reader.fail(`expected "${close}" for the "${open}" of ${placeOf(reader.text, at)},`);
  }

  #operators(term: MiniNode): Step {
    const { reader } = this;
    let step = once(term);
    let hasWeight = false;
    for (;;) {
      const at = reader.at;
      const next = reader.peek();
      const of = step.node;
      if (next === '!') step = this.#replicate(step);
      else if (next === '@') {
        if (hasWeight) reader.fail('expected one "@" a step', at);
        hasWeight = true;
        reader.take('@');
        const text = readNumber(reader, { where: 'after "@"', isOverZero: true });
        step = { ...step, weight: Fraction.decimal(text) };
      } else if (next === '*' || next === '/') {
        reader.take(next);
        const factor = this.#numbers(FACTOR(next));
        const depth = 1 + Math.max(of.depth, factor.depth);
        step = { ...step, node: { type: next === '*' ? 'fast' : 'slow', of, factor, at, depth } };
      } else if (next === '?') {
        reader.take('?');
        const rule = { where: 'after "?"', low: 0, high: 1 };
        const isGiven = /^(\d|\.\d)/.test(reader.peek() + reader.peek(1));
        const probability = isGiven ? Number(readNumber(reader, rule)) : 0.5;
        step = { ...step, node: { type: 'maybe', of, probability, at, depth: 1 + of.depth } };
      } else if (next === '(') step = { ...step, node: this.#euclid(of) };
      else return step;
      this.#checkDepth(step.node.depth, at);
    }
  }

  /** One number, or a bracket of numbers. */
  #numbers(rule: NumberRule): MiniNode {
    const former = this.#rule;
    this.#rule = rule;
    const { reader } = this;
    const next = reader.peek();
    const at = reader.at;
    const node: MiniNode = BRACKETS[next]
      ? this.#bracket()
      : { type: 'word', text: readNumber(reader, rule), at, depth: 1 };
    this.#rule = former;
    return node;
  }

  #euclid(of: MiniNode): MiniNode {
    const { reader } = this;
    const at = reader.at;
    reader.take('(');
    const pulses = this.#argument(PULSES);
    if (!reader.take(',')) reader.fail('expected "," and the number of steps after the pulses');
    const steps = this.#argument(STEPS);
    const rotation = reader.take(',') ? this.#argument(ROTATION) : undefined;
    this.#close(')', '(', at);
    if (pulses.type === 'word' && steps.type === 'word' && Math.abs(+pulses.text) > +steps.text)
      reader.fail(`expected at most ${steps.text} pulses in ${steps.text} steps`, pulses.at);
    const depth = 1 + Math.max(...[of, pulses, steps, rotation ?? of].map((node) => node.depth));
    return { type: 'euclid', of, pulses, steps, ...(rotation && { rotation }), at, depth };
  }

  #argument(rule: NumberRule): MiniNode {
    const { reader } = this;
    const former = this.#rule;
    this.#rule = rule;
    this.#level += 1;
    reader.skipSpace();
    const at = reader.at;
    const steps = this.#sequence();
    if (steps.length === 0) reader.fail(`expected a number ${rule.where}`);
    this.#level -= 1;
    this.#rule = former;
    const [first] = steps;
    if (steps.length === 1 && first!.times === 1) return first!.node;
    return this.#grouped(steps, at).node;
  }

  #checkDepth(depth: number, at: number): void {
    if (depth > MAX_DEPTH) this.reader.fail(`more than ${MAX_DEPTH} levels of brackets and operators`, at);
  }
}

const once = (node: MiniNode): Step => ({ node, weight: Fraction.one, times: 1 });

/** The levels of the deepest step. A spread of thousands of steps would fill the stack. */
const deepest = (steps: readonly Step[]): number =>
  steps.reduce((depth, { node }) => Math.max(depth, node.depth), 0);
