/** Medians of interleaved pairs. */

export const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/**
 * Runs two ways of the same thing in turn and gives the median of each, in milliseconds, and their ratio.
 *
 * @param prepare - Called before each pair, outside of the time.
 */
export async function pair(runs, reference, candidate, prepare = () => {}) {
  const times = { reference: [], candidate: [] };
  for (let run = 0; run < runs; run++) {
    await prepare(run);
    // Whoever goes first finds cold caches, so they take turns.
    for (const which of run % 2 === 0 ? ['reference', 'candidate'] : ['candidate', 'reference']) {
      const start = performance.now();
      (which === 'reference' ? reference : candidate)(run);
      times[which].push(performance.now() - start);
    }
  }
  const [base, ours] = [median(times.reference), median(times.candidate)];
  return {
    reference: Number(base.toFixed(4)),
    ours: Number(ours.toFixed(4)),
    ratio: Number((ours / base).toFixed(2)),
  };
}
