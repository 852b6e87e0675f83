import type { NodeId } from '../units.js';
import { AddAction, type Command } from './command.js';

/** Ids of an `/n_order`, of five bytes each: supernova takes packets of 32,768 bytes. */
const MAX_NODES_PER_ORDER = 6000;

/** Puts nodes in an order: one `/n_order`, or as many as it takes, since a message has to fit into a datagram. */
export function inOrder(
  action: AddAction,
  target: NodeId,
  ids: readonly NodeId[],
): readonly (Command & { readonly type: '/n_order' })[] {
  const commands: (Command & { readonly type: '/n_order' })[] = [];
  for (let start = 0; start < ids.length; start += MAX_NODES_PER_ORDER)
    commands.push({ type: '/n_order', action, target, ids: ids.slice(start, start + MAX_NODES_PER_ORDER) });
  // Of several that go right behind the same place, the last one stands first.
  return action === AddAction.head || action === AddAction.after ? commands.reverse() : commands;
}
