/**
 * The files that a page plays with: our worklet and the engine.
 *
 * The engine is a package of its own under the GPL, and never part of anybody's bundle. The Vite plugin of
 * `react-collider/vite` serves the files beside the page, or one copies them.
 */

import { SuperColliderError } from '../../errors.js';
import type { EngineFiles } from '../embedded/wasmEngine.js';

/** The default folder of the files. */
export const DEFAULT_FILES = '/react-collider/';

export const WORKLET_FILE = 'worklet.js';
export const PROCESSOR_FILE = 'scsynth_audio_worklet.js';
export const WASM_FILE = 'scsynth-nrt.wasm';

/** The address of a file in the folder `files`. */
export function assetUrl(files: string, name: string): string {
  return new URL(name, new URL(files.endsWith('/') ? files : `${files}/`, document.baseURI)).href;
}

/**
 * Fetches the engine.
 *
 * @throws SuperColliderError `boot-failed` when a file is not there, or is something else: many servers of pages
 *   answer with the page itself instead of 404.
 */
export async function fetchEngine(files: string): Promise<EngineFiles> {
  const [processor, wasm] = await Promise.all([
    fetchAsset(files, PROCESSOR_FILE),
    fetchAsset(files, WASM_FILE),
  ]);
  if (wasm[0] !== 0 || wasm[1] !== 0x61) throw notServed(files, WASM_FILE, 'what came is no WebAssembly');
  const text = new TextDecoder().decode(processor);
  if (text.trimStart().startsWith('<')) throw notServed(files, PROCESSOR_FILE, 'what came is a page');
  return { processor: text, wasm };
}

async function fetchAsset(files: string, name: string): Promise<Uint8Array<ArrayBuffer>> {
  let response: Response;
  try {
    response = await fetch(assetUrl(files, name));
  } catch (cause) {
    throw notServed(files, name, (cause as Error).message, cause);
  }
  if (!response.ok) throw notServed(files, name, `status ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** A file of the engine cannot be had. */
export function notServed(files: string, name: string, why: string, cause?: unknown): SuperColliderError {
  return new SuperColliderError(
    'boot-failed',
    `The embedded engine needs ${assetUrl(files, name)}: ${why}. Add engineAssets() of react-collider/vite to the plugins ` +
      `of vite.config.ts, or copy the files as docs/in-the-page.md shows, and say where they are with files.`,
    { cause },
  );
}
