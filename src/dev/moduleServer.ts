/**
 * The user's modules, running in this process and followed as they change on disk: Vite's module runner.
 */

import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importedFiles } from 'react-collider/vite';
import type { Plugin, RunnableDevEnvironment, ViteDevServer } from 'vite';
import type { ModuleEvaluator } from 'vite/module-runner';
import { FileChanges } from './fileChanges.js';
import { OurPackages } from './ourPackages.js';

const ENVIRONMENT = 'composition';

export interface ModuleServerOptions {
  readonly plugins: readonly Plugin[];
  /** Value of `import.meta.session` in modules. */
  readonly session: object;
  /** Called with what goes wrong while changed modules are fetched and run. */
  readonly onError: (error: unknown) => void;
  /** Called with a file that was read, and is not there any more. */
  readonly onGone: (file: string) => void;
  /** Called when a needed file is back: everything must be loaded again. */
  readonly onNeeded: () => void;
}

export class ModuleServer {
  readonly saves: FileChanges;

  private constructor(
    readonly vite: ViteDevServer,
    { onGone, onNeeded }: Pick<ModuleServerOptions, 'onGone' | 'onNeeded'>,
  ) {
    this.saves = new FileChanges(vite.watcher, onGone, onNeeded);
  }

  static async start(options: ModuleServerOptions): Promise<ModuleServer> {
    const { plugins, session, onError } = options;
    const { createRunnableDevEnvironment, createServer } = await import('vite');
    const { ESModulesEvaluator } = await import('vite/module-runner');
    const evaluator = new ESModulesEvaluator();
    const runsWithSession: ModuleEvaluator = {
      startOffset: evaluator.startOffset,
      runExternalModule: (file) => evaluator.runExternalModule(file),
      runInlinedModule: (context, code) => {
        Object.assign(context.__vite_ssr_import_meta__, { session });
        return evaluator.runInlinedModule(context, code);
      },
    };
    const ours = new OurPackages();
    const vite = await createServer({
      configFile: false,
      // Nothing of the user's lies here: what is watched is the files that are imported, and no more.
      root: dirname(fileURLToPath(import.meta.url)),
      appType: 'custom',
      logLevel: 'silent',
      mode: 'development',
      server: { middlewareMode: true, ws: false },
      optimizeDeps: { noDiscovery: true, include: [] },
      oxc: false,
      plugins: [...plugins, importedFiles({ sounds: 'path' }), ours.plugin()],
      environments: {
        [ENVIRONMENT]: {
          consumer: 'server',
          dev: {
            createEnvironment: (name, config) =>
              ours.leaveToNode(
                createRunnableDevEnvironment(name, config, {
                  runnerOptions: {
                    hmr: { logger: { error: onError, debug: () => {} } },
                    evaluator: runsWithSession,
                  },
                }),
              ),
          },
        },
      },
    });
    return new ModuleServer(vite, options);
  }

  get #environment(): RunnableDevEnvironment {
    return this.vite.environments[ENVIRONMENT] as RunnableDevEnvironment;
  }

  import(id: string): Promise<Record<string, unknown>> {
    return this.#environment.runner.import(id);
  }

  /** Exports of a module since it ran last; `undefined` when it never did. */
  exportsOf(file: string): Readonly<Record<string, unknown>> | undefined {
    return this.#environment.runner.evaluatedModules.getModuleById(file)?.exports;
  }

  /** True when a module of the piece imports the file, as it is on disk now. */
  isImported(file: string): boolean {
    const modules = this.#environment.moduleGraph.getModulesByFile(file);
    return [...(modules ?? [])].some(({ importers }) => importers.size > 0);
  }

  /** Every requested file, also those that could not be compiled. */
  get files(): string[] {
    return [...this.#environment.moduleGraph.fileToModulesMap.keys()];
  }

  /** Calls `listener` when the file changes, until the server closes. */
  watch(file: string, listener: () => void): void {
    this.vite.watcher.add(file);
    let isWaiting = false;
    this.vite.watcher.on('change', async (changed) => {
      if (changed !== file || isWaiting) return;
      isWaiting = true;
      await this.saves.written(file);
      isWaiting = false;
      listener();
    });
  }

  close(): Promise<void> {
    this.saves.close();
    return this.vite.close();
  }
}
