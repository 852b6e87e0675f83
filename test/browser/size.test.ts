/** How much a page has to load before it plays: what is built is measured, minified and gzipped. */

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rollup } from 'vite';
import { expect, test } from 'vitest';

const built = (file: string) => fileURLToPath(new URL(`../../dist/${file}`, import.meta.url));

/** React is the page's own, its reconciler too: it is a package of React's. */
const REACT = [/^react($|\/)/, /^react-dom($|\/)/, /^react-reconciler($|\/)/, /^scheduler($|\/)/];

interface Built {
  readonly chunks: readonly Rollup.OutputChunk[];
  /** Bytes of a chunk and of all that it imports before it runs. */
  size(...names: readonly string[]): number;
}

async function buildEntry(code: string): Promise<Built> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      modulePreload: false,
      rolldownOptions: { input: 'entry', external: REACT, preserveEntrySignatures: 'strict' },
    },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? '\0entry' : undefined),
        load: (id) => (id === '\0entry' ? code : undefined),
      },
    ],
  });
  const outputs = Array.isArray(result) ? result : [result as Rollup.RollupOutput];
  const chunks = outputs.flatMap(({ output }) => output).filter((part) => part.type === 'chunk');
  const closure = (names: readonly string[]): Rollup.OutputChunk[] => {
    const seen = new Set<Rollup.OutputChunk>();
    const visit = (chunk: Rollup.OutputChunk | undefined): void => {
      // How chunks are loaded is Vite's.
      if (!chunk || seen.has(chunk) || chunk.fileName.includes('preload-helper')) return;
      seen.add(chunk);
      for (const name of chunk.imports) visit(chunks.find(({ fileName }) => fileName === name));
    };
    for (const name of names) visit(chunks.find((chunk) => chunk.name === name));
    return [...seen];
  };
  return {
    chunks,
    size: (...names) =>
      closure(names).reduce((sum, { code: text }) => sum + gzipSync(text, { level: 9 }).length, 0),
  };
}

const page = `export { Group, ServerProvider, Sound, Synth, useBuffer, useBus, useServerState } from '${built('browser.js')}'`;

test('the renderer of a page is at most 66 kB, without React and the engine', async () => {
  const { chunks, size } = await buildEntry(page);
  const entry = chunks.find(({ isEntry }) => isEntry)!.name;
  // Behind a bridge there is no engine: this is all that a page loads to play.
  const core = size(entry, 'openBridged');
  expect(core).toBeGreaterThan(40_000);
  expect(core).toBeLessThanOrEqual(66_200);
  // And this with what boots the embedded engine in the page.
  expect(size(entry, 'openEmbedded')).toBeLessThanOrEqual(69_450);
  // Until it starts to play.
  expect(size(entry)).toBeLessThanOrEqual(40_000);
  // With our own 55 definitions by name, and the unit generators that they are made of.
  expect(size(entry, 'openEmbedded', 'standardSynthDefs')).toBeLessThanOrEqual(95_000);
}, 60_000);

test('nothing of the engine, of Node or of the bridge gets into what is built for a page', async () => {
  const { chunks } = await buildEntry(`export * from '${built('browser.js')}'`);
  const modules = chunks.flatMap((chunk) => Object.keys(chunk.modules));
  expect(modules.length).toBeGreaterThan(100);
  expect(modules.filter((id) => /supersonic|node_modules\/(ws|execa|vite|commander)\//.test(id))).toEqual([]);
  expect(chunks.flatMap(({ imports }) => imports).filter((name) => name.startsWith('node:'))).toEqual([]);
}, 60_000);

test('a page takes from the library only the definitions that it imports', async () => {
  const library = built('synthdef/library/index.js');
  const [one, two] = await Promise.all(
    ['sine', 'sine, plate'].map((names) => buildEntry(`export { ${names} } from '${library}'`)),
  );
  const code = one!.chunks.map((chunk) => chunk.code).join('');
  expect(code).toMatch(/["'`]sine["'`]/);
  expect(code).not.toMatch(/["'`](supersaw|plate|compressor|marimba|snare|FreeVerb2|Balance2)["'`]/);
  expect(code).not.toContain('cutoff frequency of the filter');
  expect(two!.chunks.map((chunk) => chunk.code).join('')).toMatch(/["'`]plate["'`]/);
}, 60_000);

test('patterns load in a page without a bundler: by name they import React, and packages of modules', () => {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, name] of readFileSync(file, 'utf8').matchAll(
      /^(?:import|export) (?:[^'"`;=]*? from )?['"]([^'"]+)['"]/gm,
    )) {
      if (name!.startsWith('.')) visit(join(dirname(file), name!));
      else packages.add(name!);
    }
  };
  visit(built('cycles.js'));
  expect(seen.size).toBeGreaterThan(20);
  expect([...packages].filter((name) => !REACT.some((react) => react.test(name)))).toEqual([
    'pure-rand/distribution/uniformFloat64',
    'pure-rand/distribution/uniformInt',
    'pure-rand/generator/xoroshiro128plus',
    'osc-min',
  ]);
});
