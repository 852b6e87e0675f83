/**
 * The engine's replies of one block, in the order in which scsynth sends them.
 *
 * scsynth replies to synchronous commands at once, and sends notifications of nodes after the block. It
 * replies to asynchronous commands a round later. A client may rely on `/n_go` of a completion message before
 * `/done`.
 *
 * The engine sends all replies together, and those about nodes last.
 */

import { addressOf, MessageArguments, type OscBytes } from './oscBytes.js';

const NOTIFICATIONS: ReadonlySet<string> = new Set([
  '/n_go',
  '/n_end',
  '/n_off',
  '/n_on',
  '/n_move',
  '/n_info',
  '/tr',
]);

/** Commands that answer `/done` or `/fail` when they are through. */
export const ASYNCHRONOUS: ReadonlySet<string> = new Set(
  (
    '/notify /quit /sync /d_recv /d_load /d_loadDir /b_alloc /b_allocRead /b_allocReadChannel /b_read ' +
    '/b_readChannel /b_write /b_free /b_zero /b_gen /b_close'
  ).split(' '),
);

export class BlockReplies {
  #direct: OscBytes[] = [];
  #notifications: OscBytes[] = [];
  #asynchronous: OscBytes[] = [];

  add(packet: OscBytes): void {
    const address = addressOf(packet);
    if (NOTIFICATIONS.has(address)) this.#notifications.push(packet);
    else if (isAsynchronous(address, packet)) this.#asynchronous.push(packet);
    else this.#direct.push(packet);
  }

  /** Hands over all and forgets them. */
  deliver(listener: (packet: OscBytes) => void): void {
    for (const group of [this.#direct, this.#notifications, this.#asynchronous]) group.forEach(listener);
    if (this.#direct.length > 0) this.#direct = [];
    if (this.#notifications.length > 0) this.#notifications = [];
    if (this.#asynchronous.length > 0) this.#asynchronous = [];
  }
}

function isAsynchronous(address: string, packet: OscBytes): boolean {
  if (address === '/done' || address === '/synced' || address === '/d_removed') return true;
  return address === '/fail' && ASYNCHRONOUS.has(new MessageArguments(packet).string() ?? '');
}
