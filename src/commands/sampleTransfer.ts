/** Samples to a buffer and from it by messages, in pieces that every server takes. */

import type { ReceivedMessage } from '../osc/message.js';
import type { BufferNumber } from '../units.js';
import type { Command } from './command.js';

/** The part of a server that samples go through. */
export interface SampleServer {
  send(commands: readonly Command[]): void;
  request(command: Command): Promise<ReceivedMessage>;
  sync(): Promise<void>;
}

/** 5 bytes each with the tag, far below every datagram limit (supernova takes 32 kB). */
const SAMPLES_PER_MESSAGE = 1024;
/** After so many messages the server is waited for: 212,992 bytes is what Linux holds for scsynth 3.13. */
const MESSAGES_PER_SYNC = 16;
/** scsynth replies with at most 13,090 samples to `/b_getn`, as one packet holds no more. */
const SAMPLES_PER_QUERY = 8192;

/** Sets samples in a row; resolves when the server has all of them. Sends `/b_setn` and `/sync`. */
export async function sendSamples(
  server: SampleServer,
  number: BufferNumber,
  start: number,
  values: ArrayLike<number>,
): Promise<void> {
  let messages = 0;
  for (let at = 0; at < values.length; at += SAMPLES_PER_MESSAGE) {
    const size = Math.min(SAMPLES_PER_MESSAGE, values.length - at);
    const piece = Array.from({ length: size }, (_, index) => values[at + index]!);
    server.send([{ type: '/b_setn', number, ranges: [[start + at, piece]] }]);
    messages += 1;
    if (messages % MESSAGES_PER_SYNC === 0) await server.sync();
  }
  await server.sync();
}

/** Samples in a row. Sends `/b_getn`, as often as needed. */
export async function fetchSamples(
  server: SampleServer,
  number: BufferNumber,
  start: number,
  count: number,
): Promise<Float32Array> {
  const values = new Float32Array(count);
  for (let at = 0; at < count; at += SAMPLES_PER_QUERY) {
    const ranges = [[start + at, Math.min(SAMPLES_PER_QUERY, count - at)] as const];
    const { args } = await server.request({ type: '/b_getn', number, ranges });
    values.set(args.slice(3) as number[], at);
  }
  return values;
}
