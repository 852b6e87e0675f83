/**
 * Talking to an engine: commands out, at once or for a moment; answers and notifications in.
 */

import { type Command, PacketWriter, toOsc } from '../commands/index.js';
import type { Engine } from '../engine/engine.js';
import { SuperColliderError } from '../errors.js';
import { commandAddress } from '../osc/commandNumbers.js';
import { decodePacket, messagesOf } from '../osc/decode.js';
import { OscWriter } from '../osc/encode.js';
import { type Argument, isMessage, type Message, type Packet, type ReceivedMessage } from '../osc/message.js';
import { IMMEDIATELY, timetagAt } from '../osc/timetag.js';
import type { Seconds, UnixTime } from '../units.js';
import { checkFunction, checkSeconds, checkText } from './checks.js';
import { Collector } from './collector.js';
import type { ServerState } from './lifecycle.js';
import { PrintedLines } from './printedLines.js';
import { Requests } from './requests.js';

type ReplyListener = (message: ReceivedMessage) => void;

/** The time limit of one request. */
export interface RequestOptions {
  /** Seconds to wait for the answer. @default the server's `timeout`, 5 */
  readonly timeout?: Seconds | undefined;
}

/** Milliseconds after which an unanswered `/sync` is sent again. */
const REPEAT_MS = 1000;

/** A function of `bind` that yields the promises it waits for. */
export type Bound<Result> = Generator<
  PromiseLike<unknown>,
  Result,
  // biome-ignore lint/suspicious/noExplicitAny: a yield gives what its promise resolves to, which no type of a generator can say.
  any
>;

export abstract class Connection {
  /**
   * Seconds from sending to sounding where no time is given, as with `bind` and `Bundler`. What has a time sounds then.
   * @default 0.2
   */
  latency: Seconds;
  readonly requests: Requests;
  readonly #timeout: Seconds;
  readonly #writer = new OscWriter();
  readonly #packets = new PacketWriter();
  readonly #sendBytes = (bytes: Uint8Array) => this.engine.transport.send(bytes);
  readonly #listeners = new Map<string, Set<ReplyListener>>();
  #collector: Collector | undefined;
  readonly #printed = new PrintedLines();
  #malformed = 0;
  #lastHeard: number | undefined;

  constructor({ timeout = 5, latency = 0.2 }: { readonly timeout?: Seconds; readonly latency?: Seconds }) {
    this.#timeout = timeout;
    this.latency = latency;
    this.requests = new Requests(
      () => (this.#lastHeard === undefined ? undefined : (performance.now() - this.#lastHeard) / 1000),
      (last) => this.#printed.since(last),
    );
  }

  abstract get engine(): Engine;
  abstract get state(): ServerState;

  /** Number of received packets that were invalid OSC. */
  get malformedPackets(): number {
    return this.#malformed;
  }

  /** Packets that wait on our side because the server is busy. */
  get backlog(): number {
    return this.engine.transport.backlog ?? 0;
  }

  /**
   * Sends commands as one bundle, or as several of the same time when they are too large for one packet.
   *
   * @param time - Timestamp in seconds since 1970, to which nothing is added. @default at once, or with the others
   *   inside of `at` and `bind`
   */
  send(commands: readonly Command[], time?: UnixTime): void {
    if (this.#collector && time === undefined) {
      this.#collector.add(commands);
      return;
    }
    this.#transmitAll(commands, time);
  }

  /** Sends one OSC message or bundle as it is; a message inside of `at` and `bind` goes with the others. */
  sendPacket(packet: Packet): void {
    if (this.#collector && isMessage(packet)) this.#collector.add([{ type: 'raw', message: packet }]);
    else this.#transmit(packet);
  }

  /**
   * Sends one OSC message, or adds it to the others inside of `at` and `bind`.
   *
   * @param command - Its address, `/n_set` or `n_set`, or one of scsynth's command numbers: 15 is `/n_set`.
   * @throws SuperColliderError `invalid-argument` for a number that is no command's.
   */
  sendMessage(command: string | number, ...args: readonly Argument[]): void {
    this.sendPacket([commandAddress(command), ...args]);
  }

  /**
   * Sends a command that is answered, and gives the answer.
   *
   * @throws SuperColliderError `command-failed` with the server's reason, `timeout`, `server-offline`.
   */
  request(command: Command, { timeout = this.#timeout }: RequestOptions = {}): Promise<ReceivedMessage> {
    try {
      checkSeconds('timeout', timeout);
    } catch (error) {
      return Promise.reject(error);
    }
    const collector = this.#collector;
    if (collector) {
      collector.add([command]);
      const answer = new Promise<ReceivedMessage>((resolve, reject) => {
        const sent = () => void this.requests.expect(command, timeout).then(resolve, reject);
        const dropped = (error: Error) => {
          // The caller of `at` or `bind` gets the error; nobody may be awaiting this reply.
          answer.catch(() => {});
          reject(error);
        };
        collector.expect({ sent, dropped });
      });
      return answer;
    }
    try {
      this.#transmit(toOsc(command));
    } catch (error) {
      return Promise.reject(error);
    }
    const answer = this.requests.expect(command, timeout);
    return command.type === '/sync' ? this.#repeatUntil(answer, toOsc(command)) : answer;
  }

  /**
   * Asks again each second: a datagram may be lost, and an answer that comes twice does no harm where its number is
   * like no other.
   */
  async #repeatUntil(answer: Promise<ReceivedMessage>, question: Message): Promise<ReceivedMessage> {
    const repeat = setInterval(() => {
      if (this.state !== 'offline') this.#transmit(question);
    }, REPEAT_MS);
    try {
      return await answer;
    } finally {
      clearInterval(repeat);
    }
  }

  /**
   * Sends everything that `fn` sends as one bundle when `fn` returns.
   *
   * One command without a timestamp goes as a plain message. When `fn` throws, nothing is sent. `at` within
   * `at` is a bundle of its own.
   *
   * @param time - Time when it sounds, in seconds since 1970; nothing is added. `undefined` = at once.
   * @throws SuperColliderError `invalid-argument` when `fn` is asynchronous: later sends would not be collected.
   */
  at<Result>(time: UnixTime | undefined, fn: () => Result): Result {
    const collector = new Collector();
    const result = this.#collect(collector, fn);
    if (isPromise(result)) {
      const error = new SuperColliderError(
        'invalid-argument',
        'at() was given an asynchronous function: what it sends after its first await would not be in the bundle. Use bind() with a generator, and yield what is to be waited for.',
      );
      collector.drop(error);
      throw error;
    }
    collector.flush((commands) => this.#sendCollected(commands, time));
    return result;
  }

  /**
   * Sends everything that `fn` sends as one bundle, `latency` seconds from then.
   *
   * Each `yield` sends the bundle so far and awaits the yielded promise. `yield server.sync()` thus separates
   * asynchronous commands from the commands that need their results:
   *
   * ```ts
   * const synth = await server.bind(function* () {
   *   const buffer = server.buffers.alloc(48_000);
   *   yield server.sync();
   *   return server.nodes.synth('player', { buffer: buffer.number });
   * });
   * ```
   *
   * When `fn` throws, commands that were not sent yet are dropped.
   */
  bind<Result>(fn: () => Bound<Result>): Promise<Result>;
  bind<Result>(fn: () => Result): Promise<Result>;
  async bind<Result>(fn: () => Bound<Result> | Result): Promise<Result> {
    const collector = new Collector();
    const flush = () =>
      collector.flush((commands) => this.#sendCollected(commands, Date.now() / 1000 + this.latency));
    try {
      const result = this.#collect(collector, fn);
      if (!isGenerator(result)) {
        flush();
        return result;
      }
      let step = this.#collect(collector, () => result.next());
      while (!step.done) {
        const awaited = step.value;
        // A failure to send rejects `bind` itself; nobody awaits the reply any more.
        awaited.then(undefined, () => {});
        flush();
        try {
          const value = await awaited;
          step = this.#collect(collector, () => result.next(value));
        } catch (error) {
          step = this.#collect(collector, () => result.throw(error));
        }
      }
      flush();
      return step.value;
    } catch (error) {
      collector.drop(error as Error);
      throw error;
    }
  }

  /** Every message of an address that the server sends; `'*'` for all. Returns the function that ends it. */
  on(address: string, listener: ReplyListener): () => void {
    checkText('Address to listen for', address);
    checkFunction('What listens for it', listener);
    const listeners = this.#listeners.get(address) ?? new Set();
    this.#listeners.set(address, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /**
   * The next message of an address, and no later one.
   *
   * @param matches - Which of them. @default any
   * @throws SuperColliderError `timeout` when none comes within `timeout` seconds (@default the server's), and
   *   `server-offline` when the server is gone first.
   */
  next(
    address: string,
    matches: (message: ReceivedMessage) => boolean = () => true,
    { timeout = this.#timeout }: RequestOptions = {},
  ): Promise<ReceivedMessage> {
    return this.requests.expectMessage(address, matches, timeout);
  }

  /** The engine printed a line. */
  protected hearLine(line: string): void {
    const missing = /^node not found: (-?\d+)/.exec(line);
    if (missing) this.requests.nodeNotFound(Number(missing[1]));
    this.#printed.add(line);
  }

  /** A packet came from the engine. */
  protected receive(bytes: Uint8Array): void {
    this.#lastHeard = performance.now();
    try {
      for (const message of messagesOf(decodePacket(bytes))) this.deliver(message);
    } catch (error) {
      if (!(error instanceof SuperColliderError && error.code === 'invalid-osc')) throw error;
      this.#malformed += 1;
      this.deliver({ address: '/malformed', args: [error.message] });
    }
  }

  /** Hands a message to who waits for it, and to who listens. */
  protected deliver(message: ReceivedMessage): void {
    const answered = this.requests.receive(message);
    // A failure that rejected its own request is not reported to listeners again.
    if (answered && message.address === '/fail') return;
    for (const listener of [...(this.#listeners.get(message.address) ?? [])]) listener(message);
    for (const listener of [...(this.#listeners.get('*') ?? [])]) listener(message);
  }

  #sendCollected(commands: readonly Command[], time: UnixTime | undefined): void {
    const [first] = commands;
    if (time === undefined && first && commands.length === 1) this.#transmit(toOsc(first));
    else this.#transmitAll(commands, time);
  }

  #collect<Result>(collector: Collector, fn: () => Result): Result {
    const outer = this.#collector;
    this.#collector = collector;
    try {
      return fn();
    } catch (error) {
      collector.drop(error as Error);
      throw error;
    } finally {
      this.#collector = outer;
    }
  }

  #transmitAll(commands: readonly Command[], time: UnixTime | undefined): void {
    this.#checkOnline();
    const timetag = time === undefined ? IMMEDIATELY : timetagAt(time);
    this.#packets.write(commands, timetag, this.engine.abilities.maxPacketSize, this.#sendBytes);
  }

  #transmit(packet: Packet): void {
    this.#checkOnline();
    this.engine.transport.send(this.#writer.write(packet));
  }

  #checkOnline(): void {
    if (this.state !== 'offline') return;
    throw new SuperColliderError(
      'server-offline',
      `${this.engine.description} is offline: nothing can be sent.`,
    );
  }
}

const isPromise = (value: unknown): boolean =>
  typeof (value as { then?: unknown } | null)?.then === 'function';

const isGenerator = <Result>(value: Bound<Result> | Result): value is Bound<Result> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value && 'throw' in value;
