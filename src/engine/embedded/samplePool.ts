/**
 * The engine's memory for buffers, allocated and released by the host.
 *
 * The engine's own `/b_alloc` never releases memory (17 times 4 MB, then it fails). The host therefore
 * allocates, and hands the engine a pointer.
 *
 * An allocation takes the end of the last region that is large enough. The engine's own heap grows from below
 * with the synthdefs, and so meets buffers only when both are full.
 */

const ALIGNMENT = 16;

export class SamplePool {
  /** Free regions by address. */
  readonly #free: { start: number; size: number }[];
  readonly #used = new Map<number, number>();

  /** @param start - First byte, @param size - number of bytes that may be given out. */
  constructor(start: number, size: number) {
    this.#free = [{ start, size }];
  }

  /** The address of a region of `size` bytes, or `undefined` when no free region is large enough. */
  allocate(size: number): number | undefined {
    const wanted = Math.ceil(size / ALIGNMENT) * ALIGNMENT;
    const index = this.#free.findLastIndex((region) => region.size >= wanted);
    const region = this.#free[index];
    if (!region) return undefined;
    const start = region.start + region.size - wanted;
    region.size -= wanted;
    if (region.size === 0) this.#free.splice(index, 1);
    this.#used.set(start, wanted);
    return start;
  }

  /** Takes a region back; an address that was not given out is ignored. */
  release(start: number): void {
    const size = this.#used.get(start);
    if (size === undefined) return;
    this.#used.delete(start);
    let index = this.#free.findIndex((region) => region.start > start);
    if (index < 0) index = this.#free.length;
    const before = this.#free[index - 1];
    const after = this.#free[index];
    const region = { start, size };
    if (after && start + size === after.start) {
      region.size += after.size;
      this.#free.splice(index, 1);
    }
    if (before && before.start + before.size === start) before.size += region.size;
    else this.#free.splice(index, 0, region);
  }

  /** The largest buffer that would fit now, in bytes. */
  get largestFree(): number {
    return this.#free.reduce((largest, { size }) => Math.max(largest, size), 0);
  }

  get bytesInUse(): number {
    let sum = 0;
    for (const size of this.#used.values()) sum += size;
    return sum;
  }
}
