import { useInsertionEffect, useLayoutEffect, useRef } from 'react';
import type { ReceivedArgument, ReceivedMessage } from '../osc/message.js';
import { flushSync } from '../reconciler/root.js';
import { useScene } from './useServer.js';

/** A source of OSC messages: `openOscInput`, or a server, for messages of its synths. */
export interface OscSource {
  /** Every message of an address, `'*'` for all. Returns the function that ends it. */
  on(address: string, listener: (message: ReceivedMessage) => void): () => void;
}

/**
 * Calls a function with the arguments of each OSC message of an address. What it changes is rendered and sent before
 * it returns.
 *
 * ```tsx
 * const fader = await openOscInput({ port: 9000 });
 * useOsc(fader, '/1/fader1', (value) => setAmp(Number(value)));
 * useOsc(useServer(), '/tr', (node, id, value) => setLevel(Number(value)));
 * ```
 *
 * @param source - `undefined` for none yet.
 */
export function useOsc(
  source: OscSource | undefined,
  address: string,
  onMessage: (...args: readonly ReceivedArgument[]) => void,
): void {
  useScene('useOsc');
  const latest = useRef(onMessage);
  useInsertionEffect(() => {
    latest.current = onMessage;
  });
  useLayoutEffect(
    () => source?.on(address, ({ args }) => flushSync(() => latest.current(...args))),
    [source, address],
  );
}
