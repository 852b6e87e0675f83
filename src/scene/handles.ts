/**
 * Buses and buffers as JSX names them, before they have a number.
 *
 * A handle is made while React renders, so the handle allocates nothing. The commit that mounts a handle
 * allocates its index or number, and writes it into every control that uses it. After a reboot or another
 * mount the number may be another one; the controls follow.
 */

import { SuperColliderError } from '../errors.js';
import { type BufferNumber, type BusIndex, isFloat32, type Rate } from '../units.js';

/** A control's connection to a bus: the control follows what is written there. */
export class BusMap {
  constructor(
    readonly bus: BusHandle,
    readonly rate: Rate,
  ) {}

  /** True for the same connection, though `bus.kr()` gives a new object at each render. */
  equals(other: unknown): boolean {
    return other instanceof BusMap && other.rate === this.rate && other.bus.equals(this.bus);
  }
}

/** The rate and the number of channels of a bus. */
export interface BusShape {
  /** Audio or control rate. */
  readonly rate: Rate;
  /** Channels in a row. */
  readonly channels: number;
  /** False when nobody said how many channels: a map follows the first of them. @default true */
  readonly hasGivenChannels?: boolean | undefined;
  /** For error messages and the tree. */
  readonly name?: string | undefined;
}

/** Takes values to the server, for channels from `index` on. */
export type BusWriter = (index: BusIndex, values: readonly number[]) => void;

/** A bus as JSX names it: its index is allocated at the commit that mounts the bus. */
export class BusHandle implements BusShape {
  /** The rate of the bus: audio or control. */
  readonly rate: Rate;
  /** The number of channels. */
  readonly channels: number;
  /** True when the bus was made with a number of channels, and not with the default. @internal */
  readonly hasGivenChannels: boolean;
  /** The name of the bus, for errors and the inspector. */
  readonly name: string | undefined;
  /** True when the server has none left: the component that mounted it throws, and what uses it waits. @internal */
  isRefused = false;
  #index: BusIndex | undefined;
  #write: BusWriter | undefined;
  /** The values that the channels were last set to; written again when the bus gets another index. */
  #values: readonly number[] | undefined;
  readonly #part: { readonly of: BusHandle; readonly offset: number } | undefined;

  /** @internal */
  constructor(shape: BusShape, part?: { readonly of: BusHandle; readonly offset: number }) {
    this.rate = shape.rate;
    this.channels = shape.channels;
    this.hasGivenChannels = shape.hasGivenChannels ?? true;
    this.name = shape.name;
    this.#part = part;
  }

  /** The first channel's index on the server; `undefined` while the bus is not mounted. */
  get index(): BusIndex | undefined {
    if (!this.#part) return this.#index;
    const first = this.#part.of.index;
    return first === undefined ? undefined : ((first + this.#part.offset) as BusIndex);
  }

  /** The bus that is allocated as a whole: this one, or the one that it is a part of. @internal */
  get whole(): BusHandle {
    return this.#part?.of.whole ?? this;
  }

  /** The number of channels from the first one of this part to the end of the whole bus. @internal */
  get channelsToEnd(): number {
    return this.whole.channels - this.#offset;
  }

  /**
   * Some channels of this bus, as a bus of their own that shares them.
   *
   * @param channels - How many. @default 1
   * @throws SuperColliderError `invalid-argument` when the bus has no such channels.
   */
  channel(offset: number, channels = 1): BusHandle {
    if (
      !(
        Number.isInteger(offset) &&
        Number.isInteger(channels) &&
        offset >= 0 &&
        channels >= 1 &&
        offset + channels <= this.channels
      )
    ) {
      throw new SuperColliderError(
        'invalid-argument',
        `${describeBus(this)} has channels 0 to ${this.channels - 1}; channel(${offset}, ${channels}) is not among them.`,
      );
    }
    return new BusHandle({ rate: this.rate, channels, name: this.name }, { of: this, offset });
  }

  /**
   * Maps a control to this control bus: `freq={lfo.kr()}`. Sends `/n_map`, or `/n_mapn` for several channels.
   *
   * @throws SuperColliderError `invalid-argument` for an audio bus.
   */
  kr(): BusMap {
    if (this.rate !== 'control') {
      throw new SuperColliderError(
        'invalid-argument',
        `${describeBus(this)} is an audio bus: map a control to it with ar(), or make it with rate: 'control'.`,
      );
    }
    return new BusMap(this.#mapped, 'control');
  }

  /**
   * Maps a control to this audio bus: `freq={modulator.ar()}`. Sends `/n_mapa`, or `/n_mapan` for several channels.
   *
   * @throws SuperColliderError `invalid-argument` for a control bus.
   */
  ar(): BusMap {
    if (this.rate !== 'audio') {
      throw new SuperColliderError(
        'invalid-argument',
        `${describeBus(this)} is a control bus: map a control to it with kr(), or make it with rate: 'audio'.`,
      );
    }
    return new BusMap(this.#mapped, 'audio');
  }

  /**
   * Sets the bus's channels, from the first on: whatever is mapped to them follows. Calls within one
   * microtask leave together. Sends `/c_setn`. Before the bus is mounted the values wait for it.
   *
   * @throws SuperColliderError `invalid-argument` for an audio bus, too many values, or one that is no number.
   */
  set(...values: readonly number[]): void {
    if (this.rate !== 'control') {
      throw new SuperColliderError(
        'invalid-argument',
        `${describeBus(this)} is an audio bus: only synths write to it.`,
      );
    }
    const wrong = values.find((value) => !isFloat32(value));
    if (wrong !== undefined || values.length === 0 || values.length > this.channels) {
      throw new SuperColliderError(
        'invalid-argument',
        `${describeBus(this)} was set to [${values.join(', ')}]. It takes 1 to ${this.channels} numbers up to 3.4e38.`,
      );
    }
    const { whole } = this;
    const all = [...(whole.#values ?? new Array(whole.channels).fill(0))];
    all.splice(this.#offset, values.length, ...values);
    whole.#values = all;
    if (this.index !== undefined) whole.#write?.(this.index, values);
  }

  /** True when the other handle means the same channels of the same bus. */
  equals(other: BusHandle): boolean {
    return (
      this === other ||
      (this.whole === other.whole && this.channels === other.channels && this.#offset === other.#offset)
    );
  }

  /** Gives or takes the index; only the commit that mounts or unmounts the bus does. @internal */
  bind(index: BusIndex | undefined, write?: BusWriter): void {
    this.#index = index;
    this.#write = write;
    if (index !== undefined && this.#values) write?.(index, this.#values);
  }

  get #mapped(): BusHandle {
    return this.hasGivenChannels ? this : this.channel(0);
  }

  get #offset(): number {
    return this.#part ? this.#part.offset + this.#part.of.#offset : 0;
  }
}

/** The source of a buffer. Exactly one of `path`, `stream`, `frames` and `data` says which. */
export type BufferSource<Path = string> =
  | {
      /** A sound file that the server reads. Sends `/b_allocRead`. */
      readonly path: Path;
      /** First frame to read. @default 0 */
      readonly startFrame?: number | undefined;
      /** Frames to read; 0 = to the end. @default 0 */
      readonly frames?: number | undefined;
      /** Only these channels of the file, from 0. Sends `/b_allocReadChannel`. */
      readonly fileChannels?: readonly number[] | undefined;
    }
  | {
      /**
       * A long sound file that `DiskIn` or `VDiskIn` plays while it is read, from its beginning, once. The buffer has as many
       * channels as the file. Sends `/b_alloc`, and `/b_read` with leaveOpen; `/b_close` before it is freed.
       */
      readonly stream: Path;
      /** First frame to play. @default 0 */
      readonly startFrame?: number | undefined;
    }
  | {
      /** An impulse response, a sound file that is prepared for `PartConv`. Sends `/b_gen … PreparePartConv`. */
      readonly impulse: Path;
      /** Channel of the file, from 0. @default 0 */
      readonly channel?: number | undefined;
      /** Size of the transform: that of the `PartConv`, a power of 2. @default 2048 */
      readonly fftSize?: number | undefined;
    }
  | {
      /** Length in frames, silent at first. Sends `/b_alloc`. */
      readonly frames: number;
      /** @default 1 */
      readonly channels?: number | undefined;
      /**
       * A sound file that is open as long as the buffer is, for `DiskOut` to write to. Sends `/b_write` with leaveOpen,
       * and `/b_close` before it is freed.
       */
      readonly writeTo?: SoundFileTarget | undefined;
    }
  | {
      /** Samples, the channels of each frame side by side. Sends `/b_alloc` and `/b_setn`. */
      readonly data: ArrayLike<number>;
      /** @default 1 */
      readonly channels?: number | undefined;
    };

/** A sound file that a buffer is written to. */
export interface SoundFileTarget {
  /** As the server sees it. */
  readonly path: string;
  /** Such as `wav`. */
  readonly headerFormat: string;
  /** Such as `float`. */
  readonly sampleFormat: string;
}

/** The facts of a loaded buffer, from `/b_info`. */
export interface BufferInfo {
  /** The number of frames. */
  readonly frames: number;
  /** The number of channels. */
  readonly channels: number;
  /** Hertz. */
  readonly sampleRate: number;
}

/** A buffer as JSX names it: its number is allocated at the commit that mounts the buffer. */
export class BufferHandle {
  /** True when the server has none left: the component that mounted it throws, and what uses it waits. @internal */
  isRefused = false;
  /**
   * A control bus with the number of written frames, for a buffer with `writeTo`. The bus outlives the synth
   * that counts.
   */
  readonly written: BusHandle | undefined;
  #number: BufferNumber | undefined;
  #info: BufferInfo | undefined;

  constructor(
    readonly source: BufferSource,
    readonly name: string | undefined,
  ) {
    if (!('writeTo' in source && source.writeTo)) return;
    this.written = new BusHandle({ rate: 'control', channels: 1, name: `frames of ${source.writeTo.path}` });
    this.written.set(0); // and not what somebody else has left there
  }

  /** Its number on the server; `undefined` while it is not mounted. */
  get number(): BufferNumber | undefined {
    return this.#number;
  }

  /** The facts that the server read; `undefined` until the buffer is loaded. */
  get info(): BufferInfo | undefined {
    return this.#info;
  }

  /** True when synths may use it. */
  get isLoaded(): boolean {
    return this.#info !== undefined;
  }

  /** Length in seconds, or `undefined` until the buffer is loaded. */
  get duration(): number | undefined {
    return this.#info && this.#info.frames / this.#info.sampleRate;
  }

  /** Gives or takes number and content; only the commit that mounts or unmounts the buffer does. @internal */
  bind(number: BufferNumber | undefined, info: BufferInfo | undefined): void {
    this.#number = number;
    this.#info = info;
  }
}

export const describeBus = (bus: BusShape): string =>
  `The ${bus.channels}-channel ${bus.rate} bus${bus.name ? ` "${bus.name}"` : ''}`;

export const describeBuffer = (buffer: BufferHandle): string => {
  if (buffer.name) return `Buffer "${buffer.name}"`;
  const { source } = buffer;
  if ('path' in source) return `The buffer of "${source.path}"`;
  if ('stream' in source) return `The stream of "${source.stream}"`;
  if ('impulse' in source) return `The impulse response of "${source.impulse}"`;
  return 'data' in source
    ? `The buffer of ${source.data.length} samples`
    : `The buffer of ${source.frames} frames`;
};
