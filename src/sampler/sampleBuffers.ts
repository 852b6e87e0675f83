/** The buffers of regions: each part of a file once, whatever regions play it. */

import { BufferHandle, type BufferSource } from '../scene/handles.js';
import type { Region } from './region.js';

/** Buffers that one region plays. */
export interface RegionBuffers {
  readonly main: BufferHandle;
  /** The part that goes on, where it is not the whole. */
  readonly part: BufferHandle | undefined;
  /** Frame of the first buffer at which the part begins. */
  readonly loopFrom: number;
  readonly all: readonly BufferHandle[];
}

export class SampleBuffers {
  readonly #byRegion = new Map<Region, RegionBuffers>();
  readonly #handles = new Map<string, BufferHandle>();
  readonly #data = new Map<Float32Array, number>();

  constructor(regions: readonly Region[]) {
    for (const region of regions) this.#byRegion.set(region, this.#buffersOf(region));
  }

  get handles(): readonly BufferHandle[] {
    return [...this.#handles.values()];
  }

  of(region: Region): RegionBuffers {
    return this.#byRegion.get(region)!;
  }

  #buffersOf(region: Region): RegionBuffers {
    const { start, end, loop, repetition } = region;
    const goesOn = repetition === 'forever' || repetition === 'sustain';
    const [from = start, to = end] = loop ?? [];
    const isWhole = !goesOn || (from === start && (to === undefined || to === end));
    if (isWhole) {
      const main = this.#handle(region, start, goesOn ? (to ?? end) : end);
      return { main, part: undefined, loopFrom: 0, all: [main] };
    }
    // What is behind a part that never ends is never heard.
    const main = this.#handle(region, start, repetition === 'forever' ? to : end);
    const part = this.#handle(region, from, to);
    return { main, part, loopFrom: from - start, all: [main, part] };
  }

  #handle({ sample, where }: Region, from: number, to: number | undefined): BufferHandle {
    const id = 'path' in sample ? sample.path : String(this.#numberOf(sample.data));
    const key = JSON.stringify([id, from, to]);
    let handle = this.#handles.get(key);
    if (!handle) {
      const name = 'path' in sample ? `${where}: ${sample.path}` : where;
      handle = new BufferHandle(sourceOf(sample, from, to), name);
      this.#handles.set(key, handle);
    }
    return handle;
  }

  #numberOf(data: Float32Array): number {
    const number = this.#data.get(data) ?? this.#data.size;
    this.#data.set(data, number);
    return number;
  }
}

function sourceOf(sample: Region['sample'], from: number, to: number | undefined): BufferSource {
  if ('path' in sample)
    return { path: sample.path, startFrame: from, frames: to === undefined ? 0 : to - from };
  const { data, channels } = sample;
  return { data: data.subarray(from * channels, to === undefined ? undefined : to * channels), channels };
}
