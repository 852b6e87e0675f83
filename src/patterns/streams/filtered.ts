/** Changes of what one stream gives, as they run. */

import { type Context, embed, nextOf, open, passes, type Values } from './context.js';

/** The first values. */
export function* first<T>(count: number, given: Values<T>, context: Context): Generator<T, void> {
  const values = open(given, context);
  for (let index = 0; index < count; index++) {
    const next = values.next();
    if (next.done) return;
    yield next.value;
  }
}

/** The values after the first ones. */
export function* dropped<T>(count: number, given: Values<T>, context: Context): Generator<T, void> {
  const values = open(given, context);
  for (let index = 0; ; index++) {
    const next = values.next();
    if (next.done) return;
    if (index >= count) yield next.value;
  }
}

/** The values again and again. */
export const repeated = <T>(given: Values<T>, times: number, context: Context): Generator<T, void> =>
  passes(times, () => embed(given, context));

/** Each value several times. */
export function* stuttered<T>(times: Values<number>, given: Values<T>, context: Context): Generator<T, void> {
  const values = open(given, context);
  const counts = open(times, context);
  for (;;) {
    const next = nextOf<[T, number]>(values, counts);
    if (!next) return;
    for (let index = 0; index < Math.abs(next[1]); index++) yield next[0];
  }
}

/** Several values in an array, fewer at the end. */
export function* clumped<T>(size: Values<number>, given: Values<T>, context: Context): Generator<T[], void> {
  const values = open(given, context);
  const sizes = open(size, context);
  for (;;) {
    const next = sizes.next();
    if (next.done) return;
    const clump: T[] = [];
    while (clump.length < next.value) {
      const value = values.next();
      if (value.done) {
        if (clump.length > 0) yield clump;
        return;
      }
      clump.push(value.value);
    }
    yield clump;
  }
}
