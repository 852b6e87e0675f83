/**
 * The server's commands as data: one variant for each, named by its address.
 *
 * Nothing here knows the bytes; `toOsc` gives the message, `osc/` the bytes.
 *
 * @see https://doc.sccode.org/Reference/Server-Command-Reference.html
 */

import type { Argument, Message, Packet } from '../osc/message.js';
import type { NodeId } from '../units.js';

/** The place of a new or moved node, seen from its target. */
export const AddAction = { head: 0, tail: 1, before: 2, after: 3, replace: 4 } as const;
export type AddAction = (typeof AddAction)[keyof typeof AddAction];

/** A control by name, or by index (an array control's slots follow each other). */
export type ControlKey = string | number;

/** Controls and values in turn: `['freq', 440, 'amp', 'c5', 'pan', [0, 1]]`; `'c5'` maps to control bus 5. */
export type ControlPairs = readonly Argument[];

/** Triples for `/g_new` and `/p_new`, as one message can make several groups. */
export interface NewGroup {
  /** The id of the new group. */
  readonly id: NodeId;
  /** The place beside or in the target. */
  readonly action: AddAction;
  /** The node that the place counts from. */
  readonly target: NodeId;
}

/** A command for nodes. */
export type NodeCommand =
  | {
      readonly type: '/s_new';
      readonly def: string;
      readonly id: NodeId;
      readonly action: AddAction;
      readonly target: NodeId;
      readonly controls: ControlPairs;
    }
  | { readonly type: '/g_new'; readonly groups: readonly NewGroup[] }
  | { readonly type: '/p_new'; readonly groups: readonly NewGroup[] }
  | { readonly type: '/n_set'; readonly id: NodeId; readonly controls: ControlPairs }
  | {
      readonly type: '/n_setn';
      readonly id: NodeId;
      readonly controls: readonly (readonly [ControlKey, readonly number[]])[];
    }
  | {
      readonly type: '/n_map' | '/n_mapa';
      readonly id: NodeId;
      readonly controls: readonly (readonly [ControlKey, bus: number])[];
    }
  | {
      readonly type: '/n_mapn' | '/n_mapan';
      readonly id: NodeId;
      readonly controls: readonly (readonly [ControlKey, bus: number, count: number])[];
    }
  | { readonly type: '/n_run'; readonly nodes: readonly (readonly [NodeId, boolean])[] }
  | { readonly type: '/n_free'; readonly id: NodeId }
  | {
      readonly type: '/n_before' | '/n_after';
      /** The node that moves, and the one beside which it goes. */
      readonly moves: readonly (readonly [node: NodeId, target: NodeId])[];
    }
  | {
      readonly type: '/g_head' | '/g_tail';
      readonly moves: readonly (readonly [group: NodeId, node: NodeId])[];
    }
  | { readonly type: '/n_query' | '/n_trace' | '/s_noid'; readonly ids: readonly NodeId[] }
  | { readonly type: '/g_dumpTree'; readonly id: NodeId; readonly controls: boolean }
  | {
      readonly type: '/u_cmd';
      readonly id: NodeId;
      /** The index of the unit in the synthdef, in the order in which the units are computed. */
      readonly unit: number;
      readonly name: string;
      readonly args: readonly Argument[];
    }
  | {
      readonly type: '/n_order';
      readonly action: AddAction;
      readonly target: NodeId;
      readonly ids: readonly NodeId[];
    }
  | { readonly type: '/g_freeAll' | '/g_deepFree'; readonly id: NodeId };

/** The packet that an asynchronous command carries out when it is done, before the server replies. */
export type Completion = Packet | undefined;

/** A command for buffers. */
export type BufferCommand =
  | {
      readonly type: '/b_alloc';
      readonly number: number;
      readonly frames: number;
      readonly channels: number;
      readonly completion?: Completion;
    }
  | {
      readonly type: '/b_allocRead';
      readonly number: number;
      readonly path: string;
      readonly startFrame: number;
      readonly frames: number;
      readonly completion?: Completion;
    }
  | {
      readonly type: '/b_allocReadChannel';
      readonly number: number;
      readonly path: string;
      readonly startFrame: number;
      readonly frames: number;
      readonly channels: readonly number[];
      readonly completion?: Completion;
    }
  | {
      readonly type: '/b_read';
      readonly number: number;
      readonly path: string;
      readonly startFrame: number;
      readonly frames: number;
      readonly bufferStartFrame: number;
      readonly leaveOpen: boolean;
      readonly completion?: Completion;
    }
  | {
      readonly type: '/b_readChannel';
      readonly number: number;
      readonly path: string;
      readonly startFrame: number;
      readonly frames: number;
      readonly bufferStartFrame: number;
      readonly leaveOpen: boolean;
      readonly channels: readonly number[];
      readonly completion?: Completion;
    }
  | {
      readonly type: '/b_write';
      readonly number: number;
      readonly path: string;
      readonly headerFormat: string;
      readonly sampleFormat: string;
      readonly frames: number;
      readonly startFrame: number;
      readonly leaveOpen: boolean;
      readonly completion?: Completion;
    }
  | {
      readonly type: '/b_free' | '/b_zero' | '/b_close';
      readonly number: number;
      readonly completion?: Completion;
    }
  | {
      readonly type: '/b_setn';
      readonly number: number;
      readonly ranges: readonly (readonly [start: number, values: readonly number[]])[];
    }
  | {
      readonly type: '/b_getn';
      readonly number: number;
      readonly ranges: readonly (readonly [start: number, count: number])[];
    }
  | {
      readonly type: '/b_set';
      readonly number: number;
      readonly values: readonly (readonly [sample: number, value: number])[];
    }
  | {
      readonly type: '/b_fill';
      readonly number: number;
      readonly ranges: readonly (readonly [start: number, count: number, value: number])[];
    }
  | { readonly type: '/b_get'; readonly number: number; readonly samples: readonly number[] }
  | {
      readonly type: '/b_gen';
      readonly number: number;
      readonly routine: string;
      readonly args: readonly Argument[];
    }
  | { readonly type: '/b_query'; readonly numbers: readonly number[] };

/** A command for the server as a whole. */
export type ServerCommand =
  | { readonly type: '/d_recv'; readonly bytes: Uint8Array; readonly completion?: Completion }
  | { readonly type: '/d_load' | '/d_loadDir'; readonly path: string; readonly completion?: Completion }
  | { readonly type: '/d_free'; readonly names: readonly string[] }
  | { readonly type: '/c_set'; readonly values: readonly (readonly [index: number, value: number])[] }
  | {
      readonly type: '/c_setn';
      readonly ranges: readonly (readonly [index: number, values: readonly number[]])[];
    }
  | { readonly type: '/c_get'; readonly indices: readonly number[] }
  | {
      readonly type: '/c_getn';
      readonly ranges: readonly (readonly [index: number, count: number])[];
    }
  | {
      readonly type: '/c_fill';
      readonly ranges: readonly (readonly [index: number, count: number, value: number])[];
    }
  | { readonly type: '/notify'; readonly on: boolean; readonly clientId: number }
  | { readonly type: '/sync'; readonly id: number }
  | { readonly type: '/g_queryTree'; readonly id: NodeId; readonly controls: boolean }
  | { readonly type: '/s_get'; readonly id: NodeId; readonly controls: readonly ControlKey[] }
  | {
      readonly type: '/s_getn';
      readonly id: NodeId;
      readonly ranges: readonly (readonly [ControlKey, count: number])[];
    }
  /**
   * Sets the failures that the server prints: 0 nothing, 1 all, -1 and -2 the same until the end of the
   * bundle.
   */
  | { readonly type: '/error'; readonly mode: 0 | 1 | -1 | -2 }
  /** Sets the form in which the server prints messages: 0 nothing, 1 parsed, 2 as bytes, 3 both. */
  | { readonly type: '/dumpOSC'; readonly mode: 0 | 1 | 2 | 3 }
  | { readonly type: '/status' | '/version' | '/rtMemoryStatus' | '/quit' | '/clearSched' };

/** Any message, for commands that are not among ours. */
export interface RawCommand {
  /** Distinguishes messages that were written by hand. */
  readonly type: 'raw';
  /** The address and the arguments. */
  readonly message: Message;
}

/** A command of the server as data. */
export type Command = NodeCommand | BufferCommand | ServerCommand | RawCommand;
