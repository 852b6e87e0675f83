/** The example for Next, installed from our package as users get it, built, served and heard. */

import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { levelsBelowPeak } from '../listen/listen.js';
import { heard, peakOf, servedPage } from './page.js';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Installing and building takes two minutes on two busy cores. */
const BUILD_TIMEOUT = 600_000;

const { NODE_ENV: _, ...env } = process.env;

const app = servedPage(async (ends) => {
  const folder = await mkdtemp(join(tmpdir(), 'react-collider-next-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const run = (cwd: string, ...words: string[]) =>
    execa('npm', words, { cwd, env: { ...env, NEXT_TELEMETRY_DISABLED: '1' }, extendEnv: false });
  await cp(join(repository, 'examples/next-app'), folder, {
    recursive: true,
    filter: (path) => !/node_modules|\.next|public/.test(path.slice(repository.length)),
  });
  const { stdout } = await run(
    repository,
    'pack',
    '--json',
    '--ignore-scripts',
    '--pack-destination',
    folder,
  );
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  await run(folder, 'pkg', 'set', `dependencies.react-collider=file:${filename}`);
  await run(folder, 'install', '--no-audit', '--no-fund', '--prefer-offline');
  await run(folder, 'run', 'build');
  const server = execa(
    process.execPath,
    ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', '0'],
    {
      cwd: folder,
      env: { ...env, NEXT_TELEMETRY_DISABLED: '1' },
      extendEnv: false,
      reject: false,
    },
  );
  ends.push(async () => {
    server.kill('SIGTERM');
    await server;
  });
  for await (const line of createInterface({ input: server.stdout })) {
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (address) return `${address}/`;
  }
  throw new Error(`next start has ended: ${(await server).stderr}`);
}, BUILD_TIMEOUT);

test('Next renders the page on its server, and in the browser a click sounds', async () => {
  const html = await (await fetch(app.url)).text();
  expect(html).toContain('<button type="button">Start</button>');
  expect(html).toContain('<button type="button" aria-pressed="false">home</button>');

  const { page, errors } = await app.open();
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('button', { name: 'running' }).waitFor();
  await page.getByRole('button', { name: 'away' }).click();
  const pressed = await page.evaluate(() => window.recordings[0]!.context.currentTime);
  const sound = await heard(page, pressed, pressed + 1.5);
  expect(peakOf(sound, pressed + 0.5, pressed + 1.5)).toBeGreaterThan(0.05);
  const late = sound.samples.slice(Math.round(0.5 * sound.sampleRate));
  const [d3, fSharp, a3, e4] = levelsBelowPeak(late, sound.sampleRate, [146.83, 369.99, 440, 329.63]);
  for (const level of [d3, fSharp, a3]) expect(level).toBeGreaterThan(-12);
  expect(e4).toBeLessThan(-30);
  // Hydration agrees with what the server has rendered.
  expect(errors).toEqual([]);
});
