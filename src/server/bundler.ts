import { batch, type Command } from '../commands/index.js';
import { SuperColliderError } from '../errors.js';
import { commandAddress } from '../osc/commandNumbers.js';
import type { Argument, Bundle } from '../osc/message.js';
import { timetagAt } from '../osc/timetag.js';
import type { Seconds, UnixTime } from '../units.js';
import { checkNumber } from './checks.js';
import type { Client } from './client.js';

/** Up to here a time counts from now; later ones are seconds since 1970. */
const LATEST_RELATIVE = 1e6;

/**
 * A passage of messages at several moments, put together by hand and sent as one packet: a bundle of a bundle for each
 * moment.
 *
 * ```ts
 * new Bundler(server, 0.1).add('/n_set', 1000, 'gate', 0).wait(0.5).add('/n_free', 1001).send();
 * ```
 */
export class Bundler {
  readonly #server: Client;
  readonly #moments = new Map<UnixTime, Command[]>();
  #time: UnixTime;

  /**
   * @param time - Time when the first message sounds: seconds from now up to a million, else since 1970.
   *   @default the server's latency from now
   */
  constructor(server: Client, time: Seconds | UnixTime = server.latency) {
    checkNumber('Time of the bundle', time);
    this.#server = server;
    this.#time = time <= LATEST_RELATIVE ? Date.now() / 1000 + time : time;
  }

  /** Adds a message for the moment, by its address or command number, as `sendMessage` takes it. */
  add(command: string | number, ...args: readonly Argument[]): this {
    return this.addCommands([{ type: 'raw', message: [commandAddress(command), ...args] }]);
  }

  /** Adds commands for the moment. */
  addCommands(commands: readonly Command[]): this {
    const moment = this.#moments.get(this.#time) ?? [];
    moment.push(...commands);
    this.#moments.set(this.#time, moment);
    return this;
  }

  /** Delays everything that follows by this many seconds. */
  wait(seconds: Seconds): this {
    checkNumber('Seconds to wait', seconds);
    if (seconds < 0) {
      throw new SuperColliderError('invalid-time', `A bundle cannot wait ${seconds} s: moments go forward.`);
    }
    this.#time += seconds;
    return this;
  }

  /** Adds what another one holds, at its own moments. */
  nest(other: Bundler): this {
    for (const [time, commands] of other.#moments) {
      this.#moments.set(time, [...(this.#moments.get(time) ?? []), ...commands]);
    }
    return this;
  }

  /** The bundles, one for each moment, or several where one is too large for a packet. */
  get bundles(): readonly Bundle[] {
    const { maxPacketSize } = this.#server.abilities;
    return [...this.#moments]
      .toSorted(([a], [b]) => a - b)
      .flatMap(([time, commands]) => batch(commands, timetagAt(time), maxPacketSize));
  }

  /** Sends them: in one packet where they fit into it, else one after another. */
  send(): void {
    const { bundles } = this;
    const [first] = bundles;
    if (!first) return;
    try {
      this.#server.sendPacket(bundles.length === 1 ? first : { timetag: first.timetag, elements: bundles });
    } catch (error) {
      if (!(error instanceof SuperColliderError && error.code === 'packet-too-large')) throw error;
      if (bundles.length === 1) throw error;
      for (const bundle of bundles) this.#server.sendPacket(bundle);
    }
  }
}
