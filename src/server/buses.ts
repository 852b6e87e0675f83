/** Buses of a server, as handles: blocks of channels in a row that are our own, and parts of them. */

import { SuperColliderError } from '../errors.js';
import type { BusIndex, Rate } from '../units.js';
import type { BlockAllocator } from './allocators.js';
import { checkNumber, checkNumbers, checkWhole } from './checks.js';
import type { Client } from './client.js';
import { ServerHandle } from './serverHandle.js';

/** A bus: the index of its first channel and how many there are. */
export class ServerBus extends ServerHandle {
  constructor(
    server: Client,
    readonly rate: Rate,
    readonly index: BusIndex,
    readonly channels: number,
    /** The bus that this one is a part of, which alone can be freed; none for a bus of its own. */
    readonly whole: ServerBus | undefined,
    readonly release: (() => void) | undefined,
    /** Channels to the last bus of all, where nobody said how many it has. */
    readonly open?: number,
  ) {
    super(server);
  }

  /** Number of channels from its first one to the end of the bus that it is a part of. @internal */
  get channelsToEnd(): number {
    const { open, channels, index } = this.whole ?? this;
    return (open ?? channels) - (this.index - index);
  }

  override get isFreed(): boolean {
    return super.isFreed || this.whole?.isFreed === true;
  }

  /** Maps a control to it: `synth.set({ freq: bus.map })`. `c5` for control, `a5` for audio buses. */
  get map(): string {
    return `${this.rate === 'control' ? 'c' : 'a'}${this.index}`;
  }

  /** Some of its channels as a bus that shares them and is gone with it. */
  channel(offset: number, channels = 1): ServerBus {
    this.check();
    checkWhole(`${this}: offset`, offset, 0, this.channels - 1);
    checkWhole(`${this}: channels`, channels, 1, this.channels - offset);
    const index = (this.index + offset) as BusIndex;
    return new ServerBus(this.server, this.rate, index, channels, this.whole ?? this, undefined);
  }

  /** Sets channels, from the first on. Sends `/c_setn`. */
  set(...values: readonly number[]): void {
    this.setRange(0, values);
  }

  /** Sets channels, from one of them on. Sends `/c_setn`. */
  setRange(offset: number, values: readonly number[]): void {
    this.#checkControl('set');
    checkWhole(`${this}: offset`, offset, 0, this.channels - 1);
    checkNumbers(`${this}: values`, values);
    checkWhole(`${this}: number of values`, values.length, 1, this.channels - offset);
    this.server.send([{ type: '/c_setn', ranges: [[this.index + offset, values]] }]);
  }

  /** Sets all channels to one value. Sends `/c_fill`. */
  fill(value: number): void {
    this.#checkControl('fill');
    checkNumber(`${this}: value`, value);
    this.server.send([{ type: '/c_fill', ranges: [[this.index, this.channels, value]] }]);
  }

  /** The first channel's value. Sends `/c_getn`. */
  async get(): Promise<number> {
    return (await this.getRange(0, 1))[0]!;
  }

  /** The values of channels. Sends `/c_getn`, several times for many. @default all */
  async getRange(offset = 0, count = this.channels - offset): Promise<number[]> {
    this.#checkControl('get');
    checkWhole(`${this}: offset`, offset, 0, this.channels - 1);
    checkWhole(`${this}: count`, count, 1, this.channels - offset);
    const values: number[] = [];
    while (values.length < count) {
      const first = this.index + offset + values.length;
      const part = Math.min(this.server.abilities.maxBusesPerQuery, count - values.length);
      const { args } = await this.server.request({ type: '/c_getn', ranges: [[first, part]] });
      values.push(...(args.slice(2) as number[]));
    }
    return values;
  }

  /**
   * Gives its channels back.
   *
   * @param clear - Sets a control bus to 0 before. Sends `/c_fill`. @default false
   * @throws SuperColliderError `stale-handle` for the second time; `invalid-argument` for a part of a bus.
   */
  free({ clear = false } = {}): void {
    this.check();
    if (!this.release) {
      throw new SuperColliderError(
        'invalid-argument',
        `${this} is not a bus of its own and cannot be freed.`,
      );
    }
    if (clear) this.fill(0);
    this.markFreed();
    this.release();
  }

  override toString(): string {
    return `The ${this.channels}-channel ${this.rate} bus ${this.index}`;
  }

  protected override check(): void {
    super.check();
    this.whole?.check();
  }

  #checkControl(verb: string): void {
    this.check();
    if (this.rate === 'control') return;
    throw new SuperColliderError(
      'invalid-argument',
      `${this} cannot be ${verb === 'get' ? 'read' : 'set'}: only synths write to audio buses and read them.`,
    );
  }
}

/** Buses in a row, each of as many channels: for units that take the first and a number. */
export interface BusGroup extends Iterable<ServerBus> {
  /** The buses, in the order of their indices. */
  readonly buses: readonly ServerBus[];
  /** All channels as one bus. */
  readonly whole: ServerBus;
  /** Gives all of them back. */
  free(): void;
}

/** The audio or the control buses of a server: numbers of our part, and buses. */
export class Buses {
  constructor(
    readonly server: Client,
    readonly rate: Rate,
    readonly part: () => BlockAllocator,
  ) {}

  /** The first of `count` channels in a row; throws `out-of-ids`. */
  reserve(count = 1): number {
    return this.part().reserve(count);
  }

  /** Gives channels back by the first of them. */
  free(first: number): void {
    this.part().free(first);
  }

  /** Bus channels of this client that are in use. */
  get numberInUse(): number {
    return this.part().numberInUse;
  }

  /** A bus of its own. @throws SuperColliderError `out-of-ids`, `invalid-argument`. */
  bus(channels = 1): ServerBus {
    const part = this.part();
    const index = part.reserve(channels) as BusIndex;
    return new ServerBus(this.server, this.rate, index, channels, undefined, () => part.free(index));
  }

  /** Several buses in a row, freed together. */
  group(count: number, channels = 1): BusGroup {
    checkWhole('The number of buses in a group', count, 1);
    checkWhole('The channels of each bus', channels, 1);
    const whole = this.bus(count * channels);
    const buses = Array.from({ length: count }, (_, index) => whole.channel(index * channels, channels));
    return { buses, whole, free: () => whole.free(), [Symbol.iterator]: () => buses[Symbol.iterator]() };
  }

  /**
   * A bus that is somewhere already, such as another client's.
   *
   * @param channels - How many; a synth that writes or reads more is refused. @default 1, and any number is let through
   */
  at(index: number, channels?: number): ServerBus {
    const { numAudioBusChannels, numControlBusChannels } = this.server.options;
    const total = this.rate === 'audio' ? numAudioBusChannels : numControlBusChannels;
    checkWhole(`Index of the ${this.rate} bus`, index, 0, total - 1);
    const rest = total - index;
    checkWhole('Its channels', channels ?? 1, 1, rest);
    const open = channels === undefined ? rest : undefined;
    return new ServerBus(
      this.server,
      this.rate,
      index as BusIndex,
      channels ?? 1,
      undefined,
      undefined,
      open,
    );
  }
}
