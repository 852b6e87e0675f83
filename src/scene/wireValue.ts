/**
 * A control's value as it goes to the server: a number, a bus to map to, or an array of these.
 *
 * `'c5'` maps a control to control bus 5, `'a6'` to audio bus 6, as in `/s_new` and `/n_set`.
 */
export type WireValue = number | string | readonly (number | string)[];

/**
 * True when the server would not notice a difference.
 *
 * Controls are float32 there, so that 0.1 in JSX equals the 0.1 of a compiled definition. `Object.is` is too
 * strict: 0 and -0 sound alike.
 */
export function sameWireValue(a: WireValue, b: WireValue): boolean {
  if (a === b) return true;
  if (typeof a === 'number') return typeof b === 'number' && Math.fround(a) === Math.fround(b);
  if (typeof a !== 'object' || typeof b !== 'object' || a.length !== b.length) return false;
  return a.every((value, index) => sameWireValue(value, b[index]!));
}
