/**
 * Loads a TypeScript or JavaScript module of the user's.
 *
 * It is transformed by Vite and runs in this process. `react` and `react-collider` are always ours, wherever
 * the file lies and whatever is installed there: a second React would have its own hooks.
 */

import { existsSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importedFiles } from 'react-collider/vite';
import type { RunnableDevEnvironment, ViteDevServer } from 'vite';
import { codeFrame, syntaxProblemOf } from '../dev/codeFrame.js';
import { compiled } from '../dev/compile.js';
import { OurPackages } from '../dev/ourPackages.js';
import { exitCodes } from './exitCodes.js';
import { CliError, describeFailure } from './failure.js';

export interface LoadedModule {
  readonly file: string;
  readonly exports: Readonly<Record<string, unknown>>;
  close(): Promise<void>;
}

/** A module that can be loaded again and again, as it is on disk by then. */
export interface OpenModule {
  readonly file: string;
  /** @throws CliError when it cannot be read as a program. */
  load(): Promise<LoadedModule['exports']>;
  /** Every requested file, also those that could not be compiled. */
  readonly files: readonly string[];
  /** Tells of files that change, once they are added; those of the module are. */
  readonly watcher: ViteDevServer['watcher'];
  close(): Promise<void>;
}

/** @throws CliError when the file is not there or cannot be read as a program. */
export async function loadModule(path: string): Promise<LoadedModule> {
  const { file, load, close } = await openModule(path);
  try {
    return { file, exports: await load(), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * @param watches - True to watch the files.
 * @throws CliError when the file is not there.
 */
export async function openModule(path: string, watches = false): Promise<OpenModule> {
  const file = resolve(path);
  if (!existsSync(file)) throw composition(`${path} does not exist (looked for ${file}).`);
  if (!statSync(file).isFile())
    throw composition(`${path} is a folder, not a composition. Give the file in it.`);
  // Vite watches its root: in our own folder that is nothing that changes.
  const vite = await startVite(watches ? dirname(fileURLToPath(import.meta.url)) : dirname(file), watches);
  const { runner, moduleGraph } = vite.environments[ENVIRONMENT] as RunnableDevEnvironment;
  return {
    file,
    load: async () => {
      runner.clearCache();
      try {
        return await importModule(vite, file);
      } finally {
        if (watches) vite.watcher.add([file, ...moduleGraph.fileToModulesMap.keys()]);
      }
    },
    get files() {
      return [...moduleGraph.fileToModulesMap.keys()];
    },
    watcher: vite.watcher,
    close: () => vite.close(),
  };
}

const ENVIRONMENT = 'composition';

async function startVite(root: string, watches: boolean): Promise<ViteDevServer> {
  const { createRunnableDevEnvironment, createServer } = await import('vite');
  const development = process.env.NODE_ENV === 'development';
  const ours = new OurPackages();
  return createServer({
    configFile: false,
    root,
    appType: 'custom',
    logLevel: 'silent',
    mode: development ? 'development' : 'production',
    server: { middlewareMode: true, ws: false, hmr: false, watch: watches ? {} : null },
    optimizeDeps: { noDiscovery: true, include: [] },
    oxc: false,
    plugins: [compiled({ development }), importedFiles({ sounds: 'path' }), ours.plugin()],
    environments: {
      [ENVIRONMENT]: {
        consumer: 'server',
        dev: {
          createEnvironment: (name, config) => ours.leaveToNode(createRunnableDevEnvironment(name, config)),
        },
      },
    },
  });
}

async function importModule(vite: ViteDevServer, file: string): Promise<Record<string, unknown>> {
  try {
    const environment = vite.environments[ENVIRONMENT] as RunnableDevEnvironment;
    return await environment.runner.import<Record<string, unknown>>(file);
  } catch (cause) {
    const error = cause instanceof Error ? cause : new Error(String(cause));
    const syntax = syntaxErrorOf(error);
    if (syntax) throw composition(syntax, error);
    throw composition(
      `${relative(process.cwd(), file)} could not be loaded. ${describeFailure(error, file)}`,
      error,
    );
  }
}

function syntaxErrorOf(error: Error): string | undefined {
  const problem = syntaxProblemOf(error);
  if (!problem) return undefined;
  const { reason, place } = problem;
  if (!place) return `There is a syntax error: ${reason}.`;
  return `${relative(process.cwd(), place.file)} has a syntax error: ${reason}.\n${codeFrame(place) ?? ''}`;
}

const composition = (message: string, cause?: unknown): CliError =>
  new CliError(message, exitCodes.composition, { cause });
