/**
 * Wakers of the scheduler: they call it when an event comes within its lookahead.
 */

import type { Seconds } from '../units.js';

/** Calls back after so many seconds, a little later if it must; returns what ends it. */
export type Waker = (after: Seconds, callback: () => void) => () => void;

/** The longest wait that `setTimeout` takes, in milliseconds: 2^31 - 1. */
const MAX_WAIT = 2_147_483_647;

/**
 * Wakes by `setTimeout`: to a millisecond, on a thread that is not busy.
 *
 * A busy main thread delays every wake-up, a worker's message as well, as what it wakes runs on the main
 * thread. Against that only the lookahead helps.
 */
export const timerWaker: Waker = (after, callback) => {
  const timer = setTimeout(callback, Math.min(Math.max(0, after * 1000), MAX_WAIT));
  return () => clearTimeout(timer);
};

/** As much of a `Worker` as is needed here. */
export interface WakerWorker {
  /** Sends the worker a wait to begin or to end. */
  postMessage(message: unknown): void;
  /** Receives the number of each wait that is over. */
  onmessage: ((event: { data: unknown }) => void) | null;
  /** Ends the worker and its timers. */
  terminate(): void;
}

/** The source of the worker: a timer for each wait, by number. */
export const wakerWorkerSource = `const timers = new Map();
onmessage = ({ data: { id, after } }) => {
  clearTimeout(timers.get(id));
  timers.delete(id);
  if (after === undefined) return;
  timers.set(id, setTimeout(() => { timers.delete(id); postMessage(id); }, after));
};`;

/**
 * Wakes by a timer in a worker, for pages.
 *
 * In a tab in the background, browsers run the timers of a page once a second or once a minute. The timers of
 * the page's workers run as always.
 *
 * @returns The waker, and a function that ends the worker.
 */
export function workerWaker(worker: WakerWorker): { readonly wake: Waker; readonly end: () => void } {
  const callbacks = new Map<number, () => void>();
  let last = 0;
  worker.onmessage = ({ data }) => {
    const callback = callbacks.get(data as number);
    callbacks.delete(data as number);
    callback?.();
  };
  return {
    wake: (after, callback) => {
      const id = ++last;
      callbacks.set(id, callback);
      worker.postMessage({ id, after: Math.min(Math.max(0, after * 1000), MAX_WAIT) });
      return () => {
        if (callbacks.delete(id)) worker.postMessage({ id });
      };
    },
    end: () => worker.terminate(),
  };
}
