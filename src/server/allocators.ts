/**
 * Hands out what the server numbers, each client in its own part, so that several clients of one server
 * do not take each other's.
 *
 * @see NodeIDAllocator and ContiguousBlockAllocator in SuperCollider's SCClassLibrary/Common/Control/Engine.sc
 */

import { SuperColliderError } from '../errors.js';
import type { ClientId, NodeId } from '../units.js';
import type { ServerOptions } from './options.js';

/** Each client owns 2^26 node ids, from clientId · 2^26. */
export const IDS_PER_CLIENT = 2 ** 26;
/** 0 is the root, 1 the client's default group; from here on ids are for nodes that stay. */
const FIRST_PERMANENT_ID = 2;

/**
 * Hands out node ids that no other client of the server uses.
 *
 * The allocator takes no ids back, because the server frees nodes by itself (a done action). The server
 * refuses a synth whose id is in use with "duplicate node ID". After 67 million nodes the ids start again,
 * without those that are still in use.
 */
export class NodeIdAllocator {
  readonly #offset: number;
  readonly #first: number;
  #next: number;
  #hasWrapped = false;

  constructor(
    clientId: ClientId,
    /** The first id of nodes that come and go. @default 1000 */
    first = 1000,
    /** Tells if a node has that id; called only after all ids were used once. @default never */
    readonly isTaken: (id: NodeId) => boolean = () => false,
  ) {
    this.#offset = clientId * IDS_PER_CLIENT;
    this.#first = first;
    this.#next = first;
  }

  /** @throws SuperColliderError `out-of-ids` when nodes of all 67 million ids are there. */
  allocate(): NodeId {
    let id = this.#take();
    if (this.#hasWrapped) {
      const begin = id;
      while (this.isTaken(id)) {
        id = this.#take();
        if (id === begin) {
          throw new SuperColliderError('out-of-ids', 'All node ids of this client are in use.');
        }
      }
    }
    return id;
  }

  #take(): NodeId {
    const id = this.#offset + this.#next;
    this.#next += 1;
    if (this.#next === IDS_PER_CLIENT) {
      this.#next = this.#first;
      this.#hasWrapped = true;
    }
    return id as NodeId;
  }
}

/** An id as people read it: `3:1002` is the third client's 1002. */
export const printNodeId = (id: NodeId): string =>
  id < IDS_PER_CLIENT ? String(id) : `${Math.floor(id / IDS_PER_CLIENT)}:${id % IDS_PER_CLIENT}`;

/** The group that a client's nodes go into: 1 + clientId · 2^26, as in sclang. */
export const defaultGroupId = (clientId: number): NodeId => (clientId * IDS_PER_CLIENT + 1) as NodeId;

interface Block {
  readonly start: number;
  readonly size: number;
}

/**
 * Hands out blocks of consecutive numbers: always the lowest that fit. A released block joins its free
 * neighbours.
 */
export class BlockAllocator {
  /** Free blocks, lowest first, never touching each other. */
  #free: Block[];
  readonly #used = new Map<number, number>();

  constructor(
    /** Name of the numbers in error messages: `audio bus channels`. */
    readonly what: string,
    readonly start: number,
    readonly size: number,
    /** The server option that raises the number. */
    readonly option: string,
    /** Clients that share what the option says. */
    readonly clients = 1,
  ) {
    this.#free = size > 0 ? [{ start, size }] : [];
  }

  /** Numbers in use, all blocks together. */
  get numberInUse(): number {
    return [...this.#used.values()].reduce((sum, size) => sum + size, 0);
  }

  /** Every number that is in use. */
  get inUse(): readonly number[] {
    return [...this.#used].flatMap(([start, size]) =>
      Array.from({ length: size }, (_, index) => start + index),
    );
  }

  /**
   * The first of `count` consecutive numbers.
   *
   * @throws SuperColliderError `out-of-ids` when no such block is free, `invalid-argument` for an invalid count.
   */
  reserve(count = 1): number {
    if (!(Number.isInteger(count) && count >= 1)) {
      throw new SuperColliderError(
        'invalid-argument',
        `A block of ${this.what} has a whole number of them from 1 up, not ${count}.`,
      );
    }
    const index = this.#free.findIndex((block) => block.size >= count);
    const block = this.#free[index];
    if (!block) {
      throw new SuperColliderError(
        'out-of-ids',
        `No ${count} free ${this.what} in a row: ${this.numberInUse} of this client's ${this.size} are in use. ` +
          `Raise the server option ${this.option}${this.clients > 1 ? `, lower maxLogins (${this.clients} clients share them)` : ''}, ` +
          'or look for what is mounted more often than it is unmounted.',
      );
    }
    const rest = { start: block.start + count, size: block.size - count };
    this.#free.splice(index, 1, ...(rest.size > 0 ? [rest] : []));
    this.#used.set(block.start, count);
    return block.start;
  }

  /** Gives a block back; a number that is no used block's first is ignored. */
  free(start: number): void {
    let size = this.#used.get(start);
    if (size === undefined) return;
    this.#used.delete(start);
    let index = this.#free.findIndex((block) => block.start > start);
    if (index < 0) index = this.#free.length;
    const after = this.#free[index];
    const before = this.#free[index - 1];
    let first = start;
    let replaced = 0;
    if (after && after.start === start + size) {
      size += after.size;
      replaced = 1;
    }
    if (before && before.start + before.size === start) {
      first = before.start;
      size += before.size;
      index -= 1;
      replaced += 1;
    }
    this.#free.splice(index, replaced, { start: first, size });
  }
}

/** A client's part of what the server has. */
export interface Partition {
  /** Ids of nodes that come and go. */
  readonly nodeIds: NodeIdAllocator;
  /** Ids of nodes that stay, 2 to 999 of the client's own: the lowest free one is handed out first. */
  readonly permanentIds: BlockAllocator;
  readonly audioBuses: BlockAllocator;
  readonly controlBuses: BlockAllocator;
  readonly buffers: BlockAllocator;
}

/** A client's part of what the server has, with the formulas of sclang; what is left over is nobody's. */
export function partition(
  options: ServerOptions,
  clientId: ClientId,
  maxLogins: number,
  isTaken?: (id: NodeId) => boolean,
): Partition {
  const hardware = options.numOutputBusChannels + options.numInputBusChannels;
  const part = (what: string, option: string, first: number, total: number, reserved: number) => {
    const size = Math.floor(total / maxLogins);
    const start = first + size * clientId + reserved;
    return new BlockAllocator(what, start, Math.max(0, size - reserved), option, maxLogins);
  };
  const { initialNodeID, reservedNumAudioBusChannels, reservedNumControlBusChannels, reservedNumBuffers } =
    options;
  const privateBuses = options.numAudioBusChannels - hardware;
  return {
    nodeIds: new NodeIdAllocator(clientId, initialNodeID, isTaken),
    permanentIds: new BlockAllocator(
      'ids of permanent nodes',
      clientId * IDS_PER_CLIENT + FIRST_PERMANENT_ID,
      initialNodeID - FIRST_PERMANENT_ID,
      'initialNodeID',
    ),
    audioBuses: part(
      'audio bus channels',
      'numAudioBusChannels',
      hardware,
      privateBuses,
      reservedNumAudioBusChannels,
    ),
    controlBuses: part(
      'control bus channels',
      'numControlBusChannels',
      0,
      options.numControlBusChannels,
      reservedNumControlBusChannels,
    ),
    buffers: part('buffers', 'numBuffers', 0, options.numBuffers, reservedNumBuffers),
  };
}
