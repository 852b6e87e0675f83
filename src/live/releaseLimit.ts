/** Frees what left the tree and has not ended after the longest time that it may take; says so of a release. */

import type { Command } from '../commands/command.js';
import { SuperColliderError } from '../errors.js';
import type { Leaving, ReleaseLimits } from '../scene/leavingNodes.js';
import type { Placement } from '../scene/placement.js';
import type { Seconds, UnixTime } from '../units.js';

export interface ReleaseLimitOptions {
  /** Infinite for none. */
  readonly timeout: Seconds;
  readonly placement: Placement;
  readonly now: () => UnixTime;
  readonly delay: (seconds: Seconds, callback: () => void) => () => void;
  readonly send: (commands: readonly Command[]) => void;
  readonly onFailure: (error: SuperColliderError) => void;
}

export class ReleaseLimit {
  readonly #options: ReleaseLimitOptions;
  /** Calls off the wait for the first release to be too long. */
  #cancel: (() => void) | undefined;

  constructor(options: ReleaseLimitOptions) {
    this.#options = options;
  }

  /** Looks after what left the tree until now. */
  watch(): void {
    const { placement, now, delay } = this.#options;
    const first = placement.firstDeadline(this.#limits);
    if (first === Number.POSITIVE_INFINITY || this.#cancel) return;
    this.#cancel = delay(Math.max(0, first - now()), () => {
      this.#cancel = undefined;
      this.#cut();
      this.watch();
    });
  }

  /** A node has ended: when it was the last, nothing is waited for, and no timer keeps a program that is over. */
  look(): void {
    if (this.#options.placement.isLeaving) return;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  get #limits(): ReleaseLimits {
    const { timeout } = this.#options;
    return { released: timeout, ringing: MAX_RINGING };
  }

  #cut(): void {
    const { timeout, placement, now, send, onFailure } = this.#options;
    const cut: Leaving[] = [];
    send(placement.cutReleases(now() + CLOSE, this.#limits, cut));
    for (const leaving of cut) if (leaving.isGated) onFailure(tookTooLong(leaving, timeout));
  }
}

/** The limit for a drum that was paused during its sound, or that a handle made longer. */
const MAX_RINGING: Seconds = 11;

/** A timer may be early by a millisecond. */
const CLOSE: Seconds = 0.002;

function tookTooLong(leaving: Leaving, timeout: Seconds): SuperColliderError {
  const { id, element } = leaving;
  const path = pathOf(leaving);
  return new SuperColliderError(
    'timeout',
    `<${element.type}> at ${path} (node ${id}) had not ended ${timeout} s after its release, and was freed. ` +
      'Its gate was set to 0: shorten the release of its envelope, raise releaseTimeout, or write exit="free" for ' +
      'what is to stop at once.',
    { path, node: id },
  );
}

/** React forgets where an element was that has left; the scene knows its name, and the group that it was released in. */
function pathOf({ element, releasedIn }: Leaving): string {
  if (element.parent) return element.path();
  const group = !releasedIn || releasedIn.type === 'Root' ? '' : releasedIn.path();
  return `${group}/${element.name ?? element.type}`;
}
