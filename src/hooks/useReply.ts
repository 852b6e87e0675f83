import { type RefObject, useEffect, useInsertionEffect, useRef } from 'react';
import type { ReceivedMessage } from '../osc/message.js';
import type { NodeHandle } from '../scene/nodeHandle.js';
import { useServer } from './useServer.js';

/**
 * Calls with every message of an address that the server sends, as long as the component is mounted.
 *
 * Such messages are those of `SendReply` (`nodeId, replyId, values…`), notifications such as `/n_go`, or any
 * other. The embedded engine sends none of `SendReply`.
 *
 * @param address - Such as `/peak`; `*` for all.
 */
export function useReply(address: string, callback: (message: ReceivedMessage) => void): void {
  const server = useServer();
  const latest = useRef(callback);
  useInsertionEffect(() => {
    latest.current = callback;
  });
  useEffect(() => server.on(address, (message) => latest.current(message)), [server, address]);
}

/** The content of a message of `SendTrig`. */
export interface Trigger {
  /** The synth that sent it. */
  readonly node: number;
  /** The id that its `SendTrig` was given. */
  readonly id: number;
  /** The value that the unit generator sent. */
  readonly value: number;
}

/**
 * Calls with each trigger (`/tr`) of a synth, as long as the component is mounted. The embedded engine sends none.
 *
 * @param ref - The ref that the `<Synth>` was given; `undefined` for all synths.
 */
export function useTrigger(
  ref: RefObject<NodeHandle | null> | undefined,
  callback: (trigger: Trigger) => void,
): void {
  useReply('/tr', ({ args }) => {
    const [node, id, value] = args.map(Number);
    if (ref && ref.current?.id !== node) return;
    callback({ node: node!, id: id!, value: value! });
  });
}
