/**
 * A queue in order of time; what has the same time stays in the order in which it came.
 * A binary heap, as thousands of bundles may wait (scsynth itself drops the 2,049th).
 */
export class TimedQueue<T> {
  readonly #heap: { readonly time: number; readonly order: number; readonly item: T }[] = [];
  #order = 0;

  get size(): number {
    return this.#heap.length;
  }

  add(time: number, item: T): void {
    const heap = this.#heap;
    const entry = { time, order: this.#order++, item };
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(entry, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = entry;
  }

  /** The earliest, which stays in the queue. */
  peek(): { readonly time: number; readonly item: T } | undefined {
    return this.#heap[0];
  }

  /** Takes the earliest out. */
  take(): T | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last || first === last) return first?.item;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!this.#isBefore(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return first.item;
  }

  clear(): void {
    this.#heap.length = 0;
  }

  #isBefore(a: { time: number; order: number }, b: { time: number; order: number }): boolean {
    return a.time < b.time || (a.time === b.time && a.order < b.order);
  }
}
