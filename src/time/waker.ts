/**
 * What wakes the scheduler when something comes within its lookahead.
 */

import type { Seconds } from '../units.js';

/** Calls back after so many seconds, a little later if it must; returns what ends it. */
export type Waker = (after: Seconds, callback: () => void) => () => void;

/** The longest wait that `setTimeout` takes, in milliseconds: 2^31 - 1. */
const LONGEST_WAIT = 2_147_483_647;

/**
 * Wakes by `setTimeout`: to a millisecond, on a thread that is not busy.
 *
 * A busy main thread delays every wake-up, a worker's message as well, as what it wakes runs on the main
 * thread. Against that only the lookahead helps.
 */
export const timerWaker: Waker = (after, callback) => {
  const timer = setTimeout(callback, Math.min(Math.max(0, after * 1000), LONGEST_WAIT));
  return () => clearTimeout(timer);
};

/** As much of a `Worker` as is needed here. */
export interface WakerWorker {
  postMessage(message: unknown): void;
  onmessage: ((event: { data: unknown }) => void) | null;
  terminate(): void;
}

/** What the worker runs: a timer for each wait, by number. */
export const wakerWorkerSource = `const timers = new Map();
onmessage = ({ data: { id, after } }) => {
  clearTimeout(timers.get(id));
  timers.delete(id);
  if (after === undefined) return;
  timers.set(id, setTimeout(() => { timers.delete(id); postMessage(id); }, after));
};`;

/**
 * Wakes by a timer in a worker, for pages: in a tab in the background, browsers let the timers of a page
 * run once a second or once a minute, those of its workers as always.
 *
 * @returns The waker, and what ends the worker.
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
      worker.postMessage({ id, after: Math.min(Math.max(0, after * 1000), LONGEST_WAIT) });
      return () => {
        if (callbacks.delete(id)) worker.postMessage({ id });
      };
    },
    end: () => worker.terminate(),
  };
}
