/** Commands on their way to an engine: at once, for a time, or collected by `at` and `bind`. */

import { type Command, PacketWriter, toOsc } from '../commands/index.js';
import type { Engine } from '../engine/engine.js';
import { SuperColliderError } from '../errors.js';
import { OscWriter } from '../osc/encode.js';
import { isMessage, type Packet } from '../osc/message.js';
import { IMMEDIATELY, timetagAt } from '../osc/timetag.js';
import type { Seconds, UnixTime } from '../units.js';
import { Collector } from './collector.js';

/** A function of `bind` that yields the promises it waits for. */
export type Bound<Result> = Generator<
  PromiseLike<unknown>,
  Result,
  // biome-ignore lint/suspicious/noExplicitAny: a yield gives what its promise resolves to, which no type of a generator can say.
  any
>;

/** The engine that gets the commands. A reboot exchanges it. */
export interface EngineInUse {
  readonly engine: Engine;
  readonly state: string;
}

export class Outgoing {
  readonly #target: EngineInUse;
  readonly #writer = new OscWriter();
  readonly #packets = new PacketWriter();
  readonly #sendBytes = (bytes: Uint8Array) => this.#target.engine.transport.send(bytes);
  #collector: Collector | undefined;

  constructor(target: EngineInUse) {
    this.#target = target;
  }

  /** The collection that a running `at` or `bind` fills. */
  get collector(): Collector | undefined {
    return this.#collector;
  }

  send(commands: readonly Command[], time: UnixTime | undefined): void {
    if (this.#collector && time === undefined) this.#collector.add(commands);
    else this.#transmitAll(commands, time);
  }

  sendPacket(packet: Packet): void {
    if (this.#collector && isMessage(packet)) this.#collector.add([{ type: 'raw', message: packet }]);
    else this.transmit(packet);
  }

  /** Sends a packet past what is collected. */
  transmit(packet: Packet): void {
    this.#checkOnline();
    this.#target.engine.transport.send(this.#writer.write(packet));
  }

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

  /** @param latency - Gives the seconds from sending to sounding, at each bundle. */
  async bind<Result>(fn: () => Bound<Result> | Result, latency: () => Seconds): Promise<Result> {
    const collector = new Collector();
    const flush = () =>
      collector.flush((commands) => this.#sendCollected(commands, Date.now() / 1000 + latency()));
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

  #sendCollected(commands: readonly Command[], time: UnixTime | undefined): void {
    const [first] = commands;
    if (time === undefined && first && commands.length === 1) this.transmit(toOsc(first));
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
    const { maxPacketSize } = this.#target.engine.abilities;
    this.#packets.write(commands, timetag, maxPacketSize, this.#sendBytes);
  }

  #checkOnline(): void {
    const { state, engine } = this.#target;
    if (state !== 'offline') return;
    throw new SuperColliderError('server-offline', `${engine.description} is offline: nothing can be sent.`);
  }
}

const isPromise = (value: unknown): boolean =>
  typeof (value as { then?: unknown } | null)?.then === 'function';

const isGenerator = <Result>(value: Bound<Result> | Result): value is Bound<Result> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value && 'throw' in value;
