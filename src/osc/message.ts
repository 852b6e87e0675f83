/**
 * OSC messages and bundles as plain data. Bytes are the business of `encode.ts` and `decode.ts`.
 *
 * @see https://opensoundcontrol.stanford.edu/spec-1_0.html
 */

import type { Timetag } from './timetag.js';

/**
 * An argument with its OSC type said outright, for peers that are not SuperCollider servers.
 * Never for node controls: a double there corrupts what follows, inside an array it hangs scsynth.
 */
export type TypedArgument =
  | { readonly type: 'integer'; readonly value: number }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'double'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'blob'; readonly value: Uint8Array }
  | { readonly type: 'timetag'; readonly value: Timetag }
  | { readonly type: 'true' | 'false' | 'null' | 'bang' };

/**
 * An argument of a message. A whole number within 32 bits goes out as int32, any other number as
 * float32, an array as an OSC array.
 */
export type Argument = number | string | Uint8Array | readonly Argument[] | TypedArgument;

/** An OSC message: its address, then its arguments. @see https://opensoundcontrol.stanford.edu/spec-1_0.html */
export type Message = readonly [address: string, ...args: Argument[]];

/**
 * Messages that the server runs at one time. Elements are all messages or all bundles: scsynth 3.13 loses the
 * messages of a bundle that holds both.
 */
export interface Bundle {
  /** Time at which the server runs the elements. */
  readonly timetag: Timetag;
  /** Messages, or bundles, in their order. */
  readonly elements: readonly Message[] | readonly Bundle[];
}

/** A message or a bundle. */
export type Packet = Message | Bundle;

/** Arguments as they are received: an OSC double, timetag or boolean becomes the nearest of these. */
export type ReceivedArgument = number | string | Uint8Array | boolean | null | Timetag | ReceivedArgument[];

/** A message from a server, decoded. */
export interface ReceivedMessage {
  /** Address, such as `/n_end`. */
  readonly address: string;
  /** Arguments, in their order. */
  readonly args: readonly ReceivedArgument[];
}

export interface ReceivedBundle {
  readonly timetag: Timetag;
  readonly elements: readonly ReceivedPacket[];
}

export type ReceivedPacket = ReceivedMessage | ReceivedBundle;

export const isMessage = (packet: Packet): packet is Message => Array.isArray(packet);
