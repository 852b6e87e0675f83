/**
 * Which nodes to move, so that as few as possible move.
 *
 * @see https://en.wikipedia.org/wiki/Longest_increasing_subsequence (patience sorting)
 */

/**
 * A longest increasing run in `values`: 1 at the positions in it, and 0 at those that have to move.
 *
 * @param values - Distinct numbers: where each element of the new order stood before.
 */
export function longestIncreasingRun(values: readonly number[]): Uint8Array {
  const { length } = values;
  /** For each length, the position of the smallest value that ends a run of that length. */
  const ends = new Int32Array(length);
  const before = new Int32Array(length);
  let longest = 0;
  for (let position = 0; position < length; position++) {
    const value = values[position]!;
    let low = 0;
    let high = longest;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[ends[middle]!]! < value) low = middle + 1;
      else high = middle;
    }
    before[position] = low === 0 ? -1 : ends[low - 1]!;
    ends[low] = position;
    if (low === longest) longest += 1;
  }
  const run = new Uint8Array(length);
  for (let position = longest === 0 ? -1 : ends[longest - 1]!; position >= 0; position = before[position]!) {
    run[position] = 1;
  }
  return run;
}
