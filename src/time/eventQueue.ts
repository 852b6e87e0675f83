/** An entry of an `EventQueue`. */
export interface QueuedEvent {
  readonly time: number;
  /** Not to be taken any more; it is dropped when its turn comes. */
  cancelled: boolean;
}

/**
 * A queue in order of time; what has the same time stays in the order in which it came.
 * A binary heap, as a piece may have thousands of events ahead. What is cancelled stays in it until its
 * turn, or until it makes up half of the queue.
 */
export class EventQueue<Event extends QueuedEvent> {
  #heap: { readonly order: number; readonly event: Event }[] = [];
  #order = 0;
  #cancelled = 0;

  /** The number of events that wait. */
  get size(): number {
    return this.#heap.length - this.#cancelled;
  }

  add(event: Event): void {
    this.#push({ order: this.#order++, event });
  }

  cancel(event: Event): void {
    if (event.cancelled) return;
    event.cancelled = true;
    this.#cancelled += 1;
    if (this.#cancelled * 2 > this.#heap.length && this.#heap.length > 64) this.#sweep();
  }

  /** The earliest, which stays in the queue. */
  peek(): Event | undefined {
    while (this.#heap[0]?.event.cancelled) {
      this.#take();
      this.#cancelled -= 1;
    }
    return this.#heap[0]?.event;
  }

  /** Takes the earliest out. */
  take(): Event | undefined {
    if (!this.peek()) return undefined;
    const event = this.#take();
    // It is out of the queue: cancelling it now is nothing that the queue has to count.
    event.cancelled = true;
    return event;
  }

  #push(entry: { readonly order: number; readonly event: Event }): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(entry, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = entry;
  }

  #take(): Event {
    const heap = this.#heap;
    const first = heap[0]!;
    const last = heap.pop()!;
    if (first === last) return first.event;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return first.event;
  }

  #sweep(): void {
    const kept = this.#heap.filter(({ event }) => !event.cancelled);
    this.#heap = [];
    this.#cancelled = 0;
    for (const entry of kept) this.#push(entry);
  }
}

const isBefore = (
  a: { order: number; event: QueuedEvent },
  b: { order: number; event: QueuedEvent },
): boolean => a.event.time < b.event.time || (a.event.time === b.event.time && a.order < b.order);
