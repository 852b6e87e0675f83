/**
 * The places where elements were written: the stack of the JSX of each, read from React's fibers.
 *
 * Only React's development build keeps it, and of the first render only. What the JSX of our command line notes beside
 * it (`src/dev/jsxDevRuntime.ts`) counts more, as an edit moves lines.
 */

import * as React from 'react';
import { SuperColliderError } from '../errors.js';
import type { Fiber } from './fibers.js';

/** False where a bundler leaves out what only React's development build has. */
const IS_DEVELOPMENT = process.env.NODE_ENV !== 'production';

/** Under this name the props of an element hold where it was written. */
const WRITTEN = Symbol.for('react-collider.written');

interface Written {
  /** As a line of a stack. */
  readonly line: string;
  /** Higher for what was rendered later. */
  readonly serial: number;
}

interface Noted {
  readonly [WRITTEN]?: Written;
}

/** React ends here what called the component; what follows is React's own. */
const BOTTOM = /react[-_]stack[-_]bottom[-_]frame/;

/** The lines of an element and of those that made it, the nearest first; `undefined` in React's production build. */
export function ownerStackOf(source: Fiber): string | undefined {
  if (!IS_DEVELOPMENT) return undefined;
  const lines: string[] = [];
  for (let fiber: Fiber | null | undefined = source; fiber; fiber = fiber._debugOwner) {
    const written = lastWritten(fiber);
    lines.push(...(written === undefined ? linesOf(fiber._debugStack) : [written]));
  }
  return lines.length === 0 ? undefined : lines.join('\n');
}

/** A fiber and its alternate take turns, and either may be the one that is mounted now. */
function lastWritten(fiber: Fiber): string | undefined {
  let last: Written | undefined;
  for (const { pendingProps, memoizedProps } of [fiber, fiber.alternate ?? fiber]) {
    for (const props of [pendingProps, memoizedProps]) {
      const written = (props as Noted | null)?.[WRITTEN];
      if (written && !(last && last.serial >= written.serial)) last = written;
    }
  }
  return last?.line;
}

function linesOf(stack: unknown): readonly string[] {
  if (!(stack instanceof Error)) return [];
  const lines = (stack.stack ?? '').split('\n').filter((line) => /^ +at |@/.test(line));
  const end = lines.findIndex((line) => BOTTOM.test(line));
  return end < 0 ? lines : lines.slice(0, end);
}

/**
 * Returns the result of `make`, for an element that another one looks at and does not render.
 *
 * @throws SuperColliderError that `make` throws, with where the element was written.
 */
export function asWritten<Result>(element: React.ReactNode, make: () => Result): Result {
  if (!IS_DEVELOPMENT) return make();
  try {
    return make();
  } catch (error) {
    if (!(error instanceof SuperColliderError) || !React.isValidElement(element)) throw error;
    const { props, _debugStack } = element as { readonly props: Noted; readonly _debugStack?: unknown };
    const ownerStack = props[WRITTEN]?.line ?? linesOf(_debugStack).join('\n');
    throw error.locate(ownerStack === '' ? {} : { ownerStack });
  }
}

/** The lines of the component that React is telling of. */
export const currentOwnerStack = (): string | undefined =>
  (IS_DEVELOPMENT && (React as { captureOwnerStack?: () => string | null }).captureOwnerStack?.()) ||
  undefined;
