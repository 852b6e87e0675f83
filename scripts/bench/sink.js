/** A UDP socket in a thread of its own that takes everything: what clients cost without a server's work. */

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export async function openSink() {
  const worker = new Worker(new URL('./sinkThread.js', import.meta.url));
  const [{ port }] = await once(worker, 'message');
  return {
    port,
    /** Bundles and their bytes that have arrived so far. */
    async counts() {
      worker.postMessage('counts');
      const [counts] = await once(worker, 'message');
      return counts;
    },
    close: () => worker.terminate(),
  };
}
