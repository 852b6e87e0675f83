/**
 * `react-collider/node`: booting servers from Node.
 */

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseEngine } from './engine/choose.js';
import type { Engine, EngineKind } from './engine/engine.js';
import { bootNative } from './engine/native/boot.js';
import { createRoot as createPlainRoot, type Root, type RootOptions } from './reconciler/root.js';
import { type ServerOptions, serverOptions } from './server/options.js';
import { Server } from './server/server.js';
import type { Seconds } from './units.js';

export type { Engine, EngineKind } from './engine/engine.js';
export { sonicPiSynthDefs } from './sonicPi.js';

export interface BootOptions extends Partial<ServerOptions> {
  /** `auto` takes scsynth where it is installed and boots, else the embedded engine. @default 'auto' */
  readonly engine?: EngineKind | 'auto' | undefined;
  /** The executable of scsynth or supernova. @default looked for in SCSYNTH, SUPERNOVA, PATH and the usual places */
  readonly path?: string | undefined;
  /** Environment of a native server. @default ours */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Seconds until a native server must answer. @default 10 */
  readonly bootTimeout?: Seconds | undefined;
  /** Boots the engine again when it dies; what roots have rendered comes back by itself. @default false */
  readonly restart?: boolean | undefined;
  /** Called when that fails. @default throws it as an unhandled rejection */
  readonly onRestartFailed?: ((error: Error) => void) | undefined;
  /** Called with one line that says which engine it is, and why, also after a reboot. */
  readonly onEngine?: ((reason: string, engine: Engine) => void) | undefined;
}

/**
 * Boots an engine and connects to it. The server is ours: `quit`, or the end of the program, ends it.
 *
 * @throws SuperColliderError `bad-option`, `not-found`, `port-in-use`, `boot-failed`.
 */
export async function boot(settings: BootOptions = {}): Promise<Server> {
  const {
    engine = 'auto',
    path,
    env,
    bootTimeout,
    onEngine,
    restart = false,
    onRestartFailed,
    ...given
  } = settings;
  const options = serverOptions(given);
  const choose = () =>
    chooseEngine(engine, {
      path,
      native: (program) => bootNative(program, { options, path, env, timeout: bootTimeout }),
      embedded: async () => {
        const { bootEmbedded } = await import('./engine/embedded/bootEmbedded.js');
        return bootEmbedded(options);
      },
    });
  const bootEngine = async (): Promise<Engine> => {
    const choice = await choose();
    onEngine?.(choice.reason, choice.engine);
    return choice.engine;
  };
  const first = await bootEngine();
  try {
    const server = await Server.open(first, { options, bootEngine, writeFile: writeTemporaryFile });
    if (restart) rebootWhenLost(server, onRestartFailed);
    return server;
  } catch (error) {
    await first.quit();
    throw error;
  }
}

/** Boots the engine again whenever it ends without having been asked to. */
function rebootWhenLost(server: Server, onFailed: ((error: Error) => void) | undefined): void {
  server.onState((state, reason) => {
    if (state !== 'offline' || !reason || reason.asked) return;
    server.reboot().catch((error: Error) => {
      if (!onFailed) throw error;
      onFailed(error);
    });
  });
}

/** A root that can read files, as `createRoot` of `react-collider` otherwise. */
export function createRoot(server: Server, options: RootOptions = {}): Root {
  return createPlainRoot(server, { readFile: (path) => readFileSync(path), ...options });
}

async function writeTemporaryFile(name: string, bytes: Uint8Array) {
  const path = join(tmpdir(), `react-collider-${randomUUID()}-${name}`);
  await writeFile(path, bytes);
  return { path, remove: () => rm(path, { force: true }) };
}
