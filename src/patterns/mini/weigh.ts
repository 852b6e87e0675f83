import type { EuclidNode, GroupNode, MiniNode, Step } from './ast.js';
import { failure } from './failure.js';
import { MAX_EVENTS_PER_CYCLE, MAX_STEPS } from './limits.js';

const ONE = { steps: 1, events: 1 };

interface Weight {
  /** Steps with all copies: the patterns that will be built. */
  readonly steps: number;
  /** Events a cycle, rests among them, at most. */
  readonly events: number;
  /** The largest number among the values, where they are numbers. */
  readonly largest: number;
  /** The smallest one over 0, which `/` makes a speed of. */
  readonly smallest: number;
}

/**
 * Checks that a pattern is small enough, before any of it is built: `[[bd*1000]*1000]*1000` is a short text.
 *
 * @throws SuperColliderError `invalid-argument` that names the limit and the innermost operator that passes the limit.
 */
export function checkSize(text: string, node: MiniNode): void {
  weigh(text, node);
}

function weigh(text: string, node: MiniNode): Weight {
  const weight = weightOf(text, node);
  const check = (count: number, limit: number, what: string) => {
    if (count <= limit) return;
    const shown = count.toLocaleString('en');
    throw failure(text, node.at, `${shown} ${what}, and at most ${limit.toLocaleString('en')} are possible,`);
  };
  check(weight.steps, MAX_STEPS, 'steps with their copies');
  check(weight.events, MAX_EVENTS_PER_CYCLE, 'events a cycle');
  return weight;
}

function weightOf(text: string, node: MiniNode): Weight {
  switch (node.type) {
    case 'rest':
      return { ...ONE, largest: 0, smallest: Infinity };
    case 'word': {
      const value = Math.abs(Number(node.text)) || 0;
      return { ...ONE, largest: value, smallest: value || Infinity };
    }
    case 'maybe':
      return weigh(text, node.of);
    case 'slow':
    case 'fast': {
      const of = weigh(text, node.of);
      const factor = weigh(text, node.factor);
      const speed = node.type === 'fast' ? factor.largest : 1 / factor.smallest;
      const events =
        of.events * Math.max(1, Math.ceil(speed)) + (node.factor.type === 'word' ? 0 : factor.events);
      return { ...of, steps: of.steps + factor.steps, events };
    }
    case 'euclid':
      return euclidWeight(text, node);
    case 'group':
      return groupWeight(text, node);
  }
}

function euclidWeight(text: string, node: EuclidNode): Weight {
  const of = weigh(text, node.of);
  const [pulses, count, rotation] = [node.pulses, node.steps, node.rotation].map(
    (argument) => argument && weigh(text, argument),
  );
  // Each combination of varied arguments makes a rhythm of its own.
  const varieties = pulses!.events * count!.events * (rotation?.events ?? 1);
  const steps = of.steps + pulses!.steps + count!.steps + (rotation?.steps ?? 0);
  return { ...of, steps, events: of.events * count!.largest * varieties };
}

function groupWeight(text: string, { kind, join, layers, perCycle }: GroupNode): Weight {
  const own = perCycle ? weigh(text, perCycle) : { steps: 0, events: 0, largest: 0 };
  const first = totalOf(layers[0]!);
  let steps = own.steps;
  let largest = 0;
  let smallest = Infinity;
  let events = 0;
  for (const layer of layers) {
    let sum = 0;
    let most = 0;
    let shortest = 1;
    for (const { node, times, weight: share } of layer) {
      const weight = weigh(text, node);
      steps += weight.steps * times;
      sum += weight.events * times;
      most = Math.max(most, weight.events);
      largest = Math.max(largest, weight.largest);
      smallest = Math.min(smallest, weight.smallest);
      shortest = Math.min(shortest, share.valueOf());
    }
    const stepsPerCycle = kind === 'alternation' ? 1 : perCycle ? own.largest : first;
    const inTurns = sum * Math.max(1, Math.ceil(stepsPerCycle / (totalOf(layer) || 1)));
    // Steps of a cycle and more never sound beside each other.
    const isSlow = kind === 'alternation' && shortest >= 1;
    const inLayer = kind === 'sequence' ? sum : isSlow ? most : inTurns;
    events = join === 'choice' ? Math.max(events, inLayer) : events + inLayer;
  }
  return { steps: Math.max(1, steps), events: Math.max(1, events + own.events), largest, smallest };
}

/** The weights of a layer's steps, all copies among them. */
const totalOf = (layer: readonly Step[]): number =>
  layer.reduce((sum, { weight, times }) => sum + weight.valueOf() * times, 0);
