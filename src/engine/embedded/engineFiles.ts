import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { SuperColliderError } from '../../errors.js';
import { type EngineFiles, PINNED_VERSION } from './wasmEngine.js';

/**
 * The engine's two files, from its own package as it is installed beside this one.
 *
 * @param from - Whose dependency it is, as a file URL or path. @default this package
 * @throws SuperColliderError `boot-failed` when the package is missing or of another version.
 */
export async function loadEngineFiles(from: string = import.meta.url): Promise<EngineFiles> {
  try {
    const folder = dirname(createRequire(from).resolve('supersonic-scsynth-core'));
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
      version: string;
    };
    if (version !== PINNED_VERSION) throw new Error(`version ${version} is installed in ${folder}`);
    const wasm = await readFile(join(folder, 'wasm/scsynth-nrt.wasm'));
    return {
      processor: await readFile(join(folder, 'workers/scsynth_audio_worklet.js'), 'utf8'),
      wasm: new Uint8Array(wasm),
    };
  } catch (cause) {
    throw new SuperColliderError(
      'boot-failed',
      `The embedded engine needs supersonic-scsynth-core ${PINNED_VERSION}: ` +
        `${(cause as Error).message.split('\n')[0]}. ` +
        `Install it with npm install supersonic-scsynth-core@${PINNED_VERSION}.`,
      { cause },
    );
  }
}
