/**
 * What a React root has left to do, as its lanes and fibers say.
 *
 * @see react-reconciler/src/ReactFiberLane.js of the pinned version
 */

/** `SyncLane | InputContinuousLane | DefaultLane`: what a synchronous flush renders together. */
export const WAITING_LANES = 42;

/** All `TransitionLane`s and the deferred ones: bits 8 to 21. */
export const UNSTAMPED_LANES = 4_194_048;

const SUSPENSE_COMPONENT = 13;

interface FiberRoot {
  readonly pendingLanes: number;
  readonly current: Fiber;
}

interface Fiber {
  readonly tag: number;
  readonly memoizedState: unknown;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
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
