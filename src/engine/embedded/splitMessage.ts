/**
 * Large messages as several small ones that do the same.
 *
 * A message in a timed bundle has about 1,000 bytes, an immediate one 65,536; the engine drops what
 * is larger. Most commands that grow are lists, and a list can be cut.
 */

import { encodePacket } from '../../osc/encode.js';
import { type Argument, joined, MessageArguments, type OscBytes, padded } from './oscBytes.js';

interface Shape {
  /** Arguments before the list, said again in each part. */
  readonly head: number;
  /** Arguments that belong together. */
  readonly group: number;
  /** Says how the second part and the others begin, when not like the first. */
  readonly continues?: 'set' | 'order';
}

const pairs = (head: number): Shape => ({ head, group: 2 });

const LISTS: Readonly<Record<string, Shape>> = {
  // Controls that follow /s_new in the same block come before the synth first runs, so they are still its
  // initial values.
  '/s_new': { head: 4, group: 2, continues: 'set' },
  '/n_order': { head: 2, group: 1, continues: 'order' },
  '/n_set': pairs(1),
  '/n_map': pairs(1),
  '/n_mapa': pairs(1),
  '/n_mapn': { head: 1, group: 3 },
  '/n_mapan': { head: 1, group: 3 },
  '/n_run': pairs(0),
  '/n_free': { head: 0, group: 1 },
  '/n_query': { head: 0, group: 1 },
  '/n_before': pairs(0),
  '/n_after': pairs(0),
  '/g_head': pairs(0),
  '/g_tail': pairs(0),
  '/g_new': { head: 0, group: 3 },
  '/p_new': { head: 0, group: 3 },
  '/g_freeAll': { head: 0, group: 1 },
  '/g_deepFree': { head: 0, group: 1 },
  '/c_set': pairs(0),
  '/b_set': pairs(1),
  '/d_free': { head: 0, group: 1 },
};

/** Commands of the form [head] (index, count, values …): a run of values can be cut itself. */
const RUNS: Readonly<Record<string, number>> = { '/c_setn': 0, '/b_setn': 1 };

const ADD_AFTER = 3;

/**
 * The message as parts of at most `limit` bytes each that do the same in their order, or `undefined`
 * when it cannot be cut.
 */
export function splitMessage(address: string, message: OscBytes, limit: number): OscBytes[] | undefined {
  if (message.length <= limit) return [message];
  const runHead = RUNS[address];
  if (runHead !== undefined) return splitRuns(address, message, runHead, limit);
  const shape = LISTS[address];
  return shape && splitList(address, message, shape, limit);
}

function splitList(address: string, message: OscBytes, shape: Shape, limit: number): OscBytes[] | undefined {
  const reader = new MessageArguments(message);
  const head: Argument[] = [];
  while (head.length < shape.head && !reader.isAtEnd) head.push(reader.next());
  const parts: OscBytes[] = [];
  let part = new Part(message, address, head);
  let last: Argument | undefined;
  while (!reader.isAtEnd) {
    const group: Argument[] = [];
    while (group.length < shape.group && !reader.isAtEnd) group.push(reader.next());
    if (part.sizeWith(group) > limit) {
      if (part.isEmpty) return undefined;
      parts.push(part.bytes());
      part = next(message, address, shape, head, last);
      if (part.sizeWith(group) > limit) return undefined;
    }
    part.add(group);
    last = group.at(-1);
  }
  parts.push(part.bytes());
  return parts;
}

function next(
  message: OscBytes,
  address: string,
  shape: Shape,
  head: readonly Argument[],
  last: Argument | undefined,
): Part {
  if (shape.continues === 'set') return new Part(message, '/n_set', head.slice(1, 2));
  if (shape.continues === 'order' && last) {
    const view = new DataView(message.buffer, message.byteOffset + last.start);
    return new Part(encodePacket(['/n_order', ADD_AFTER, view.getInt32(0)]), address, undefined, message);
  }
  return new Part(message, address, head);
}

/** A message that is put together of arguments of another. */
class Part {
  readonly #source: OscBytes;
  readonly #address: OscBytes;
  readonly #pieces: OscBytes[] = [];
  readonly #headPieces: number;
  #tags = ',';
  #size = 0;

  constructor(headSource: OscBytes, address: string, head?: readonly Argument[], source = headSource) {
    this.#source = headSource;
    this.#address = padded(new TextEncoder().encode(address), 1);
    const reader = new MessageArguments(headSource);
    const given = head ?? [reader.next(), reader.next()];
    this.add(given);
    this.#headPieces = this.#pieces.length;
    this.#source = source;
  }

  get isEmpty(): boolean {
    return this.#pieces.length === this.#headPieces;
  }

  sizeWith(group: readonly Argument[]): number {
    const tags = group.reduce((sum, argument) => sum + argument.tags.length, this.#tags.length);
    const bytes = group.reduce((sum, { start, end }) => sum + end - start, this.#size);
    return this.#address.length + ((tags + 4) & ~3) + bytes;
  }

  add(group: readonly Argument[]): void {
    for (const { start, end, tags } of group) {
      this.#pieces.push(this.#source.subarray(start, end));
      this.#tags += tags;
      this.#size += end - start;
    }
  }

  bytes(): OscBytes {
    return joined([this.#address, padded(new TextEncoder().encode(this.#tags), 1), ...this.#pieces]);
  }
}

function splitRuns(address: string, message: OscBytes, headCount: number, limit: number): OscBytes[] {
  const reader = new MessageArguments(message);
  const head: number[] = [];
  while (head.length < headCount) head.push(reader.int());
  // Address, tags and head take at most 40 bytes, each value 4 and its tag 1.
  const perPart = Math.floor((limit - 48) / 5);
  const parts: OscBytes[] = [];
  while (!reader.isAtEnd) {
    const index = reader.int();
    const count = reader.int();
    let values: number[] = [];
    let first = index;
    for (let i = 0; i < count && !reader.isAtEnd; i++) {
      values.push(reader.number(0));
      if (values.length === perPart) {
        parts.push(run(address, head, first, values));
        first += values.length;
        values = [];
      }
    }
    if (values.length > 0) parts.push(run(address, head, first, values));
  }
  return parts;
}

const run = (address: string, head: readonly number[], index: number, values: readonly number[]): OscBytes =>
  encodePacket([address, ...head, index, values.length, ...values]);
