import type { EngineKind } from './engine/engine.js';
import type { ServerOptions } from './server/options.js';
import type { SynthDef } from './synthdef/index.js';
import type { Seconds } from './units.js';

/**
 * The contents of `react-collider.config.ts`, for all compositions in its folder and below. Options of the
 * command line win.
 */
export interface Config {
  /** `auto` takes scsynth where it is installed and boots, else the embedded engine. @default 'auto' */
  readonly engine?: EngineKind | 'auto' | undefined;
  /** The executable of scsynth. @default looked for in SCSYNTH, PATH and the usual places */
  readonly scsynth?: string | undefined;
  /** The executable of supernova. @default looked for in SUPERNOVA, PATH and the usual places */
  readonly supernova?: string | undefined;
  /** Seconds from a commit to the moment when it sounds. @default 0.2 */
  readonly latency?: Seconds | undefined;
  /** Seconds before its moment that what is scheduled runs, in addition to `latency`. @default 0.1 */
  readonly lookahead?: Seconds | undefined;
  /**
   * Seconds in which a dev session fades out removed synths, and fades edited ones into their new form.
   *
   * It is for definitions that have no gate and do not end by themselves. @default 0, at once
   */
  readonly crossfade?: Seconds | undefined;
  /** The grid of beats on which a save is heard, for `dev`. @default at once */
  readonly quant?: number | undefined;
  /** Options that the server is started with. `render` takes its channels and sample rate from here, too. */
  readonly server?: Partial<ServerOptions> | undefined;
  /**
   * Definitions that `<Synth def="name">` may mean without a `<Definition>`: of `synthDef()`, or `.scsyndef` files,
   * as paths from the folder of the configuration.
   */
  readonly synthDefs?: readonly (SynthDef | string)[] | undefined;
}

/**
 * Returns its argument: `export default defineConfig({ … })` has types without naming any.
 *
 * @see Config
 */
export const defineConfig = (config: Config): Config => config;
