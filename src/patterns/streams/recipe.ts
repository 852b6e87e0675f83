/**
 * Streams by content: two that were made in the same way are the same, such as those of two renders of one component.
 */

/** The key of what a stream was made of: the name of its kind, and all that it was given. */
export const RECIPE = Symbol('recipe');

/** A function in a recipe. A render that makes the same stream again gives the latest function, with what it closes over. */
export class Latest<Fn extends (...args: never[]) => unknown> {
  /** The function of the latest render. */
  call: Fn;

  /** @param call - The function of the first render. */
  constructor(call: Fn) {
    this.call = call;
  }
}

/** Deeper nesting counts as different: it may be a circle. */
const DEEPEST = 64;

/** True for streams, and parts of streams, that were made in the same way. Functions are compared by their text. */
export function isSameRecipe(a: unknown, b: unknown, depth = 0): boolean {
  if (Object.is(a, b)) return true;
  if (depth > DEEPEST || typeof a !== typeof b) return false;
  if (typeof a === 'function') return String(a) === String(b);
  if (typeof a !== 'object' || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (RECIPE in a) return isSameRecipe(a[RECIPE], (b as typeof a)[RECIPE], depth + 1);
  const [names, others] = [Object.keys(a), Object.keys(b as object)];
  return (
    names.length === others.length &&
    names.every(
      (name) => Object.hasOwn(b as object, name) && isSameRecipe(at(a, name), at(b, name), depth + 1),
    )
  );
}

/** Gives a stream that has begun the functions of one that was made in the same way. */
export function takeFunctions(into: unknown, from: unknown): void {
  if (into === from || typeof into !== 'object' || into === null) return;
  if (into instanceof Latest) into.call = (from as typeof into).call;
  else if (RECIPE in into) takeFunctions(into[RECIPE], (from as typeof into)[RECIPE]);
  else for (const name of Object.keys(into)) takeFunctions(at(into, name), at(from, name));
}

const at = (object: unknown, name: string): unknown => (object as Readonly<Record<string, unknown>>)[name];
