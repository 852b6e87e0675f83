/** A UDP socket in a thread of its own that takes everything: what clients cost without a server's work. */

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/**
 * @param options - `waits`: the thread waits for datagrams, and is woken by each that it has not been waiting for in
 *   vain; otherwise it looks at its socket every 1.3 ms, so that waking it is in nobody's time.
 */
export async function openSink({ waits = false } = {}) {
  const rests = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL('./sinkThread.js', import.meta.url), { workerData: { waits, rests } });
  const [{ port }] = await once(worker, 'message');
  return {
    port,
    /** Reads nothing until it is woken: while somebody's time is taken, the machine is theirs. */
    rest: () => Atomics.store(rests, 0, 1),
    wake() {
      Atomics.store(rests, 0, 0);
      Atomics.notify(rests, 0);
    },
    /** Bundles and their bytes that have arrived so far. */
    async counts() {
      worker.postMessage('counts');
      const [counts] = await once(worker, 'message');
      return counts;
    },
    close: () => worker.terminate(),
  };
}
