/**
 * Which nodes to move, so that as few as possible move.
 *
 * @see https://en.wikipedia.org/wiki/Longest_increasing_subsequence (patience sorting)
 */

/**
 * The positions in `values` of a longest increasing run; whatever is not among them has to move.
 *
 * @param values - Distinct numbers: where each element of the new order stood before.
 */
export function longestIncreasingRun(values: readonly number[]): Set<number> {
  /** For each length, the position of the smallest value that ends a run of that length. */
  const ends: number[] = [];
  const before: (number | undefined)[] = [];
  values.forEach((value, position) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[ends[middle]!]! < value) low = middle + 1;
      else high = middle;
    }
    before[position] = ends[low - 1];
    ends[low] = position;
  });
  const run = new Set<number>();
  for (let position = ends.at(-1); position !== undefined; position = before[position]) run.add(position);
  return run;
}
