/**
 * Reads React's internals: where an element stands in the user's program, what stands above it, and what a root has left
 * to do. No other file reads them, but `ownerStack.ts` takes the stacks of a fiber.
 *
 * Fibers and lanes are React's own, so react-reconciler is pinned exactly, and a test compares the versions.
 *
 * @see react-reconciler/src/ReactInternalTypes.js and ReactFiberLane.js of that version
 */

import type { Component, Context } from 'react';
import { isInternal } from './internals.js';

/** The version of react-reconciler whose fields and lanes these are. */
export const RECONCILER_VERSION = '0.34.0';

export interface Fiber {
  readonly tag: number;
  readonly type: unknown;
  readonly index: number;
  readonly mode: number;
  readonly memoizedState: unknown;
  readonly return: Fiber | null;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
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
const SUSPENSE_COMPONENT = 13;

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
    if (!isBoundary(fiber) || skip(fiber.stateNode)) continue;
    const boundary = fiber.stateNode as Component & ErrorHandlers;
    const { getDerivedStateFromError } = fiber.type as {
      getDerivedStateFromError?: (error: Error) => object | null;
    };
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

/** `SyncLane | InputContinuousLane | DefaultLane`: what a synchronous flush renders together. */
export const WAITING_LANES = 42;

/** All `TransitionLane`s and the deferred ones: bits 8 to 21. */
export const UNSTAMPED_LANES = 4_194_048;

interface FiberRoot {
  readonly pendingLanes: number;
  readonly current: Fiber;
}

/** True while updates of some lanes wait, or a `<Suspense>` shows its fallback. */
export function isSuspended(root: FiberRoot, lanes: number): boolean {
  return (root.pendingLanes & lanes) !== 0 || showsFallback(root.current.child);
}

/** An element that suspends again leaves its boundary's state in place, so what is shown is what counts. */
function showsFallback(first: Fiber | null): boolean {
  for (let fiber = first; fiber; fiber = fiber.sibling) {
    if (fiber.tag === SUSPENSE_COMPONENT && fiber.memoizedState !== null) return true;
    if (fiber.child && showsFallback(fiber.child)) return true;
  }
  return false;
}

/** React's StrictLegacyMode. */
const STRICT_MODE = 0b1000;

const CONTEXT = Symbol.for('react.context');

/** Contexts, StrictMode and error boundaries above a component. */
export interface Above {
  /** Those with a provider above, the outermost first, each once. */
  readonly contexts: readonly Context<unknown>[];
  readonly isStrict: boolean;
  /** True when an error boundary is above. */
  readonly hasBoundary: boolean;
}

/** Reads what stands above a class component, which React gives its fiber to. Where React renders pages, there is none. */
export function readAbove(component: Component, except: readonly unknown[] = []): Above {
  const fiber = (component as { _reactInternals?: Fiber })._reactInternals;
  const contexts = new Set<Context<unknown>>();
  let hasBoundary = false;
  for (let at = fiber?.return; at; at = at.return) {
    hasBoundary ||= isBoundary(at);
    if ((at.type as { $$typeof?: symbol } | null)?.$$typeof === CONTEXT && !except.includes(at.type))
      contexts.add(at.type as Context<unknown>);
  }
  return {
    contexts: [...contexts].reverse(),
    isStrict: ((fiber?.mode ?? 0) & STRICT_MODE) !== 0,
    hasBoundary,
  };
}

/** True for the fiber of a component that catches errors of its children. */
function isBoundary({ tag, type, stateNode }: Fiber): boolean {
  if (tag !== CLASS_COMPONENT) return false;
  return (
    'getDerivedStateFromError' in (type as object) ||
    (stateNode as ErrorHandlers | null)?.componentDidCatch !== undefined
  );
}
