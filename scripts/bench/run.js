/** The workloads, and the ratios that are made of their times. */

import { w6 } from './codec.js';
import { dev } from './devSession.js';
import { openFloor } from './floor.js';
import { w4 } from './latency.js';
import { memory } from './memory.js';
import { w13 } from './mixer.js';
import { w8 } from './offline.js';
import { openOurs, openUnsent } from './ours.js';
import { w1, w2, w3, w5, w7 } from './rendering.js';
import { openSclang } from './sclang.js';
import { w10 } from './screen.js';
import { openSink } from './sink.js';
import { openDryads, openSupercolliderJs } from './supercolliderJs.js';
import { w9 } from './synthdefs.js';
import { round } from './timing.js';
import { w11, w12 } from './values.js';

/** Each opens what it needs by the names of its parameter. */
const workloads = {
  // First, as a large tree in a heap full of holes is slow for React itself.
  W7: w7,
  W1: w1,
  W2: w2,
  W3: w3,
  W4: w4,
  W5: w5,
  W6: w6,
  W8: w8,
  W9: w9,
  W10: w10,
  W11: w11,
  W12: w12,
  W13: w13,
  MEMORY: memory,
  DEV: dev,
};
const withSclang = new Set(['W1', 'W2', 'W3', 'W5', 'W9', 'W11', 'W12']);

/**
 * Runs workloads and gives their times and ratios.
 *
 * @param only - Names of workloads; `undefined` for all.
 * @param onTimes - Called with each result as it comes.
 */
export async function runBench(only, onTimes) {
  const wanted = Object.keys(workloads).filter((name) => !only || only.includes(name));
  const sink = await openSink();
  const wakingSink = await openSink({ waits: true });
  const contenders = {
    sink,
    wakingSink,
    floor: openFloor(),
    ours: await openOurs(sink),
    oursWaking: await openOurs(wakingSink),
    unsent: await openUnsent(sink),
    sclang: wanted.some((name) => withSclang.has(name)) ? await openSclang(sink) : undefined,
    supercolliderJs: wanted.some((name) => withSclang.has(name))
      ? await openSupercolliderJs(sink)
      : undefined,
    dryads: wanted.includes('W1') ? await openDryads() : undefined,
  };
  const figures = {};
  try {
    for (const name of wanted) {
      const times = await workloads[name](contenders);
      for (const [label, values] of Object.entries(times)) {
        figures[label] = Object.fromEntries(
          Object.entries(values).map(([key, value]) => [key, round(value)]),
        );
        onTimes(label, figures[label]);
      }
    }
  } finally {
    await contenders.sclang?.close();
    contenders.supercolliderJs?.close();
    await contenders.dryads?.close();
    await sink.close();
    await wakingSink.close();
  }
  return { ratios: ratiosOf(figures), figures };
}

function ratiosOf(figures) {
  const ratios = {};
  const add = (name, value) => {
    if (Number.isFinite(value)) ratios[name] = round(value, 3);
  };
  for (const [label, times] of Object.entries(figures)) {
    const references = [
      'react',
      'raw',
      'handMade',
      'sclang',
      'dryads',
      'supercolliderJs',
      'scsynth',
      'handle',
    ];
    for (const reference of references) {
      if (times.ours && times[reference]) add(`${label}/${reference}`, times.ours / times[reference]);
    }
  }
  // Ours, but for the system calls and what they leave behind in the caches.
  for (const [label, { react, unsent }] of Object.entries(figures))
    if (unsent) add(`${label}.unsent/react`, unsent / react);
  // React that sends what is ready.
  for (const [label, { react, sending }] of Object.entries(figures))
    if (sending) add(`${label}/react`, sending / react);
  const { W7 } = figures;
  // Speeds, so that more is better: a share of what code written by hand reaches.
  for (const way of ['encode', 'decode']) {
    const times = figures[`W6.${way}`];
    if (times) add(`W6.${way}/limit`, times.limit / times.ours);
  }
  if (figures['W9-2000']) add('W9-2000/W9-200', figures['W9-2000'].ours / figures['W9-200'].ours);
  // Of a core.
  for (const command of ['play', 'dev']) {
    const shares = figures[`W10.${command}`];
    if (shares) add(`W10.${command}/core`, shares.screen);
  }
  if (W7) add('W7/W2-1', W7['ours, 100,000'] / W7['ours, 1,000']);
  if (W7) add('W7.react/W2-1.react', W7['react, 100,000'] / W7['react, 1,000']);
  return ratios;
}
