/**
 * Commands as the fewest packets: neighbours of one kind become one message, and the messages one bundle,
 * or several of the same time when they are too large for one.
 */

import { sizeOf } from '../osc/encode.js';
import type { Bundle, Message } from '../osc/message.js';
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

/** Neighbours that one message can carry, as one command. */
function merge(commands: readonly Command[]): readonly Command[] {
  const merged: Command[] = [];
  for (const command of commands) {
    const last = merged.at(-1);
    if (last?.type === '/g_new' && command.type === '/g_new') {
      merged[merged.length - 1] = { type: '/g_new', groups: [...last.groups, ...command.groups] };
    } else if (last?.type === '/n_run' && command.type === '/n_run') {
      merged[merged.length - 1] = { type: '/n_run', nodes: [...last.nodes, ...command.nodes] };
    } else {
      merged.push(command);
    }
  }
  return merged;
}
