/** Looks through what a page sends, however deep it is nested, before any of it gets to the server. */

import { nearest, SuperColliderError } from '../errors.js';
import { decodePacket, messagesOf } from '../osc/decode.js';
import type { ReceivedMessage } from '../osc/message.js';
import { CommandArguments, type PageRights, Refused } from './commandArguments.js';
import { commandRules, refusedCommands } from './commandRules.js';
import { typeTags } from './typeTags.js';

/** The reason why a packet is refused. */
export interface Refusal {
  /** The command, or `/bridge` where none can be made out. */
  readonly address: string;
  readonly reason: string;
  /** The buffer that the command is about, so that who asked finds the answer. */
  readonly buffer?: number | undefined;
}

/** The effects of a page's packet, as far as the bridge needs them. */
export interface Inspection {
  /** Empty when the packet may go to the server. A packet goes as a whole or not at all. */
  readonly refusals: readonly Refusal[];
  /** Buffers that it makes. */
  readonly buffersMade: readonly number[];
  /** True when it holds a `/quit` that is allowed. */
  readonly quits: boolean;
}

/** Completions within completions; nobody needs more than one. */
const MAX_COMPLETIONS = 4;
/** A double corrupts the arguments after it, and in an array it hangs scsynth for ever; the others have no use. */
const TAGS = /^[ifsb[\]]*$/;
const MAKES_BUFFER = ['/b_alloc', '/b_allocRead', '/b_allocReadChannel'];

/** Looks through a packet. */
export function inspectPacket(bytes: Uint8Array, rights: PageRights): Inspection {
  const refusals: Refusal[] = [];
  const buffersMade: number[] = [];
  let quits = false;
  const inspect = (packet: Uint8Array, depth: number): void => {
    const messages = messagesIn(packet);
    if ('reason' in messages) {
      refusals.push(messages);
      return;
    }
    for (const message of messages) {
      const { address, args } = message;
      if (address === '/quit' && rights.mayQuit) {
        quits = true;
        continue;
      }
      const reason = refusalOf(message, rights, (completion) => {
        if (depth >= MAX_COMPLETIONS)
          throw new Refused(`completions are nested more than ${MAX_COMPLETIONS} deep`);
        inspect(completion, depth + 1);
      });
      const number = address.startsWith('/b_') && typeof args[0] === 'number' ? args[0] : undefined;
      if (reason !== undefined) refusals.push({ address, reason, buffer: number });
      else if (number !== undefined && MAKES_BUFFER.includes(address)) buffersMade.push(number);
    }
  };
  inspect(bytes, 0);
  return { refusals, buffersMade, quits };
}

function messagesIn(bytes: Uint8Array): readonly ReceivedMessage[] | Refusal {
  if (bytes.length % 4 !== 0)
    return unreadable(`a packet of ${bytes.length} bytes is no OSC: they are multiples of 4`);
  try {
    const messages = messagesOf(decodePacket(bytes));
    if (messages.length === 0) return unreadable('a bundle with nothing in it');
    const wrong = typeTags(bytes).findIndex((tags) => !TAGS.test(tags));
    const message = messages[wrong];
    if (!message) return messages;
    return { address: message.address, reason: 'it has type tags other than i, f, s, b and arrays of these' };
  } catch (error) {
    if (error instanceof SuperColliderError) return unreadable(error.message);
    throw error;
  }
}

const unreadable = (reason: string): Refusal => ({ address: '/bridge', reason });

function refusalOf(
  { address, args }: ReceivedMessage,
  rights: PageRights,
  onCompletion: (packet: Uint8Array) => void,
): string | undefined {
  const known = Object.hasOwn(refusedCommands, address) ? refusedCommands[address] : undefined;
  if (known !== undefined) return known;
  const rule = Object.hasOwn(commandRules, address) ? commandRules[address] : undefined;
  if (!rule) {
    const near = nearest(address, Object.keys(commandRules));
    return `there is no such command for pages${near ? `. Did you mean ${near}?` : ''}`;
  }
  try {
    const rest = new CommandArguments(args, rights, onCompletion);
    rule(rest);
    if (!rest.isOver) return `it has more arguments than it takes (${args.length})`;
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
}
