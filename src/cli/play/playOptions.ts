import type { BootOptions } from 'react-collider/node';

/** Options of `play` and `dev`. */
export interface PlayOptions {
  readonly engine?: NonNullable<BootOptions['engine']>;
  readonly duration?: number;
  readonly record?: string;
  readonly printOsc?: boolean;
  readonly json?: boolean;
  readonly plain?: boolean;
  readonly latency?: number;
  readonly port?: number;
  readonly scsynth?: string;
  readonly supernova?: string;
  readonly device?: string;
  readonly config?: string;
  /** In seconds; of `dev` alone. */
  readonly crossfade?: number;
  /** The grid of beats on which a save is heard; of `dev` alone. */
  readonly quant?: number;
  /** The port of React's DevTools, or true for its default; of `dev` alone. */
  readonly devtools?: number | true;
}
