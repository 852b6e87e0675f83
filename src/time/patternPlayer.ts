/**
 * Values one after another, each for its beats, as time goes.
 *
 * The player keeps nothing of what it has played: a beat costs the same time and memory after an hour as at
 * the beginning. It lays out one note in advance, by the latest source. A stream, and a function that gives
 * beats, are called once for each value, however often React renders.
 */

import { SuperColliderError } from '../errors.js';
import type { Beats } from '../units.js';

/** A number of beats, one after another of several, or what a function gives for a value. */
export type BeatsOf<Value> = Beats | readonly Beats[] | ((value: Value, index: number) => Beats);

/** The values to play: an array or other iterable, or a function that begins one. */
export type PatternValues<Value> = Iterable<Value> | (() => Iterable<Value>);

export interface PatternSource<Value> {
  readonly values: PatternValues<Value>;
  readonly every: BeatsOf<Value>;
  /** @default until the next value */
  readonly length: BeatsOf<Value> | undefined;
  readonly repeat: number;
  /** Beats until the surroundings end. */
  readonly end: Beats;
  /** The grid on which a late pattern may begin: multiples of this. */
  readonly quant: Beats;
}

/** A value and its beats. */
export interface PatternEvent<Value> {
  readonly index: number;
  /** Passes through the values before it. */
  readonly pass: number;
  readonly value: Value;
  readonly start: Beats;
  readonly end: Beats;
}

/** A value that was laid out, with the beats that functions gave for it. */
interface Laid<Value> {
  readonly index: number;
  readonly pass: number;
  readonly value: Value;
  readonly start: Beats;
  readonly step: Beats;
  readonly length: Beats | undefined;
}

interface Open<Value, Item> {
  readonly laid: Laid<Value>;
  readonly end: Beats;
  readonly item: Item;
}

/** Rests that are passed over at once: endless ones do not keep the caller. */
const MAX_RESTS = 1024;

/** A beat is computed from a moment and back, and a moment is up to 4 µs early: what is closer than this has begun. */
const TOLERANCE: Beats = 1e-4;

export class PatternPlayer<Value, Item> {
  #source: PatternSource<Value> | undefined;
  /** The beat of the first value. */
  #origin: Beats;
  #last: Laid<Value> | undefined;
  #index = 0;
  #pass = 0;
  /** Values of the pass that were laid out. */
  #place = 0;
  #iterator: Iterator<Value> | undefined;
  /** The result of a stream for the next place. */
  #asked: IteratorResult<Value> | undefined;
  #isOver = false;
  /** The next beginning by the last `nextChange`. */
  #announced: Beats | undefined;
  /** The beat of the next value, instead of a step after the last one. */
  #moved: Beats | undefined;
  #beat = Number.NEGATIVE_INFINITY;
  #open: Open<Value, Item>[] = [];
  readonly #itemOf: (event: PatternEvent<Value>) => Item;

  /**
   * @param origin - The beat of the first value.
   * @param itemOf - What stands for a value while it is open.
   */
  constructor(origin: Beats, itemOf: (event: PatternEvent<Value>) => Item) {
    this.#origin = origin;
    this.#itemOf = itemOf;
  }

  /** Says what is played from now on. A stream that has begun goes on, unless its code is another one. */
  play(source: PatternSource<Value>): void {
    if (this.#source && !isSameStream(this.#source.values, source.values)) {
      this.#iterator = undefined;
      this.#asked = undefined;
    }
    this.#source = source;
  }

  /** The open items at a beat, in order. A beat before that of the last call is a seek. */
  openAt(beat: Beats): readonly Item[] {
    if (beat < this.#beat) this.#rewind(beat);
    if (this.#isOver && this.#next()) this.#beginAgain();
    this.#catchUp(beat);
    this.#open = this.#open.map((open) => this.#asSaidNow(open)).filter(({ end }) => end > beat);
    for (let start = this.#nextStart(); start !== undefined && start <= beat; start = this.#nextStart()) {
      const laid = this.#layOut(start);
      if (isRest(laid.value)) continue;
      const end = this.#endOf(laid);
      if (end > beat) this.#open.push({ laid, end, item: this.#itemOf({ ...laid, end }) });
    }
    this.#beat = beat;
    return this.#open.map(({ item }) => item);
  }

  /** The first beat after the one of `openAt` at which something begins or ends; `undefined` when nothing does. */
  nextChange(): Beats | undefined {
    this.#announced = this.#nextNote();
    let next = this.#announced ?? Number.POSITIVE_INFINITY;
    for (const { end } of this.#open) next = Math.min(next, end);
    return Number.isFinite(next) ? next : undefined;
  }

  #rewind(beat: Beats): void {
    this.#open = [];
    this.#announced = undefined;
    this.#moved = undefined;
    const { values, quant } = this.#source!;
    if (isOneShot(values)) {
      // It gives each value once: from where the seek leads it goes on with those that follow.
      this.#last = undefined;
      this.#origin = firstGridPoint(beat, quant);
      return;
    }
    this.#last = undefined;
    this.#index = 0;
    this.#pass = 0;
    this.#place = 0;
    this.#iterator = undefined;
    this.#asked = undefined;
    this.#isOver = false;
  }

  /** It was over, and is given more: that begins at the next point of the grid. */
  #beginAgain(): void {
    this.#isOver = false;
    this.#last = undefined;
    this.#origin = firstGridPoint(this.#beat, this.#source!.quant);
  }

  #asSaidNow(open: Open<Value, Item>): Open<Value, Item> {
    const end = this.#endOf(open.laid);
    return end === open.end ? open : { ...open, end, item: this.#itemOf({ ...open.laid, end }) };
  }

  #endOf(laid: Laid<Value>): Beats {
    const { length } = this.#source!;
    return laid.start + (length === undefined ? this.#stepOf(laid) : sayNow(length, laid, laid.length));
  }

  #stepOf(laid: Laid<Value>): Beats {
    return sayNow(this.#source!.every, laid, laid.step);
  }

  /** The beat of the next value; `undefined` when there is none. */
  #nextStart(): Beats | undefined {
    if (!this.#next()) {
      this.#isOver = true;
      return undefined;
    }
    const last = this.#last;
    const start = this.#moved ?? (last ? last.start + this.#stepOf(last) : this.#origin);
    return start < this.#source!.end ? start : undefined;
  }

  /** A step that was made shorter may have left the next place behind: the value takes the next one of the new grid. */
  #catchUp(beat: Beats): void {
    const last = this.#last;
    const start = this.#nextStart();
    if (this.#moved !== undefined || !last || start === undefined || this.#announced === undefined) return;
    if (start >= this.#announced || start >= beat - TOLERANCE) return;
    const step = this.#stepOf(last);
    this.#moved = last.start + Math.ceil((beat - TOLERANCE - last.start) / step) * step;
  }

  /** The beat of the next value that is no rest. */
  #nextNote(): Beats | undefined {
    for (let rests = 0; ; rests++) {
      const start = this.#nextStart();
      if (start === undefined || rests === MAX_RESTS) return start;
      if (!isRest(this.#next()!.value)) return start;
      this.#layOut(start);
    }
  }

  /** The value that comes next; `undefined` when there is none. */
  #next(): { readonly value: Value } | undefined {
    const { values, repeat } = this.#source!;
    for (let isNewPass = false; ; isNewPass = true) {
      const next = this.#valueAt(values, this.#place);
      if (next) return next;
      if (isNewPass || this.#place === 0 || this.#pass + 1 >= repeat) return undefined;
      this.#pass += 1;
      this.#place = 0;
      this.#iterator = undefined;
      this.#asked = undefined;
    }
  }

  #valueAt(values: PatternValues<Value>, place: number): { readonly value: Value } | undefined {
    if (Array.isArray(values)) return place < values.length ? { value: values[place] } : undefined;
    this.#iterator ??= (typeof values === 'function' ? values() : values)[Symbol.iterator]();
    this.#asked ??= this.#iterator.next();
    return this.#asked.done ? undefined : this.#asked;
  }

  #layOut(start: Beats): Laid<Value> {
    const { value } = this.#next()!;
    const { every, length } = this.#source!;
    const index = this.#index;
    const step = beatsOf(every, value, index);
    checkBeats('every', step);
    const beats = length === undefined || isRest(value) ? undefined : beatsOf(length, value, index);
    if (beats !== undefined) checkBeats('length', beats);
    this.#last = { index, pass: this.#pass, value, start, step, length: beats };
    this.#index += 1;
    this.#place += 1;
    this.#asked = undefined;
    this.#moved = undefined;
    return this.#last;
  }
}

/** The first multiple of `quant` at or after a beat, and 0 before the beginning. */
export function firstGridPoint(beat: Beats, quant: Beats): Beats {
  return beat > 0 ? Math.ceil((beat - TOLERANCE) / quant) * quant : 0;
}

/** `null`, `undefined` and `false` are rests. */
export const isRest = (value: unknown): boolean => value === null || value === undefined || value === false;

/** The beats of a value: a function's result so far, others by the latest source. */
function sayNow<Value>(
  beats: BeatsOf<Value>,
  { value, index }: Laid<Value>,
  given: Beats | undefined,
): Beats {
  return typeof beats === 'function' && given !== undefined ? given : beatsOf(beats, value, index);
}

function beatsOf<Value>(beats: BeatsOf<Value>, value: Value, index: number): Beats {
  if (typeof beats === 'number') return beats;
  return typeof beats === 'function' ? beats(value, index) : beats[index % beats.length]!;
}

function checkBeats(name: string, beats: Beats): void {
  if (beats > 0) return;
  throw new SuperColliderError(
    'invalid-time',
    `<Pattern>: ${name} is ${beats}. It is a number of beats over 0.`,
  );
}

/** An iterator itself, such as what a generator function gives: it cannot begin again. */
const isOneShot = (values: PatternValues<unknown>): boolean =>
  typeof values !== 'function' && values[Symbol.iterator]() === (values as unknown);

/**
 * True when a stream that has begun goes on.
 *
 * A function that is written in a render is a new one in each render; only an edit changes its text. Other
 * iterables go on only as the same object.
 */
function isSameStream(before: PatternValues<unknown>, now: PatternValues<unknown>): boolean {
  if (before === now) return true;
  if (typeof before === 'function' && typeof now === 'function') return String(before) === String(now);
  return false;
}
