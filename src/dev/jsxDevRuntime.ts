/**
 * A replacement of `react/jsx-dev-runtime` for the user's modules: each element notes where it was written.
 *
 * React keeps a stack of each element's first render instead, and of the first 10,000 in a second alone. It stays
 * as it was when an edit moves the lines.
 */

import { Fragment, type JSX } from 'react';
import * as runtime from 'react/jsx-dev-runtime';

/** An element's place, from the compiler. */
interface Source {
  readonly fileName: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** Under this name errors of elements look for it (`src/reconciler/ownerStack.ts`). */
const WRITTEN = Symbol.for('react-collider.written');

const { jsxDEV: reactJsxDev } = runtime as unknown as {
  jsxDEV: (type: unknown, props: object, ...rest: readonly unknown[]) => JSX.Element;
};

let serial = 0;

export { Fragment };

export function jsxDEV(
  type: unknown,
  props: object,
  key?: unknown,
  isStatic?: boolean,
  source?: Source,
  self?: unknown,
): JSX.Element {
  if (source && !('key' in props)) {
    const { fileName, lineNumber, columnNumber } = source;
    const line = `    at ${fileName}:${lineNumber}:${columnNumber}`;
    serial += 1;
    // Not enumerable: it is copied into no other element by a spread, and is no prop.
    Object.defineProperty(props, WRITTEN, { value: { line, serial } });
  }
  return reactJsxDev(type, props, key, isStatic, source, self);
}

/** Returns the place of the element with these props, as a line of a stack. */
export const writtenAt = (props: object): string | undefined =>
  (props as { readonly [WRITTEN]?: { readonly line: string } })[WRITTEN]?.line;
