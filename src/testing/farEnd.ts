/**
 * The other end of the wire in a test: takes what a server would take, and answers what a client waits for.
 *
 * It makes no sound and knows no nodes: `/n_go`, `/n_end` and `/fail` are for the test to send.
 */

import { decodePacket } from '../osc/decode.js';
import { encodePacket } from '../osc/encode.js';
import type { Argument, Message, ReceivedArgument, ReceivedMessage, ReceivedPacket } from '../osc/message.js';
import type { Transport } from '../transport/transport.js';
import type { Seconds } from '../units.js';

/** Messages that arrived as one bundle. */
export interface WireBundle {
  /** Timestamp in seconds since 1970, or of the virtual clock; `undefined` for "at once". */
  readonly time: Seconds | undefined;
  /** The messages, in order. */
  readonly messages: readonly Message[];
}

/** Makes the reply to a request of an address; `undefined` for no reply. */
export type Answer = (args: readonly ReceivedArgument[]) => Message | undefined;

const SECONDS_FROM_1900_TO_1970 = 2_208_988_800;
const SAMPLE_RATE = 48_000;

/** The other end of a connection in memory, which a test plays. */
export class FarEnd {
  readonly #transport: Transport;
  readonly #answers = new Map<string, Answer>();
  readonly #buffers = new Map<number, readonly [frames: number, channels: number]>();
  /** Called with each bundle. */
  onBundle: (bundle: WireBundle) => void = () => {};

  constructor(transport: Transport) {
    this.#transport = transport;
    transport.listen({
      onPacket: (bytes) => this.#receive(decodePacket(bytes)),
      onError: () => {},
      onClose: () => {},
    });
    this.#answerAsServer();
  }

  /** Answers requests of an address otherwise than so far. */
  answer(address: string, answer: Answer): void {
    this.#answers.set(address, answer);
  }

  /** Sends a message to the client. */
  send(message: Message): void {
    this.#transport.send(encodePacket(message));
  }

  #receive(packet: ReceivedPacket): void {
    if ('address' in packet) {
      const answer = this.#answers.get(packet.address)?.(packet.args);
      if (answer) this.send(answer);
      return;
    }
    const [seconds, fraction] = packet.timetag;
    this.onBundle({
      time: seconds === 0 ? undefined : seconds - SECONDS_FROM_1900_TO_1970 + fraction / 2 ** 32,
      messages: packet.elements.map((element) => asWritten(element as ReceivedMessage)),
    });
  }

  #answerAsServer(): void {
    this.answer('/notify', () => ['/done', '/notify', 0, 8]);
    this.answer('/sync', ([id]) => ['/synced', id as number]);
    this.answer('/status', () => ['/status.reply', 1, 0, 0, 2, 0, 0.5, 0.5, SAMPLE_RATE, SAMPLE_RATE]);
    this.answer('/version', () => ['/version.reply', 'memory', 3, 13, '.0', '', '']);
    for (const address of ['/d_recv', '/d_load', '/d_free', '/quit'])
      this.answer(address, () => ['/done', address]);
    const made = (
      address: string,
      args: readonly ReceivedArgument[],
      frames: number,
      channels: number,
    ): Message => {
      this.#buffers.set(args[0] as number, [frames, channels]);
      return ['/done', address, args[0] as number];
    };
    this.answer('/b_alloc', (args) => made('/b_alloc', args, args[1] as number, args[2] as number));
    // A second of whatever is in the file: nobody reads it.
    for (const address of ['/b_allocRead', '/b_allocReadChannel'])
      this.answer(address, (args) => made(address, args, SAMPLE_RATE, 1));
    for (const address of ['/b_free', '/b_zero', '/b_write', '/b_close'])
      this.answer(address, ([number]) => ['/done', address, number as number]);
    this.answer('/b_query', ([number]) => [
      '/b_info',
      number as number,
      ...(this.#buffers.get(number as number) ?? [0, 0]),
      SAMPLE_RATE,
    ]);
  }
}

function asWritten({ address, args }: ReceivedMessage): Message {
  return [address, ...args.map(written)];
}

/** A float32 as one would write it: 0.1 and not 0.10000000149011612. */
function written(argument: ReceivedArgument): Argument {
  if (Array.isArray(argument)) return (argument as ReceivedArgument[]).map(written);
  if (typeof argument !== 'number' || Number.isInteger(argument)) return argument as Argument;
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(argument.toPrecision(digits));
    if (Math.fround(short) === argument) return short;
  }
  return argument;
}
