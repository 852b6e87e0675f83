/**
 * W4: from a change to its datagram. The socket is connected, so when `send` returns the datagram is in the
 * sink's queue; how many arrived there is checked.
 */

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { createRef, useState } from 'react';
import { jsx } from 'react/jsx-runtime';
import { Synth } from '../../dist/index.js';
import { def } from './piece.js';
import { interleave } from './timing.js';

const RUNS = 3000;
const WARMUP = 5000;
/** So many datagrams are sent before the sink is asked whether it has read them. */
const IN_FLIGHT = 50;

export async function w4({ wakingSink: sink, oursWaking: ours }) {
  const raw = await rawClient(sink.port);
  const ref = createRef();
  let set;
  function Piece() {
    const [freq, setFreq] = useState(1);
    set = setFreq;
    return jsx(Synth, { ref, def, freq, amp: 0.2 });
  }
  await ours.createRoot().render(jsx(Piece, {}));
  await new Promise(setImmediate);
  const before = await sink.counts();
  const send = (run) => raw.send(1000, 100.5 + run);
  const after = Promise.resolve();
  let runs = 0;
  // A sink that falls behind would be given no more: then a run is over before its datagram has left.
  const settle = () => (++runs % IN_FLIGHT === 0 ? ours.settle() : undefined);
  const pairs = {
    'W4.set': {
      raw: send,
      // The controls of one microtask leave together, in a microtask; what follows it sees when the datagram has left.
      ours: {
        settle,
        run: (run) => {
          const start = performance.now();
          ref.current.set({ freq: 100.5 + run });
          return after.then(() => performance.now() - start);
        },
      },
    },
    'W4.setState': { raw: send, ours: { settle, run: (run) => ours.flushSync(() => set(1000.5 + run)) } },
  };
  const times = {};
  for (const [label, contenders] of Object.entries(pairs)) {
    times[label] = await interleave(RUNS, contenders, { warmup: WARMUP });
  }
  await arrival(sink, before.datagrams, 4 * (RUNS + WARMUP));
  raw.close();
  return times;
}

/** Resolves when all datagrams are counted; the last ones may still be on their way to the thread. */
async function arrival(sink, before, expected) {
  let arrived = 0;
  for (let attempt = 0; attempt < 100; attempt++) {
    arrived = (await sink.counts()).datagrams - before;
    if (arrived === expected) return;
    await delay(10);
  }
  throw new Error(`W4: ${arrived} datagrams arrived of ${expected}`);
}

/** What a program that knows its one message would do: fixed bytes, two numbers put in, one system call. */
async function rawClient(port) {
  const socket = createSocket('udp4');
  socket.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const bytes = Buffer.from(
    '#bundle\0\0\0\0\0\0\0\0\x01\0\0\0\x20/n_set\0\0,isf\0\0\0\0____freq\0\0\0\0____',
    'latin1',
  );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return {
    send(id, value) {
      view.setInt32(36, id);
      view.setFloat32(48, value);
      socket.send(bytes);
    },
    close: () => socket.close(),
  };
}
