import type { Fraction } from '../cycles/fraction.js';

interface Place {
  /** The index in the text. */
  readonly at: number;
  /** The levels of brackets and operators from here down, at least 1. */
  readonly depth: number;
}

/** A word or a number, with its sample number: `bd`, `-1.5`, `bd:3`. */
export interface WordNode extends Place {
  readonly type: 'word';
  readonly text: string;
}

/** A rest: `~` or `-`. */
export interface RestNode extends Place {
  readonly type: 'rest';
}

/** A bracket, or the whole text. */
export interface GroupNode extends Place {
  readonly type: 'group';
  /** `[ ]` fills a cycle, `< >` has one step a cycle, `{ }` as many as the first layer or `%` says. */
  readonly kind: 'sequence' | 'alternation' | 'polymeter';
  /** Layers between `,` sound at once; of those between `|`, one is chosen a cycle. */
  readonly join: 'stack' | 'choice';
  readonly layers: readonly (readonly Step[])[];
  /** The steps a cycle after `%`. */
  readonly perCycle?: MiniNode;
}

/** A step that is faster by `*` or slower by `/`. */
export interface SpeedNode extends Place {
  readonly type: 'fast' | 'slow';
  readonly of: MiniNode;
  readonly factor: MiniNode;
}

/** A step in a Euclidean rhythm: `bd(3,8,2)`. */
export interface EuclidNode extends Place {
  readonly type: 'euclid';
  readonly of: MiniNode;
  readonly pulses: MiniNode;
  readonly steps: MiniNode;
  readonly rotation?: MiniNode;
}

/** A step whose events are missing at random: `bd?0.3`. */
export interface MaybeNode extends Place {
  readonly type: 'maybe';
  readonly of: MiniNode;
  /** The share that is missing. */
  readonly probability: number;
}

/** A piece of parsed mini-notation. */
export type MiniNode = WordNode | RestNode | GroupNode | SpeedNode | EuclidNode | MaybeNode;

/** A place in a sequence. */
export interface Step {
  readonly node: MiniNode;
  /** The share of the time, by `@` and `_`. */
  readonly weight: Fraction;
  /** The number of copies, by `!`. */
  readonly times: number;
}
