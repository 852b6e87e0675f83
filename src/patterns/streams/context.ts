import { type Random, seededRandom } from '../../time/random.js';
import type { Beats } from '../../units.js';
import type { EventKeys } from './event.js';

/** The key of the function that begins a stream. It is a symbol, so that no value has it by chance. */
export const BEGIN = Symbol('begin');

/** The common part of streams: each call begins one again. */
export interface Begins<T> {
  /** Begins to give values. */
  readonly [BEGIN]: (context: Context) => Iterator<T, void>;
}

/** A value, or a stream of such values. */
export type Values<T> = T | Begins<T>;

/** The moment at which all streams of one playing are queried. */
interface Now {
  /** The beat. */
  beat: Beats;
  /** The event that is being made. Later keys see the earlier ones. */
  event: EventKeys;
  /** The number of voices of `mono` so far. */
  voices: number;
}

/** The surroundings of a stream that has begun. */
export interface Context {
  /** The source of chance. */
  readonly random: Random;
  /** The moment, which all streams of one playing share. */
  readonly now: Now;
  /** The beat at which the last curve ended. The next curve begins there, not at the next event. */
  endBeat: Beats | undefined;
}

/** A source of chance. Neighbouring seeds have first numbers that are alike, so the first number is dropped. */
function randomOf(seed: number | string): Random {
  const random = seededRandom(seed);
  random.number();
  return random;
}

/** The surroundings of a playing that begins. */
export const beginContext = (seed: number | string): Context => ({
  random: randomOf(seed),
  now: { beat: 0, event: {}, voices: 0 },
  endBeat: undefined,
});

/** The same surroundings with chance of their own. */
export const withSeed = (context: Context, seed: number | string): Context => ({
  ...context,
  random: randomOf(seed),
});

/** A number by which streams that begin together get chance of their own, other numbers each time. */
export const drawSeed = ({ random }: Context): number => random.integer(0, 0x7fffffff);

/** True for a stream, and false for a plain value. */
export const isStream = <T>(given: Values<T>): given is Begins<T> =>
  typeof given === 'object' && given !== null && BEGIN in given;

/** Begins a stream beside the present one. A plain value is given without end. */
export const open = <T>(given: Values<T>, context: Context): Iterator<T, void> =>
  isStream(given) ? given[BEGIN]({ ...context, endBeat: undefined }) : always(given);

/** Gives the values of a stream within the present one, or a plain value once. */
export function* embed<T>(given: Values<T>, context: Context): Generator<T, void> {
  if (isStream(given)) yield* { [Symbol.iterator]: () => given[BEGIN](context) };
  else yield given;
}

function* always<T>(value: T): Generator<T, void> {
  for (;;) yield value;
}

/** Begins a pass again and again. A pass without values ends it, which would go on for ever. */
export function* passes<T>(repeats: number, pass: (index: number) => Iterable<T>): Generator<T, void> {
  for (let index = 0; index < repeats; index++) {
    let isEmpty = true;
    for (const value of pass(index)) {
      isEmpty = false;
      yield value;
    }
    if (isEmpty) return;
  }
}

/** The next values of several streams; `undefined` when one of them has ended. */
export function nextOf<T extends readonly unknown[]>(
  ...streams: { [Index in keyof T]: Iterator<T[Index], void> }
): T | undefined {
  const values: unknown[] = [];
  for (const stream of streams) {
    const { done, value } = stream.next();
    if (done) return undefined;
    values.push(value);
  }
  return values as unknown as T;
}
