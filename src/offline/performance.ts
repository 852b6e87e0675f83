/**
 * Performs a piece under a virtual clock: React renders each moment, and time goes on when all of it is done.
 */

import type { ReactNode } from 'react';
import type { SoundFileFacts } from '../engine/soundfile/soundFileFacts.js';
import { SuperColliderError } from '../errors.js';
import { createRoot } from '../reconciler/root.js';
import type { Root, RootOptions } from '../reconciler/rootOptions.js';
import type { ServerOptions } from '../server/options.js';
import { VirtualClock } from '../time/virtualClock.js';
import type { Seconds } from '../units.js';
import type { ScoreEntry, ScoreNodeFacts } from './score.js';
import { ScoreServer } from './scoreServer.js';

/** Length of the performance. */
export type Length = Seconds | 'until-silent';

/** Options of a performance without a sound device. */
export interface PerformanceOptions
  extends Pick<RootOptions, 'synthDefs' | 'library' | 'readFile' | 'readFolder' | 'seed' | 'onCommit'> {
  /** Seconds, or `until-silent`: until nothing is scheduled any more and nothing is known to sound. */
  readonly duration: Length;
  /** The options of the server that plays the score. */
  readonly server: ServerOptions;
  /** Reads the size of a sound file. */
  readonly soundFile: (path: string) => Promise<SoundFileFacts>;
  /** Resolves a relative path, for errors. */
  readonly fullPath?: ((path: string) => string) | undefined;
  /** The longest that a piece is followed when it has no duration. @default 3600 */
  readonly longest?: Seconds | undefined;
  /** Seconds of ours that a component may be suspended at one moment. @default 60 */
  readonly suspenseTimeout?: Seconds | undefined;
  /** Takes what is sent. */
  readonly onEntry: (entry: ScoreEntry) => void;
  /** Called after each moment; a promise asks to wait with the next. */
  readonly catchUp?: (() => Promise<void> | undefined) | undefined;
  /** Called as time goes on. */
  readonly onTime?: ((time: Seconds) => void) | undefined;
  /** Gives up. */
  readonly signal?: AbortSignal | undefined;
}

export interface PerformanceResult {
  /** End of the piece, in seconds. */
  readonly duration: Seconds;
  readonly nodes: ScoreNodeFacts;
}

export const DEFAULT_SEED = 1;
const DEFAULT_LONGEST: Seconds = 3600;
const DEFAULT_SUSPENSE_TIMEOUT: Seconds = 60;

/**
 * Renders an element from its beginning to its end and hands over every bundle, in the order of their times.
 *
 * Suspended components and buffers load at their timestamp, outside of time. Timers of the piece's own
 * (`setTimeout`, `setInterval`) are not virtual: rendered music counts beats.
 *
 * @throws SuperColliderError `invalid-time` for an invalid duration, and for a piece without an end.
 * @throws The first error of the piece that no boundary of its own caught.
 */
export async function perform(element: ReactNode, options: PerformanceOptions): Promise<PerformanceResult> {
  const { duration, longest = DEFAULT_LONGEST } = options;
  checkDuration(duration);
  const end = duration === 'until-silent' ? longest : duration;
  const clock = new VirtualClock();
  const server = new ScoreServer({
    options: options.server,
    clock,
    seed: options.seed ?? DEFAULT_SEED,
    soundFile: options.soundFile,
    fullPath: options.fullPath,
    onEntry: options.onEntry,
  });
  const failure: { error?: unknown } = {};
  const root = createRoot(server, {
    clock,
    seed: options.seed ?? DEFAULT_SEED,
    synthDefs: options.synthDefs,
    library: options.library,
    readFile: options.readFile,
    readFolder: options.readFolder,
    onCommit: options.onCommit,
    onError: (error) => {
      failure.error ??= error;
    },
  });
  server.open(root.scheduler, (id) => root.elementOf(id)?.name);
  try {
    await root.render(element);
    const wait = waitFor(root, failure, options);
    for (;;) {
      await wait(clock.now());
      server.tellNews();
      const next = root.scheduler.nextTime;
      if (next === undefined || next >= end) {
        if (next !== undefined && duration === 'until-silent') throw endless(longest);
        break;
      }
      clock.moveTo(Math.max(next, clock.now()));
      root.scheduler.runNext();
      options.onTime?.(clock.now());
      const busy = options.catchUp?.();
      if (busy) await busy;
    }
    if (duration !== 'until-silent') clock.moveTo(Math.max(duration, clock.now()));
  } finally {
    server.close();
    await root.unmount({ timeout: 0 });
  }
  return { duration: Math.max(clock.now(), server.last), nodes: server.facts };
}

/** Waits until a moment is complete: nothing suspended, nothing loading, nothing left to render. */
function waitFor(
  root: Root,
  failure: { error?: unknown },
  { signal, suspenseTimeout = DEFAULT_SUSPENSE_TIMEOUT }: PerformanceOptions,
): (time: Seconds) => Promise<void> {
  return async (time) => {
    await undefined; // what leaves at the end of the microtask has left
    let since: number | undefined;
    for (let turn = 0; root.isWaiting && failure.error === undefined; turn++) {
      signal?.throwIfAborted();
      since ??= performance.now();
      if (performance.now() - since > suspenseTimeout * 1000) {
        throw new SuperColliderError(
          'timeout',
          `A component has been suspended for ${suspenseTimeout} s at ${time.toFixed(3)} s of the piece: what it waits for does not come.`,
        );
      }
      // Files and promises of our own are there in a turn or two; a network takes longer.
      await (turn < 100 ? nextTurn() : new Promise<void>((resolve) => setTimeout(resolve, 1)));
    }
    signal?.throwIfAborted();
    if (failure.error !== undefined) throw failure.error;
  };
}

function checkDuration(duration: Length): void {
  if (duration === 'until-silent' || (duration > 0 && duration < Number.POSITIVE_INFINITY)) return;
  throw new SuperColliderError(
    'invalid-time',
    `The duration to render is ${duration}. It is a number of seconds over 0, or "until-silent".`,
  );
}

const endless = (longest: Seconds): SuperColliderError =>
  new SuperColliderError(
    'invalid-time',
    `The piece goes on after ${longest} s, so it cannot be rendered until it is silent. Something is scheduled ` +
      'without an end, such as a <Loop> without times or useBeat(). Give a duration instead.',
  );

/** A turn of the event loop; pages have no quicker one than a timer's. */
const nextTurn = (): Promise<void> =>
  new Promise((resolve) =>
    typeof setImmediate === 'function' ? setImmediate(resolve) : setTimeout(resolve),
  );
