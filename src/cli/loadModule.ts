/**
 * Loads a TypeScript or JavaScript module of the user's.
 *
 * It is transformed by Vite and runs in this process. `react` and `react-collider` are always ours, wherever
 * the file lies and whatever is installed there: a second React would have its own hooks.
 */

import { existsSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { RunnableDevEnvironment, ViteDevServer } from 'vite';
import { codeFrame, syntaxProblemOf } from '../dev/codeFrame.js';
import { OurPackages } from '../dev/ourPackages.js';
import { exitCodes } from './exitCodes.js';
import { CliError, describeFailure } from './failure.js';

export interface LoadedModule {
  readonly file: string;
  readonly exports: Readonly<Record<string, unknown>>;
  close(): Promise<void>;
}

/** @throws CliError when the file is not there or cannot be read as a program. */
export async function loadModule(path: string): Promise<LoadedModule> {
  const file = resolve(path);
  if (!existsSync(file)) throw composition(`${path} does not exist (looked for ${file}).`);
  if (!statSync(file).isFile())
    throw composition(`${path} is a folder, not a composition. Give the file in it.`);
  const vite = await startVite(dirname(file));
  try {
    return { file, exports: await importModule(vite, file), close: () => vite.close() };
  } catch (error) {
    await vite.close();
    throw error;
  }
}

const ENVIRONMENT = 'composition';

async function startVite(root: string): Promise<ViteDevServer> {
  const { createRunnableDevEnvironment, createServer } = await import('vite');
  const development = process.env.NODE_ENV === 'development';
  const ours = new OurPackages();
  return createServer({
    configFile: false,
    root,
    appType: 'custom',
    logLevel: 'silent',
    mode: development ? 'development' : 'production',
    server: { middlewareMode: true, ws: false, hmr: false, watch: null },
    optimizeDeps: { noDiscovery: true, include: [] },
    oxc: { jsx: { runtime: 'automatic', development } },
    plugins: [ours.plugin()],
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
