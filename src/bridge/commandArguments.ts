/**
 * The arguments of a command from a page, checked one after the other.
 *
 * A wrong one can lead to silence on a server, or to a heap that is overwritten. So an argument that is not
 * known to be right is refused.
 */

import type { ReceivedArgument } from '../osc/message.js';
import { IDS_PER_CLIENT } from '../server/allocators.js';
import { definitionRefusal } from './definitions.js';
import { pathRefusal } from './filePaths.js';

/** The nodes and buffers that a page may change. */
export interface PageRights {
  /** Its number among the server's clients; `undefined` before it has registered. */
  readonly clientId: number | undefined;
  /** Buffers that are its own: the first, and how many. */
  readonly ownBuffers: readonly [first: number, count: number];
  readonly buffers: number;
  readonly numAudioBusChannels: number;
  readonly numControlBusChannels: number;
  /** The only folder that files may be in. */
  readonly folder: string | undefined;
  readonly mayQuit: boolean;
}

/** The error for an argument that is refused, with its reason. */
export class Refused extends Error {}

/** Steps of a loop that the server goes through at one go. */
const MAX_AT_ONCE = 16_384;
/** 256 MB, or 23 minutes at 48 kHz in mono. */
const MAX_SAMPLES = 2 ** 26;
const MAX_NAME_LENGTH = 255;
const REPLACE = 4;
/** `/b_gen` routines that take numbers alone. */
const PLAIN_ROUTINES = ['sine1', 'sine2', 'sine3', 'cheby', 'normalize', 'wnormalize'];

export class CommandArguments {
  #next = 0;

  constructor(
    readonly values: readonly ReceivedArgument[],
    readonly rights: PageRights,
    /** Looks through a packet that the server is to carry out when it is done. */
    readonly onCompletion: (packet: Uint8Array) => void,
  ) {}

  get isOver(): boolean {
    return this.#next >= this.values.length;
  }

  /** A whole number within limits. */
  whole(what: string, min: number, max: number): number {
    const value = this.#take(what);
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
    throw this.#bad(what, `a whole number from ${min} to ${max}`);
  }

  number(what = 'value'): void {
    if (typeof this.#take(what) !== 'number') throw this.#bad(what, 'a number');
  }

  name(what = 'name'): string {
    const value = this.#take(what);
    if (typeof value === 'string' && value !== '' && value.length <= MAX_NAME_LENGTH) return value;
    throw this.#bad(what, `a text of 1 to ${MAX_NAME_LENGTH} characters`);
  }

  /** A node of the page's own, there or not yet. */
  own(what = 'node'): void {
    const first = this.#client() * IDS_PER_CLIENT + 1;
    this.whole(`${what} (of this page's own)`, first, first + IDS_PER_CLIENT - 2);
  }

  #client(): number {
    const { clientId } = this.rights;
    if (clientId === undefined) throw new Refused('the page has not registered: send /notify 1 first');
    return clientId;
  }

  /** Any node, to be looked at or to be stood beside. */
  node(what = 'node'): void {
    this.whole(what, 0, 2 ** 31 - 1);
  }

  /** An add action and its target; a replaced node must be the page's own. */
  place(): void {
    if (this.whole('add action', 0, REPLACE) === REPLACE) this.own('target');
    else this.node('target');
  }

  /** A control by its name or index. */
  control(): void {
    const value = this.#peek('control');
    if (typeof value === 'number') this.whole('control', 0, MAX_AT_ONCE);
    else this.name('control');
  }

  /** A control's value: a number, the bus that it is mapped to, or several of these. */
  controlValue(): void {
    const value = this.#take('value');
    if (Array.isArray(value)) for (const each of value) this.#checkControlValue(each);
    else this.#checkControlValue(value);
  }

  /** A count, and as many numbers. */
  countedNumbers(): void {
    const count = this.whole('count', 0, MAX_AT_ONCE);
    for (let index = 0; index < count; index++) this.number();
  }

  count(): void {
    this.whole('count', 0, MAX_AT_ONCE);
  }

  audioBus(): void {
    this.whole('audio bus', -1, this.rights.numAudioBusChannels - 1);
  }

  controlBus(): void {
    this.whole('control bus', -1, this.rights.numControlBusChannels - 1);
  }

  /** A control bus and how many from there on, all of which have to be there: supernova crashes otherwise. */
  controlBuses(): number {
    const first = this.whole('control bus', 0, this.rights.numControlBusChannels - 1);
    return this.whole('count', 0, this.rights.numControlBusChannels - first);
  }

  buffer(): void {
    // The one after the last overwrites scsynth's heap.
    this.whole('buffer', 0, this.rights.buffers - 1);
  }

  ownBuffer(): number {
    this.#client();
    const [first, count] = this.rights.ownBuffers;
    return this.whole("buffer (of this page's own)", first, first + count - 1);
  }

  /** Frames and channels of a buffer. */
  bufferSize(): void {
    const frames = this.whole('frames', 1, MAX_SAMPLES);
    const channels =
      this.isOver || typeof this.#peek('channels') !== 'number' ? 1 : this.whole('channels', 1, 1024);
    if (frames * channels > MAX_SAMPLES) {
      throw new Refused(`${frames} frames of ${channels} channels are over ${MAX_SAMPLES} samples`);
    }
  }

  routine(): void {
    const name = this.name('routine');
    if (PLAIN_ROUTINES.includes(name)) {
      while (!this.isOver && typeof this.#peek('value') === 'number') this.number();
    } else if (name === 'copy') {
      this.whole('frame', 0, MAX_SAMPLES);
      this.buffer();
      this.whole('frame', 0, MAX_SAMPLES);
      this.whole('frames', -1, MAX_SAMPLES);
    } else if (name === 'PreparePartConv') {
      this.buffer();
      this.whole('size', 1, MAX_AT_ONCE);
    } else throw this.#bad('routine', `one of ${[...PLAIN_ROUTINES, 'copy', 'PreparePartConv'].join(', ')}`);
  }

  path(): void {
    const path = this.#take('path');
    if (typeof path !== 'string') throw this.#bad('path', 'a text');
    const refusal = pathRefusal(path, this.rights.folder);
    if (refusal !== undefined) throw new Refused(refusal);
  }

  definition(): void {
    const bytes = this.#take('definition');
    if (!(bytes instanceof Uint8Array)) throw this.#bad('definition', 'a blob');
    const refusal = definitionRefusal(bytes);
    if (refusal !== undefined) throw new Refused(refusal);
  }

  /** The packet that the server carries out when the command is done; it may be left out. */
  completion(): void {
    if (this.isOver) return;
    const packet = this.#take('completion');
    if (!(packet instanceof Uint8Array)) throw this.#bad('completion', 'a blob');
    if (packet.length > 0) this.onCompletion(packet);
  }

  /** Whole numbers up to a completion or the end. */
  wholes(what: string, min: number, max: number): void {
    while (!this.isOver && typeof this.#peek(what) === 'number') this.whole(what, min, max);
  }

  #checkControlValue(value: ReceivedArgument): void {
    if (typeof value === 'number') return;
    const bus = typeof value === 'string' ? /^([ac])(-?\d{1,9})$/.exec(value) : null;
    const { numAudioBusChannels, numControlBusChannels } = this.rights;
    const channels = bus?.[1] === 'a' ? numAudioBusChannels : numControlBusChannels;
    if (bus && Number(bus[2]) >= -1 && Number(bus[2]) < channels) return;
    throw this.#bad('value', 'a number, a bus such as "c5" or "a4", or an array of these');
  }

  #peek(what: string): ReceivedArgument {
    const value = this.values[this.#next];
    if (value === undefined) throw new Refused(`its argument ${this.#next + 1}, ${what}, is missing`);
    return value;
  }

  #take(what: string): ReceivedArgument {
    const value = this.#peek(what);
    this.#next += 1;
    return value;
  }

  #bad(what: string, wanted: string): Refused {
    const value = this.values[this.#next - 1];
    const shown =
      value instanceof Uint8Array ? `<${value.length} bytes>` : JSON.stringify(value)?.slice(0, 80);
    return new Refused(`its argument ${this.#next}, ${what}, is ${shown}; it is ${wanted}`);
  }
}
