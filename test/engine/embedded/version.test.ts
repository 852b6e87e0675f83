import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadEngineFiles } from '../../../src/engine/embedded/engineFiles.js';
import { WasmEngine, type WorldOptions } from '../../../src/engine/embedded/wasmEngine.js';

const world: WorldOptions = {
  sampleRate: 48_000,
  numOutputBusChannels: 2,
  numInputBusChannels: 2,
  numBuffers: 1024,
  maxNodes: 1024,
  maxSynthDefs: 1024,
  numWireBufs: 64,
  audioBuses: 128,
  controlBuses: 4096,
  memSize: 8192,
};

const INSTALL = 'npm install supersonic-scsynth-core@0.59.0';
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedded-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('a package of another version is refused with how to install the right one', async () => {
  const core = join(folder, 'node_modules/supersonic-scsynth-core');
  await mkdir(core, { recursive: true });
  await writeFile(join(core, 'package.json'), '{"version":"0.60.0","main":"index.js"}');
  await writeFile(join(core, 'index.js'), '');
  await expect(loadEngineFiles(join(folder, 'app.js'))).rejects.toThrow(
    `The embedded engine needs supersonic-scsynth-core 0.59.0: version 0.60.0 is installed in ${core}. Install it with ${INSTALL}.`,
  );
});

test('a package that is not installed is refused in the same way', async () => {
  await expect(loadEngineFiles('/app.js')).rejects.toThrow(
    `The embedded engine needs supersonic-scsynth-core 0.59.0: Cannot find module 'supersonic-scsynth-core'. Install it with ${INSTALL}.`,
  );
});

test('a build with another memory layout is refused, naming what differs', async () => {
  const files = await loadEngineFiles();
  const processor = files.processor.replace('MESSAGE_HEADER_SIZE:16', 'MESSAGE_HEADER_SIZE:20');
  await expect(WasmEngine.boot({ ...files, processor }, world, () => undefined)).rejects.toThrow(
    'its MESSAGE_HEADER_SIZE is 20 instead of 16',
  );
});

test('a processor that is something else is refused', async () => {
  const files = await loadEngineFiles();
  await expect(WasmEngine.boot({ ...files, processor: '' }, world, () => undefined)).rejects.toThrow(
    'its worklet registers no processor',
  );
});

test('a broken WebAssembly file is refused with the reason', async () => {
  const files = await loadEngineFiles();
  const wasm = files.wasm.slice(0, 1000);
  await expect(WasmEngine.boot({ ...files, wasm }, world, () => undefined)).rejects.toThrow(
    /^The embedded engine did not start: WebAssembly\.compile\(\).+reinstall it with/,
  );
});
