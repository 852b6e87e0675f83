/**
 * Nodes to move, so that one message moves them and lists as few as possible.
 */

/** Positions in a group's new order, from the first that is moved to the last. */
export interface Window {
  readonly first: number;
  readonly last: number;
}

/**
 * The shortest part of a new order that, taken out and put in again in one go, makes the old order the new
 * one.
 *
 * The nodes before and after this part are in the old order already. The result is `undefined` when no node
 * moves. Nodes that move together stand together afterwards, next to their target. So it is enough to find a
 * part without which all others increase; no shorter list can do it.
 *
 * @param values - Distinct numbers: the place of each element of the new order in the old one.
 * @param isAnchor - True when a node may be put right before or after the element at a position. That element
 *   must be sure to be there. The beginning and the end of the group always may serve. @default all
 * @param onlyToEnd - True when the part must reach to the end. @default false
 */
export function shortestMove(
  values: readonly number[],
  isAnchor: (position: number) => boolean = () => true,
  onlyToEnd = false,
): Window | undefined {
  const end = values.length - 1;
  let prefix = 0;
  while (prefix < end && values[prefix]! < values[prefix + 1]!) prefix += 1;
  if (prefix >= end) return undefined;
  if (onlyToEnd) return { first: prefix + 1, last: end };
  let suffix = end;
  while (values[suffix - 1]! < values[suffix]!) suffix -= 1;
  // The nearest end of the part, from each position on, that the part can be put in front of.
  const nextAnchor = new Int32Array(values.length);
  for (let last = end, anchored = end; last >= 0; last--) {
    if (last < end && isAnchor(last + 1)) anchored = last;
    nextAnchor[last] = anchored;
  }
  let best: Window | undefined;
  let after = suffix;
  for (let first = 0; first <= prefix + 1; first++) {
    while (first > 0 && after <= end && values[after]! < values[first - 1]!) after += 1;
    let last = Math.max(after - 1, first);
    if (first > 0 && !isAnchor(first - 1)) last = nextAnchor[last]!;
    if (!best || last - first < best.last - best.first) best = { first, last };
  }
  return best;
}
