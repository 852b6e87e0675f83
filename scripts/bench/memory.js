/** What a mounted node takes, and whether what is unmounted is given back. */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { leafPiece } from './piece.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

/** Bytes of this thread's heap that are in use, after a collection. */
export async function heapInUse() {
  // What is let go of by a finished promise or an effect is garbage a turn later.
  for (let turn = 0; turn < 3; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    collect();
  }
  return process.memoryUsage().heapUsed;
}

const BRANCHES = [10, 10, 100];
const NODES = 1 + 10 + 100 + 10_000;

/** Bytes a node of a tree of 10,000 synths with a component each: with React and no renderer, and with ours. */
export async function memory({ floor, ours }) {
  const bytes = {};
  for (const [name, { createRoot }] of Object.entries({ react: floor, ours })) {
    // The first of each also loads code.
    for (let run = 0; run < 2; run++) {
      const root = createRoot();
      const piece = leafPiece(BRANCHES);
      const before = await heapInUse();
      await root.render(piece.element);
      bytes[name] = ((await heapInUse()) - before) / NODES;
      // React keeps the tree before the last one to build the next one in.
      await root.render(null);
      await root.render([]);
      piece.setters.length = 0;
      piece.mount = piece.unmount = undefined;
      if (run === 1) bytes[`${name}, given back`] = ((await heapInUse()) - before) / NODES;
    }
  }
  return { memory: bytes };
}
