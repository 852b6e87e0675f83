/**
 * The one error class of the package.
 *
 * A message has three parts, in the user's words: which element or option, what happened,
 * what to do. The same facts are properties, and what caused it is kept as `cause`.
 * `docs/errors.md` has a section for each code.
 */

import type { NodeId } from './units.js';
import { version } from './version.js';

export const errorCodes = [
  // input, before anything is sent
  'invalid-argument',
  'invalid-option',
  'invalid-control',
  'unknown-control',
  'unknown-synthdef',
  'invalid-nesting',
  'invalid-synthdef',
  'invalid-osc',
  'invalid-time',
  'invalid-file',
  'write-failed',
  'no-server',
  'not-loaded',
  // the engine
  'not-found',
  'boot-failed',
  'port-in-use',
  'unsupported',
  'server-offline',
  'not-server-owner',
  'not-allowed',
  'stale-handle',
  'too-many-clients',
  // talking to it
  'timeout',
  'command-failed',
  'packet-too-large',
  'transport-closed',
  'late-bundle',
  // running out
  'out-of-ids',
  'too-many-nodes',
] as const;

/** The code of an error, which names its kind. */
export type ErrorCode = (typeof errorCodes)[number];

/** Facts that an error carries beside its message. */
export interface SuperColliderErrorFacts {
  /** The place in the scene: the names and types from the root down, such as `/drums/Synth[2]`. */
  readonly path?: string;
  /** The id of the element's node on the server. */
  readonly node?: NodeId;
  /** The React components above the element, as React prints them. */
  readonly componentStack?: string;
  /**
   * The places where the element and those that made it were written, as lines of a stack, the nearest first. Only
   * React's development build knows them.
   */
  readonly ownerStack?: string | undefined;
  /** The element's props, as it was rendered last. */
  readonly props?: Readonly<Record<string, unknown>>;
  /** The error that caused this one. */
  readonly cause?: unknown;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** The error of this package: a code, a message, and the place in the scene where there is one. */
export class SuperColliderError extends Error {
  override readonly name = 'SuperColliderError';
  /** The place in the scene, such as `/drums/Synth[2]`. */
  readonly path: string | undefined;
  /** The id of the element's node on the server. */
  readonly node: NodeId | undefined;
  /** The React components above the element, as React prints them. */
  readonly componentStack: string | undefined;
  /** The lines of JSX that made the element, the nearest first; only in React's development build. */
  readonly ownerStack: string | undefined;
  /** The props of the element. */
  readonly props: Readonly<Record<string, unknown>> | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    facts: SuperColliderErrorFacts = {},
  ) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.path = facts.path;
    this.node = facts.node;
    this.componentStack = facts.componentStack;
    this.ownerStack = facts.ownerStack;
    this.props = facts.props;
  }

  /** The address of the section on this kind of error, in the documentation of this version. */
  get help(): string {
    return `https://unpkg.com/react-collider@${version}/docs/errors.md#${this.code}`;
  }

  /** Adds what is known of where the error came from; what it says already stays. Returns the error. */
  locate({ path, node, componentStack, ownerStack, props }: SuperColliderErrorFacts): this {
    const facts = this as Mutable<this>;
    facts.path ??= path;
    facts.node ??= node;
    facts.componentStack ??= componentStack;
    facts.ownerStack ??= ownerStack;
    facts.props ??= props;
    return this;
  }
}

/**
 * The nearest of `names` to what was written, for "Did you mean …?"; `undefined` when none is near.
 *
 * Near means at most a third of the letters differ (Levenshtein distance, swapped letters counting once).
 *
 * @see https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance (optimal string alignment)
 */
export function nearest(written: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(written.length / 3)) + 1;
  for (const name of names) {
    const distance = editDistance(written.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let distance = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        distance = Math.min(distance, beforePrevious[j - 2]! + 1);
      }
      row.push(distance);
    }
    beforePrevious = previous;
    previous = row;
  }
  return previous[b.length]!;
}

/**
 * A sentence on what to write instead of a value that no control can have; empty where nothing is near.
 *
 * @param inJsx - The value is a prop, so that hooks and elements are at hand.
 */
export function controlHint(name: string, value: unknown, inJsx: boolean): string {
  if (typeof value !== 'string') return '';
  if (value.trim() !== '' && Number.isFinite(Number(value))) {
    return ` Give the number ${Number(value)} without quotes${inJsx ? `, in JSX ${name}={${Number(value)}}` : ''}.`;
  }
  if (/^[a-g](#|b|s|♯|♭)*-?\d+$/i.test(value)) {
    const hertz = `pitchToHertz('${value}')`;
    return inJsx ? ` For a pitch, use <Note pitch="${value}"> or ${hertz}.` : ` For a pitch, use ${hertz}.`;
  }
  if (/\.(wav|aiff?|flac|ogg|mp3)$/i.test(value)) {
    return inJsx
      ? ` For a sound file, use useBuffer('${value}') and give what it returns.`
      : ` For a sound file, give the buffer that server.buffers.read('${value}') returns.`;
  }
  return '';
}
