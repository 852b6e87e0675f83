/** W11 and W12: a live value is set, with one control and with a hundred. */

import { Fragment, useState } from 'react';
import { jsx, jsxs } from 'react/jsx-runtime';
import { liveValue, Synth } from '../../dist/index.js';
import { COUNT, def } from './piece.js';
import { openRaw } from './raw.js';
import { interleave } from './timing.js';

/** Sets in a row that are timed as one sample. */
const IN_A_ROW = 20;

/** The synths of the other workloads, of which the first ones have the value; and what sets one by its handle. */
async function openValue({ createRoot, settle }, consumers) {
  const value = liveValue(1000);
  const handle = { current: null };
  const counts = { renders: 0 };
  function Piece() {
    counts.renders += 1;
    useState(0);
    const synths = Array.from({ length: COUNT }, (_, index) =>
      jsx(
        Synth,
        {
          def,
          freq: index < consumers ? value : 440,
          amp: 0.1,
          ...(index === consumers && { ref: handle }),
        },
        index,
      ),
    );
    return jsxs(Fragment, { children: synths });
  }
  await createRoot().render(jsx(Piece, {}));
  await new Promise(setImmediate);
  return { value, handle, counts, settle };
}

/** Sets a value and waits until the microtask has sent it. */
const setting = ({ value, settle }) => ({
  settle,
  run: async (run) => {
    value.set(1000.5 + run);
    await undefined;
  },
});

const handling = ({ handle, settle }) => ({
  settle,
  run: async (run) => {
    handle.current.set({ freq: 1000.5 + run });
    await undefined;
  },
});

/** The same with a promise to wait for, as the others have. */
const waiting = ({ run }) => ({
  run: async () => {
    run();
    await undefined;
  },
});

/** Bytes of garbage that a set leaves behind, over many of them; without `--expose-gc` there is no figure. */
async function bytesOf({ value, settle }) {
  if (!globalThis.gc) return undefined;
  const sets = 2000;
  for (let set = 0; set < sets; set++) {
    value.set(-set);
    await undefined;
  }
  await settle();
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  for (let set = 0; set < sets; set++) {
    value.set(set + 0.5);
    await undefined;
  }
  return (process.memoryUsage().heapUsed - before) / sets;
}

const messages = (count) =>
  Array.from({ length: count }, (_, index) => ['/n_set', 1000 + index, 'freq', 1000.5]);

export async function w11({ sink, ours, sclang, supercolliderJs }) {
  const one = await openValue(ours, 1);
  const contenders = {
    ours: setting(one),
    handle: handling(one),
    raw: waiting(await openRaw(sink, messages(1))),
  };
  const rendered = one.counts.renders;
  const results = { W11: await interleave(300, contenders, { repeats: IN_A_ROW, sink }) };
  const alone = { ...contenders };
  if (sclang) alone.sclang = () => sclang.run('W2', 1);
  if (supercolliderJs) alone.supercolliderJs = () => supercolliderJs.send(messages(1));
  results['W11.alone'] = await interleave(200, alone, { sink });
  const bytes = await bytesOf(one);
  results['W11.counts'] = { renders: one.counts.renders - rendered, ...(bytes !== undefined && { bytes }) };
  return results;
}

export async function w12({ sink, ours, sclang, supercolliderJs }) {
  const hundred = await openValue(ours, 100);
  const contenders = { ours: setting(hundred), raw: waiting(await openRaw(sink, messages(100))) };
  const results = { W12: await interleave(200, contenders, { repeats: IN_A_ROW, sink }) };
  if (sclang) contenders.sclang = () => sclang.run('W2', 100);
  if (supercolliderJs) contenders.supercolliderJs = () => supercolliderJs.send(messages(100));
  results['W12.alone'] = await interleave(200, contenders, { sink });
  const bytes = await bytesOf(hundred);
  if (bytes !== undefined) results['W12.counts'] = { bytes };
  return results;
}
