/** Output of `play` and `dev`, for people and for programs. */

import type { Commit, Root } from 'react-collider';
import type { Engine } from 'react-collider/node';
import type { LifecycleEvent, Server } from 'react-collider/server';
import type { Problem } from '../../dev/problem.js';
import type { Update } from '../../dev/session.js';
import type { Clipping } from '../../terminal/clipping.js';
import type { Performance } from '../../terminal/performance.js';

export interface Output {
  /** True where somebody watches: errors in the middle are shown, and a lost engine is booted again. */
  readonly isWatched: boolean;
  /** The engine boots, at first or again. */
  engine(engine: Engine, reason: string): void;
  /** The engine is there, and the piece is about to begin. */
  opens(performance: Performance, quit: (isInterrupted: boolean) => void): Promise<void>;
  server(event: LifecycleEvent): void;
  /** The piece has begun. */
  ready(root: Root, server: Server): Promise<void>;
  commit(commit: Commit): void;
  /** A save was taken over. */
  update(update: Update, server: Server): void;
  /** A problem of the piece, while everything sounds on. */
  problem(problem: Problem): void;
  /** A late event, or any other error beside the piece. */
  late(error: Error): void;
  /** It is louder than a sound device can play. */
  clips(clipping: Clipping): void;
  /** No more of the piece is shown. */
  closes(): Promise<void>;
  recorded(path: string): void;
  /** Why it ends before its time. */
  failed(error: unknown): void;
  exit(code: number): void | Promise<void>;
}
