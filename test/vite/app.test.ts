/** `react-collider/vite` in a real dev server, its page in Chromium: files are imported, and edited while they play. */

import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeSoundFile } from '../../src/engine/soundfile/encodeSoundFile.js';
import { decodeSynthDefs, encodeSynthDefs, Out, SinOsc, synthDef } from '../../src/synthdef/index.js';
import { ARGUMENTS } from '../browser/page.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { testWithSclang } from '../setup/sclang.js';

interface Found {
  readonly id: number;
  readonly def: string;
  readonly controls: Readonly<Record<string, number>>;
}

const repository = fileURLToPath(new URL('../..', import.meta.url));
const folder = temporaryFolder();
let vite: ViteDevServer;
let browser: Browser;
let page: Page;
const errors: string[] = [];

const save = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);

const edit = (name: string, from: string, to: string): void => {
  const text = readFileSync(join(folder, name), 'utf8');
  expect(text).toContain(from);
  save(name, text.replace(from, to));
};

/** A file of two definitions. */
const pings = (level: number): Uint8Array =>
  encodeSynthDefs(
    ['ping', 'pong'].flatMap((name) => {
      const def = synthDef(name, { freq: 440, seed: 0 }, (c) => {
        Out.ar(0, SinOsc.ar(c.freq).mul(level));
      });
      return decodeSynthDefs(def.bytes);
    }),
  );

const sound = (frames: number) =>
  encodeSoundFile(
    { sampleRate: 48_000, channels: 1, samples: new Float32Array(frames).fill(0.1) },
    'wav',
    'float',
  );

const synths = (): Promise<Found[]> =>
  page.evaluate(async () => {
    interface Node {
      readonly children?: readonly Node[];
    }
    const all = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(all)];
    const { server } = window.server.state;
    const nodes = all((await server!.queryTree()) as Node) as unknown as readonly Found[];
    return nodes
      .filter(({ def }) => def !== undefined)
      .map(({ id, def, controls: { freq = 0, seed = 0, frames = 0 } }) => ({
        id,
        def,
        controls: { freq, seed, frames },
      }));
  });

const eventually = (pick: (all: readonly Found[]) => unknown) =>
  expect.poll(async () => pick(await synths()), { timeout: 10_000 });

beforeAll(async () => {
  cpSync(join(repository, 'test/vite/app'), folder, { recursive: true });
  save('pings.scsyndef', pings(0.05));
  save('kick.wav', sound(4800));
  // As npm would have put it: the app's own packages, and ours among them.
  mkdirSync(join(folder, 'node_modules'));
  for (const name of ['react', 'react-dom', 'vite', '@vitejs'])
    symlinkSync(join(repository, 'node_modules', name), join(folder, 'node_modules', name));
  symlinkSync(repository, join(folder, 'node_modules', 'react-collider'));
  vite = await createServer({
    root: folder,
    mode: 'development',
    logLevel: 'error',
    server: { port: 0, host: '127.0.0.1' },
  });
  await vite.listen();
  const address = vite.httpServer!.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGUMENTS });
  page = await browser.newPage();
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(url);
  await page.waitForFunction(() => window.server !== undefined);
  await page.mouse.click(5, 5);
  await page.evaluate(async () => {
    document.body.dataset.loaded = 'once';
    await window.server.start();
  });
}, 60_000);

afterAll(async () => {
  expect(errors).toEqual([]);
  // No edit has loaded the page anew, which would have been heard.
  expect(await page.evaluate(() => document.body.dataset.loaded)).toBe('once');
  await browser.close();
  await vite.close();
});

test('definitions and sound files that are imported are played', async () => {
  await eventually((all) => all.map(({ controls }) => controls.frames)).toEqual([0, 0, 4800]);
  expect((await synths()).map(({ def }) => def)).toEqual(['ping', 'pong', 'player']);
});

test('an edited component changes what it says, in the same synths and with its state', async () => {
  const before = await synths();
  expect(before[0]!.controls.seed).toBeGreaterThan(0);
  edit('Piece.tsx', 'freq={440}', 'freq={550}');
  await eventually(([ping]) => ping).toEqual({
    ...before[0],
    controls: { ...before[0]!.controls, freq: 550 },
  });
  expect((await synths()).slice(1)).toEqual(before.slice(1));
});

test('an edited definition replaces its synths where they are, with their controls', async () => {
  const before = await synths();
  edit('voices.ts', 'mul(0.1)', 'mul(0.2)');
  await eventually((all) => all[2]!.id).not.toBe(before[2]!.id);
  expect((await synths())[2]).toMatchObject({ def: 'player', controls: before[2]!.controls });
  expect((await synths()).slice(0, 2)).toEqual(before.slice(0, 2));
});

test('a file of definitions that is written anew does so, too', async () => {
  const before = await synths();
  save('pings.scsyndef', pings(0.1));
  await eventually((all) => all[0]!.id).not.toBe(before[0]!.id);
  const after = await synths();
  expect(after.map(({ def, controls }) => ({ def, controls }))).toEqual(
    before.map(({ def, controls }) => ({ def, controls })),
  );
  expect(after[2]).toEqual(before[2]);
});

test('a sound file that is written anew is fetched anew', async () => {
  const before = await synths();
  save('kick.wav', sound(9600));
  await eventually((all) => all[2]!.controls.frames).toBe(9600);
  expect((await synths()).slice(0, 2)).toEqual(before.slice(0, 2));
});

testWithSclang('SuperCollider code that is imported is compiled, and again when it is edited', async () => {
  const code = (level: number) =>
    `SynthDef(\\fromSclang, { |freq = 440, out = 0| Out.ar(out, SinOsc.ar(freq) * ${level}) }).add;\n`;
  save('voice.scd', code(0.1));
  edit('Piece.tsx', 'import { useState }', "import fromSclang from './voice.scd';\nimport { useState }");
  edit('Piece.tsx', '    </>', '      <Synth def={fromSclang} freq={660} />\n    </>');
  await eventually((all) => all[3]).toMatchObject({ def: 'fromSclang', controls: { freq: 660 } });
  const { id } = (await synths())[3]!;
  save('voice.scd', code(0.2));
  await eventually((all) => all[3]!.id).not.toBe(id);
  expect((await synths())[3]).toMatchObject({ def: 'fromSclang', controls: { freq: 660 } });
});
