/** Times of contenders that take turns, in milliseconds. */

export const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

export const round = (value, digits = 4) => Number(value.toPrecision(digits));

/**
 * Whoever goes first finds cold caches, and who goes second what the first has left in them. So each begins in its turn,
 * and every other time they go in the opposite order.
 */
function inTurn(names, run) {
  const first = run % names.length;
  const turn = [...names.slice(first), ...names.slice(0, first)];
  return run % 2 === 0 ? turn : turn.reverse();
}

/**
 * Runs contenders in turn, so that what disturbs the machine disturbs all of them, and gives the median of
 * each.
 *
 * @param contenders - By name. A contender's function is timed until it returns, or until its promise is
 *   fulfilled; when it gives a number, that is its time (another process took it). Before each run its
 *   `prepare`, if any, is called outside of the time, and after it its `settle`.
 * @param options - `repeats` runs it so often in a row and gives the time of one; `sink` rests while time is taken.
 */
export async function interleave(runs, contenders, { warmup = Math.ceil(runs / 4), repeats = 1, sink } = {}) {
  const names = Object.keys(contenders);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let run = -warmup; run < runs; run++) {
    for (const name of inTurn(names, run + warmup)) {
      const contender = contenders[name];
      const act = contender.run ?? contender;
      await contender.prepare?.(run);
      sink?.rest();
      const start = performance.now();
      let result;
      for (let repeat = 0; repeat < repeats; repeat++) {
        result = act(run * repeats + repeat);
        if (result instanceof Promise) result = await result;
      }
      const time = typeof result === 'number' ? result : (performance.now() - start) / repeats;
      sink?.wake();
      if (run >= 0) times[name].push(time);
      // What a run leaves to do, such as the receipt of answers, is nobody else's time.
      await new Promise(setImmediate);
      await contender.settle?.();
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])]));
}
