/**
 * Matches replies to commands.
 *
 * Replies are matched by address and by the numbers in them, as several requests of one kind may be under
 * way. `/fail` names the command, and for buffer commands the buffer. Otherwise `/fail` means the oldest
 * request of that command, as a server replies to each client in order.
 */

import type { ReceivedArgument, ReceivedMessage } from '../osc/message.js';
import type { Command } from './command.js';

export type Answer = 'success' | 'failure' | undefined;

/** The result of a command by a reply; `undefined` when the reply is about another command. */
export function answerTo(command: Command, { address, args }: ReceivedMessage): Answer {
  if (address === '/fail') return failsFor(command, args) ? 'failure' : undefined;
  return succeedsFor(command, address, args) ? 'success' : undefined;
}

function failsFor(command: Command, args: readonly ReceivedArgument[]): boolean {
  if (args[0] !== addressOf(command)) return false;
  const id = /^(?:Node|Group) (-?\d+) not found/.exec(String(args[1]))?.[1];
  if (id !== undefined && 'id' in command && command.type !== '/sync' && Number(id) !== command.id)
    return false;
  const number = 'number' in command ? command.number : undefined;
  return number === undefined || typeof args[2] !== 'number' || args[2] === number;
}

/** The server's address of a command. */
const addressOf = (command: Command): string => (command.type === 'raw' ? command.message[0] : command.type);

function succeedsFor(command: Command, address: string, args: readonly ReceivedArgument[]): boolean {
  switch (command.type) {
    case '/sync':
      return address === '/synced' && args[0] === command.id;
    case '/status':
      return address === '/status.reply';
    case '/version':
      return address === '/version.reply';
    case '/rtMemoryStatus':
      return address === '/rtMemoryStatus.reply';
    case '/g_queryTree':
      return (
        address === '/g_queryTree.reply' && args[1] === command.id && args[0] === (command.controls ? 1 : 0)
      );
    case '/s_get':
      return address === '/n_set' && args[0] === command.id && args[1] === command.controls[0];
    case '/s_getn':
      return address === '/n_setn' && args[0] === command.id && args[1] === command.ranges[0]?.[0];
    case '/n_query':
      return address === '/n_info' && args[0] === command.ids[0];
    case '/c_getn':
      return address === '/c_setn' && args[0] === command.ranges[0]?.[0];
    case '/b_get':
      return address === '/b_set' && args[0] === command.number && args[1] === command.samples[0];
    case '/c_get':
      return address === '/c_set' && args[0] === command.indices[0];
    case '/b_query':
      return address === '/b_info' && args[0] === command.numbers[0];
    case '/b_getn':
      return address === '/b_setn' && args[0] === command.number && args[1] === command.ranges[0]?.[0];
    case '/b_alloc':
    case '/b_allocRead':
    case '/b_allocReadChannel':
    case '/b_read':
    case '/b_readChannel':
    case '/b_gen':
    case '/b_write':
    case '/b_free':
    case '/b_zero':
    case '/b_close':
      return address === '/done' && args[0] === command.type && args[1] === command.number;
    default:
      return address === '/done' && args[0] === addressOf(command);
  }
}
