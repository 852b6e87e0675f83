/**
 * Loads a TypeScript or JavaScript module of the user's.
 *
 * It is transformed by Vite and runs in this process. `react` and `react-collider` are always ours, wherever
 * the file lies and whatever is installed there: a second React would have its own hooks.
 */

import { existsSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Plugin, RunnableDevEnvironment, ViteDevServer } from 'vite';
import { exitCodes } from './exitCodes.js';
import { CliError, codeFrame, describeFailure } from './failure.js';

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

/** `react` and `react-collider`, resolved from here and loaded by Node itself, so that there is one of each. */
class OurPackages {
  readonly #urls = new Set<string>();

  plugin(): Plugin {
    return {
      name: 'react-collider:one-react',
      enforce: 'pre',
      resolveId: (id) => {
        if (!/^(react|react-collider)($|\/)/.test(id)) return null;
        const url = import.meta.resolve(id);
        this.#urls.add(url);
        return { id: url, external: true };
      },
    };
  }

  /** Vite runs what has a file URL through its own runner, external or not; these go to Node's loader. */
  leaveToNode(environment: RunnableDevEnvironment): RunnableDevEnvironment {
    const fetchModule = environment.fetchModule.bind(environment);
    environment.fetchModule = async (id, importer, options) => {
      if (!this.#urls.has(id)) return fetchModule(id, importer, options);
      // React is CommonJS: its named exports need the runner's help.
      return { externalize: id, type: id.includes('/react/') ? 'commonjs' : 'module' };
    };
    return environment;
  }
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

/**
 * What a syntax error of the transform says: Vite's parser puts kind, reason and place into a coloured
 * drawing, of which the kind in brackets, the line after it and `file:line:column` are taken.
 */
function syntaxErrorOf({ message }: Error): string | undefined {
  const text = stripVTControlCharacters(message);
  const reason = /\[PARSE_ERROR\] (.+)/.exec(text)?.[1];
  if (reason === undefined) return undefined;
  const place = /\[ (\S+):(\d+):(\d+) \]/.exec(text);
  if (!place) return `There is a syntax error: ${reason}.`;
  const [, path, line, column] = place;
  const file = resolve(path!);
  return `${relative(process.cwd(), file)} has a syntax error: ${reason}.\n${codeFrame(file, Number(line), Number(column)) ?? ''}`;
}

const composition = (message: string, cause?: unknown): CliError =>
  new CliError(message, exitCodes.composition, { cause });
