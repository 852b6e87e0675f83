/** W1 to W3, W5 and W7: commits of React's with diff, encoding and sending. */

import { AddAction } from '../../dist/server/index.js';
import { openFloor } from './floor.js';
import { COUNT, controlsOf, GROUPS, leafPiece, listPiece, rootPiece, SYNTHS } from './piece.js';
import { openRaw } from './raw.js';
import { interleave } from './timing.js';

/** A contender that renders a piece: `act` is timed, inside of one synchronous flush. */
async function rendering({ createRoot, flushSync, settle }, piece, act, prepare = () => {}) {
  await createRoot().render(piece.element);
  await new Promise(setImmediate);
  return {
    settle,
    end: () => flushSync(() => piece.unmount()),
    prepare: (run) => flushSync(() => prepare(piece, run)),
    run: (run) => flushSync(() => act(piece, run)),
  };
}

/**
 * React alone, and React that sends bytes which are ready when a commit ends: what no renderer that sends can be faster
 * than. By themselves, as one more tree would leave the others less of the caches.
 */
async function sending(runs, { floor, raw }, makePiece, act, prepare, options) {
  const contenders = {
    react: await rendering(floor, makePiece(), act, prepare),
    sending: await rendering(openFloor(raw.run), makePiece(), act, prepare),
  };
  const times = await interleave(runs, contenders, options);
  for (const { end } of Object.values(contenders)) end();
  return times;
}

/** The two that render, with a piece each. */
async function both({ floor, ours }, makePiece, act, prepare) {
  return {
    react: await rendering(floor, makePiece(), act, prepare),
    ours: await rendering(ours, makePiece(), act, prepare),
  };
}

export async function w1({ sink, floor, ours, unsent, sclang, supercolliderJs, dryads }) {
  const hidden = () => leafPiece(undefined, { isMounted: false });
  const mount = (piece) => piece.mount();
  const unmount = (piece) => piece.unmount();
  const contenders = await both({ floor, ours }, hidden, mount, unmount);
  contenders.unsent = await rendering(unsent, hidden(), mount, unmount);
  const messages = mountMessages();
  contenders.raw = await openRaw(sink, messages);
  if (sclang) contenders.sclang = () => sclang.run('W1');
  if (supercolliderJs) contenders.supercolliderJs = () => supercolliderJs.send(messages);
  const times = await interleave(100, contenders, { sink });
  // Half a second each, and its time would be lost in none of the others.
  if (dryads) {
    const took = await interleave(5, { dryads }, { warmup: 1 }).catch((error) => {
      console.error(`W1 without dryads: ${error.message}`);
    });
    Object.assign(times, took);
  }
  const { raw } = contenders;
  return { W1: times, 'W1.sending': await sending(100, { floor, raw }, hidden, mount, unmount, { sink }) };
}

/** Commits in a row that are timed as one sample, where one alone is shorter than what it takes to get going again. */
const IN_A_ROW = 20;

export async function w2({ sink, wakingSink, floor, ours, unsent, oursWaking, sclang, supercolliderJs }) {
  const results = {};
  for (const changed of [1, 100, COUNT]) {
    const change = (piece, run) => piece.show(changed, 1000.5 + run);
    const fromRoot = await both({ floor, ours }, rootPiece, change);
    for (const contender of Object.values(fromRoot)) contender.run(-1);
    results[`W2-${changed}.root`] = await interleave(200, fromRoot, { sink });
    const messages = (run) =>
      Array.from({ length: changed }, (_, index) => ['/n_set', 1000 + index, 'freq', 1000.5 + run]);
    const fromLeaf = await both({ floor, ours }, leafPiece, change);
    fromLeaf.unsent = await rendering(unsent, leafPiece(), change);
    fromLeaf.raw = await openRaw(sink, messages(0));
    if (changed === 1) {
      results['W2-1'] = await interleave(200, fromLeaf, { repeats: IN_A_ROW, sink });
      const options = { repeats: IN_A_ROW, sink };
      const { raw } = fromLeaf;
      results['W2-1.sending'] = await sending(200, { floor, raw }, leafPiece, change, undefined, options);
      results['W2-1.waking'] = await interleave(200, {
        react: fromLeaf.react,
        ours: await rendering(oursWaking, leafPiece(), change),
        raw: await openRaw(wakingSink, messages(0)),
      });
    }
    if (sclang) fromLeaf.sclang = () => sclang.run('W2', changed);
    if (supercolliderJs) fromLeaf.supercolliderJs = (run) => supercolliderJs.send(messages(run));
    results[changed === 1 ? 'W2-1.alone' : `W2-${changed}`] = await interleave(200, fromLeaf, { sink });
  }
  return results;
}

export async function w3({ sink, floor, ours, sclang }) {
  const unmount = (piece) => piece.unmount();
  const contenders = await both({ floor, ours }, leafPiece, unmount, (piece) => piece.mount());
  if (sclang) contenders.sclang = () => sclang.run('W3');
  return { W3: await interleave(100, contenders, { sink }) };
}

export async function w5({ sink, floor, ours, sclang }) {
  const results = {};
  for (const length of [100, 1000]) {
    const forwards = Array.from({ length }, (_, index) => index);
    const orders = { reverse: forwards.toReversed(), shuffle: shuffled(forwards) };
    for (const [name, order] of Object.entries(orders)) {
      const contenders = await both(
        { floor, ours },
        listPiece,
        (piece) => piece.show(order),
        (piece) => piece.show(forwards),
      );
      if (sclang) contenders.sclang = () => sclang.run('W5', length);
      results[`W5.${name}-${length}`] = await interleave(length === 100 ? 200 : 60, contenders, { sink });
    }
  }
  return results;
}

/** One of 1,000 and one of 100,000 synths; React itself goes through all siblings of each group above. */
export async function w7({ sink, floor, ours }) {
  const change = (piece, run) => piece.show(1, 1000.5 + run);
  const small = await both({ floor, ours }, () => leafPiece([GROUPS, SYNTHS]), change);
  const large = await both({ floor, ours }, () => leafPiece([10, 10, 10, 10, 10]), change);
  const contenders = {
    'react, 1,000': small.react,
    'ours, 1,000': small.ours,
    'react, 100,000': large.react,
    'ours, 100,000': large.ours,
  };
  const times = await interleave(400, contenders, { sink });
  // Two trees of 100,000 would be in the way of all that follows.
  for (const { end } of Object.values(large)) end();
  return { W7: times };
}

/** The same order at each run of the benchmark. */
function shuffled(values) {
  const result = [...values];
  let state = 1;
  for (let index = result.length - 1; index > 0; index--) {
    state = (state * 48_271) % 2_147_483_647;
    const other = state % (index + 1);
    [result[index], result[other]] = [result[other], result[index]];
  }
  return result;
}

function mountMessages() {
  const messages = [];
  for (let group = 0; group < GROUPS; group++) {
    messages.push(['/g_new', 2000 + group, AddAction.tail, 1]);
    for (let place = 0; place < SYNTHS; place++) {
      const index = group * SYNTHS + place;
      const controls = Object.entries(controlsOf(index, 1)).flat();
      messages.push(['/s_new', 'sine', 3000 + index, AddAction.tail, 2000 + group, ...controls]);
    }
  }
  return messages;
}
