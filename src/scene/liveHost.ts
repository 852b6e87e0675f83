/** The scene as values that move see it. */

import type { Timeline } from '../time/timeline.js';
import type { UnixTime } from '../units.js';
import type { BusHandle } from './handles.js';

/** The part of a live scene that values in its controls use. */
export interface LiveHost {
  /** The time of the commit that is being made, else the earliest time for a commit made now. */
  readonly time: UnixTime;
  /** The time that a caller has set; `undefined` where commits leave at once. */
  readonly stamp: UnixTime | undefined;
  /** Samples a second, where the server or its engine says so. */
  readonly server: {
    readonly sampleRate?: number | undefined;
    readonly engine?: { readonly sampleRate?: number | undefined } | undefined;
  };
  readonly resources: {
    /** Mounts a bus and gives the bus its index at once. */
    mountNow(bus: BusHandle): () => void;
  };
  readonly clock: { now(): UnixTime };
  /** True when the scene is gone. */
  readonly isClosed: boolean;
  readonly scheduler: {
    /** Has a function called for a time. */
    schedule(time: UnixTime, callback: () => void): { cancel(): void };
  };
  /** The beats of a root without a `<Transport>`, a beat a second. */
  readonly transport: { readonly clock: Timeline };
  /** Starts that transport, unless it runs. */
  beginTransport(): void;
  /** Makes a commit at the end of the microtask, or of the callback that is being run for a time. */
  commitSoon(): void;
}
