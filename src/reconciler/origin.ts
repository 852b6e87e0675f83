/**
 * Where an element stands in the user's program, read from React's fibers: its path, the components
 * above it, and the error boundary that is to hear of its failures.
 *
 * Fibers are React's own; the four fields that are read here have been the same since React 16, and
 * react-reconciler is pinned exactly.
 */

import type { Component } from 'react';
import { isInternal } from './internals.js';

export interface Fiber {
  readonly tag: number;
  readonly type: unknown;
  readonly index: number;
  readonly return: Fiber | null;
  readonly alternate: Fiber | null;
  readonly stateNode: unknown;
  readonly memoizedProps: { readonly name?: unknown } | null;
  readonly pendingProps: { readonly name?: unknown } | null;
  /** The component that made the element, and a stack of that moment; in React's development build. */
  readonly _debugOwner?: Fiber | null;
  readonly _debugStack?: unknown;
}

const CLASS_COMPONENT = 1;
const HOST_COMPONENT = 5;

/** True for an element of ours, no component. */
export const isHostFiber = ({ tag }: Fiber): boolean => tag === HOST_COMPONENT;

/** The names and types from the root down, such as `/drums/Synth[2]`. */
export function pathOf(source: Fiber): string {
  const parts: string[] = [];
  let fiber: Fiber | null = source;
  while (fiber) {
    const element: Fiber = fiber;
    // A synth that its component returns stands at that component's place among its siblings.
    let index = 0;
    do {
      index ||= fiber.index;
      fiber = fiber.return;
    } while (fiber && !isHostFiber(fiber));
    parts.unshift(givenName(element) ?? `${String(element.type)}[${index}]`);
  }
  return `/${parts.join('/')}`;
}

/** The components above and the elements among them, one a line, as React prints them. */
export const componentStackOf = (source: Fiber): string =>
  namesAbove(source, () => true)
    .map((name) => `    in ${name}`)
    .join('\n');

/** The user's components above, the nearest first. */
export const componentsOf = (source: Fiber): readonly string[] =>
  namesAbove(source, (fiber) => !isHostFiber(fiber));

function namesAbove(source: Fiber, isWanted: (fiber: Fiber) => boolean): string[] {
  const names: string[] = [];
  for (let fiber: Fiber | null = source; fiber; fiber = fiber.return) {
    const name = nameOf(fiber.type);
    if (name !== undefined && !isInternal(fiber.type) && isWanted(fiber)) names.push(name);
  }
  return names;
}

/**
 * Hands an error to the nearest error boundary, as if the element had thrown it while rendering.
 * The server's answers come long after the render, when React has no way to throw.
 *
 * @param skip - True for boundaries that are not to get it.
 * @returns false when no boundary is above.
 */
export function throwToBoundary(source: Fiber, error: Error, skip: (boundary: unknown) => boolean): boolean {
  for (let fiber: Fiber | null = source.return; fiber; fiber = fiber.return) {
    if (fiber.tag !== CLASS_COMPONENT || skip(fiber.stateNode)) continue;
    const boundary = fiber.stateNode as Component & ErrorHandlers;
    const { getDerivedStateFromError } = fiber.type as {
      getDerivedStateFromError?: (error: Error) => object | null;
    };
    if (!getDerivedStateFromError && !boundary.componentDidCatch) continue;
    if (getDerivedStateFromError) boundary.setState(getDerivedStateFromError(error));
    boundary.componentDidCatch?.(error, { componentStack: componentStackOf(source) });
    return true;
  }
  return false;
}

interface ErrorHandlers {
  componentDidCatch?(error: Error, info: { componentStack: string }): void;
}

function givenName(fiber: Fiber): string | undefined {
  const name = (fiber.memoizedProps ?? fiber.pendingProps)?.name;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function nameOf(type: unknown): string | undefined {
  if (typeof type === 'string') return type;
  if (typeof type !== 'function') return undefined;
  const { displayName, name } = type as { displayName?: string; name?: string };
  return displayName ?? (name || 'Anonymous');
}
