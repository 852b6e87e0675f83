import { MessageArguments, type OscBytes } from './oscBytes.js';

/** Size of the engine's largest reply, in bytes. */
const MAX_REPLY_BYTES = 60_000;

const RANGES: Readonly<Record<string, boolean>> = { '/b_getn': true, '/c_getn': false, '/s_getn': true };

/** Bytes of the large replies that a message asks for; 0 for all whose replies are small. */
export function replyCost(address: string, message: OscBytes): number {
  if (address === '/g_queryTree') return MAX_REPLY_BYTES;
  const hasHead = RANGES[address];
  if (hasHead === undefined) return 0;
  const reader = new MessageArguments(message);
  if (hasHead) reader.next();
  let cost = 0;
  while (!reader.isAtEnd) {
    reader.next();
    cost += 5 * Math.max(0, reader.int());
  }
  return Math.min(cost, MAX_REPLY_BYTES);
}
