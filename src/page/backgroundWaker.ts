import { timerWaker, type Waker, type WakerWorker, wakerWorkerSource, workerWaker } from '../time/waker.js';

/**
 * Wakes by a timer in a worker, so that music goes on in a tab in the background. Where the page's policy
 * (`worker-src`) allows no worker, a timer of the page wakes.
 */
export function backgroundWaker(): { readonly wake: Waker; readonly end: () => void } {
  const url = URL.createObjectURL(new Blob([wakerWorkerSource], { type: 'text/javascript' }));
  let worker: Worker;
  try {
    worker = new Worker(url);
  } catch {
    URL.revokeObjectURL(url);
    return { wake: timerWaker, end: () => {} };
  }
  const waker = workerWaker(worker as unknown as WakerWorker);
  // A policy's refusal comes later, when something waits already.
  const waiting = new Set<() => void>();
  let isRefused = false;
  worker.onerror = () => {
    isRefused = true;
    for (const callback of [...waiting]) callback();
  };
  return {
    wake(after, callback) {
      if (isRefused) return timerWaker(after, callback);
      const wake = () => {
        if (waiting.delete(wake)) callback();
      };
      waiting.add(wake);
      const cancel = waker.wake(after, wake);
      return () => {
        waiting.delete(wake);
        cancel();
      };
    },
    end() {
      waker.end();
      URL.revokeObjectURL(url);
    },
  };
}
