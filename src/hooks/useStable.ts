import { useState } from 'react';

/**
 * The result of `make`, cached until one of `from` differs.
 *
 * `useMemo` would do but for edits: React Refresh runs it again in each component that was edited. A new bus
 * or buffer would then be audible.
 */
export function useStable<Value>(from: readonly unknown[], make: () => Value): Value {
  const [kept, keep] = useState(() => ({ from, value: make() }));
  if (from.every((each, index) => Object.is(each, kept.from[index]))) return kept.value;
  const next = { from, value: make() };
  keep(next);
  return next.value;
}
