/**
 * Commands as the fewest packets.
 *
 * Neighbours of one kind become one message, and the messages one bundle. Messages that are too large for one
 * bundle become several of the same time.
 */

import type { Bundle, Message } from '../osc/message.js';
import { sizeOf } from '../osc/size.js';
import { IMMEDIATELY, type Timetag } from '../osc/timetag.js';
import type { Command } from './command.js';
import { toOsc } from './toOsc.js';

/** Bytes of `#bundle`, its timetag, and of the size before each element. */
const BUNDLE_HEADER = 16;
const ELEMENT_HEADER = 4;

/**
 * Bundles that carry out the commands in order.
 *
 * Bundles of one time tag are carried out in the order of their arrival: scsynth's queue is stable.
 *
 * @param maxSize - Largest packet in bytes; a single message over it goes alone, for the transport to refuse.
 */
export function batch(commands: readonly Command[], time: Timetag = IMMEDIATELY, maxSize = 65_507): Bundle[] {
  const bundles: Bundle[] = [];
  let elements: Message[] = [];
  let size = BUNDLE_HEADER;
  for (const command of merge(commands)) {
    const message = toOsc(command);
    const bytes = ELEMENT_HEADER + sizeOf(message);
    if (elements.length > 0 && size + bytes > maxSize) {
      bundles.push({ timetag: time, elements });
      elements = [];
      size = BUNDLE_HEADER;
    }
    elements.push(message);
    size += bytes;
  }
  if (elements.length > 0) bundles.push({ timetag: time, elements });
  return bundles;
}

/** More numbers than this are not put into one message: it has to fit into a packet. */
const MAX_MERGED = 512;
/** The same for groups of a `/g_new` and nodes of an `/n_run`. */
export const MAX_ENTRIES = 1024;

/** Neighbours that one message can carry, as one command. */
export function merge(commands: readonly Command[]): readonly Command[] {
  const merged: Command[] = [];
  for (const command of commands) {
    const last = merged.at(-1);
    const both = last && mergeTwo(last, command);
    if (both) merged[merged.length - 1] = both;
    else merged.push(command);
  }
  return merged;
}

/** Two commands as one, where a message of theirs takes a list. */
function mergeTwo(a: Command, b: Command): Command | undefined {
  switch (a.type) {
    case '/g_new':
    case '/p_new':
      return b.type === a.type && a.groups.length + b.groups.length <= MAX_ENTRIES
        ? { type: a.type, groups: [...a.groups, ...b.groups] }
        : undefined;
    case '/n_run':
      return b.type === a.type && a.nodes.length + b.nodes.length <= MAX_ENTRIES
        ? { ...a, nodes: [...a.nodes, ...b.nodes] }
        : undefined;
    case '/c_set':
      return b.type === a.type && a.values.length + b.values.length <= MAX_MERGED
        ? { ...a, values: [...a.values, ...b.values] }
        : undefined;
    case '/b_set':
      return b.type === a.type && b.number === a.number && a.values.length + b.values.length <= MAX_MERGED
        ? { ...a, values: [...a.values, ...b.values] }
        : undefined;
    case '/c_fill':
      return b.type === a.type ? { ...a, ranges: [...a.ranges, ...b.ranges] } : undefined;
    case '/b_fill':
      return b.type === a.type && b.number === a.number
        ? { ...a, ranges: [...a.ranges, ...b.ranges] }
        : undefined;
    case '/c_setn':
      return b.type === a.type && countOf(a) + countOf(b) <= MAX_MERGED
        ? { ...a, ranges: [...a.ranges, ...b.ranges] }
        : undefined;
    case '/b_setn':
      return b.type === a.type && b.number === a.number && countOf(a) + countOf(b) <= MAX_MERGED
        ? { ...a, ranges: [...a.ranges, ...b.ranges] }
        : undefined;
    default:
      return undefined;
  }
}

const countOf = ({ ranges }: Extract<Command, { readonly type: '/c_setn' | '/b_setn' }>): number =>
  ranges.reduce((sum, [, values]) => sum + values.length + 2, 0);
