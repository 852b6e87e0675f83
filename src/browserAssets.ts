/** Serves what a page plays with: our worklet, and the embedded engine out of its own package. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { PROCESSOR_FILE, WASM_FILE, WORKLET_FILE } from './engine/browser/engineAssets.js';

/** Options of the plugin for the embedded engine's files. */
export interface EngineAssetsOptions {
  /** The folder that they are served from, within Vite's `base`. @default 'react-collider' */
  readonly folder?: string | undefined;
}

/** A file that a page needs, by the name under which it is served. */
export interface EngineAsset {
  readonly name: string;
  readonly path: string;
  readonly type: string;
}

/**
 * The files that a page needs. The engine's two are the package's own, unmodified.
 *
 * @param from - Whose dependency the engine is, as a file URL or path. @default this package
 */
export function engineAssetFiles(from: string = import.meta.url): readonly EngineAsset[] {
  const engine = dirname(createRequire(from).resolve('supersonic-scsynth-core'));
  const isSource = import.meta.url.endsWith('.ts');
  const worklet = new URL(isSource ? '../dist/browser/worklet.js' : './browser/worklet.js', import.meta.url);
  return [
    { name: WORKLET_FILE, path: fileURLToPath(worklet), type: 'text/javascript' },
    { name: PROCESSOR_FILE, path: join(engine, 'workers', PROCESSOR_FILE), type: 'text/javascript' },
    { name: WASM_FILE, path: join(engine, 'wasm', WASM_FILE), type: 'application/wasm' },
  ];
}

/**
 * A Vite plugin that serves the embedded engine beside a page while it is developed, and copies it beside what is
 * built. Nothing of it gets into a bundle: the page fetches it when it starts to play.
 */
export function engineAssets({ folder = 'react-collider' }: EngineAssetsOptions = {}): Plugin {
  let base = '/';
  return {
    name: 'react-collider-engine',
    configResolved(config) {
      base = config.base;
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://localhost');
        const asset = engineAssetFiles().find(
          ({ name }) => pathname === `${base}${folder}/${name}` || pathname === `/${folder}/${name}`,
        );
        if (!asset) return next();
        response.setHeader('Content-Type', asset.type);
        response.end(readFileSync(asset.path));
      });
    },
    generateBundle() {
      for (const { name, path } of engineAssetFiles()) {
        this.emitFile({ type: 'asset', fileName: `${folder}/${name}`, source: readFileSync(path) });
      }
    },
  };
}
