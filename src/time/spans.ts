/**
 * Items that exist from beat to beat: the open ones at a beat, and the beat of the next change.
 */

import type { Beats } from '../units.js';

export interface Span<Item> {
  readonly start: Beats;
  /** The first beat at which it is over; infinite for none. */
  readonly end: Beats;
  readonly item: Item;
}

interface Entry<Item> extends Span<Item> {
  /** Its place among all, in which order open spans are given. */
  readonly place: number;
}

/**
 * Spans in the order in which they were given, found by beat.
 *
 * Asked for beats that go up, it looks only at what begins and ends in between; asked for an earlier beat
 * it looks at all. Answers depend on the beat alone.
 */
export class Spans<Item> {
  readonly #entries: Entry<Item>[];
  #beat = Number.NEGATIVE_INFINITY;
  /** The number of entries that have begun at `#beat`. */
  #begun = 0;
  #open: Entry<Item>[] = [];

  /** @param spans - In any order. */
  constructor(spans: readonly Span<Item>[]) {
    this.#entries = spans
      .map((span, place) => ({ ...span, place }))
      .sort((a, b) => a.start - b.start || a.place - b.place);
  }

  /** The open items at a beat, in the order of the constructor's spans. */
  openAt(beat: Beats): readonly Item[] {
    this.#goTo(beat);
    return this.#open.map(({ item }) => item);
  }

  /** The first beat after `beat` at which something begins or ends; `undefined` when nothing does. */
  nextChange(beat: Beats): Beats | undefined {
    this.#goTo(beat);
    let next = this.#entries[this.#begun]?.start ?? Number.POSITIVE_INFINITY;
    for (const { end } of this.#open) next = Math.min(next, end);
    return Number.isFinite(next) ? next : undefined;
  }

  #goTo(beat: Beats): void {
    if (beat < this.#beat) {
      this.#begun = 0;
      this.#open = [];
    }
    this.#beat = beat;
    let open = this.#open.some(({ end }) => end <= beat)
      ? this.#open.filter(({ end }) => end > beat)
      : this.#open;
    let begins: Entry<Item>[] | undefined;
    for (
      let entry = this.#entries[this.#begun];
      entry && entry.start <= beat;
      entry = this.#entries[this.#begun]
    ) {
      this.#begun += 1;
      if (entry.end > beat) {
        begins ??= [];
        begins.push(entry);
      }
    }
    if (begins) open = [...open, ...begins].sort((a, b) => a.place - b.place);
    this.#open = open;
  }
}
