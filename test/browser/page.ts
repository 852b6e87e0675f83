/** Pages of our own, built by Vite and opened in Chromium. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build, preview } from 'vite';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { spectrum } from '../engine/embedded/spectrum.js';
import { recordPage } from './recorder.js';

/** How Chromium runs in tests. */
export const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const repository = fileURLToPath(new URL('../..', import.meta.url));

export interface BuiltPage {
  readonly url: string;
  /** Opens it in a tab of its own; what it throws and prints as an error is kept. */
  open(options?: {
    /** Keeps what it plays. @default true */
    readonly records?: boolean;
  }): Promise<{ readonly page: Page; readonly errors: readonly string[] }>;
}

/** Serves something that was built; what it takes down at the end is kept in `ends`. */
type Serving = (ends: (() => Promise<unknown>)[]) => Promise<string>;

/**
 * Builds a folder with an `index.html` and serves it, for all tests of a file.
 *
 * @param folder - From the top of the repository.
 * @param mode - Of React: only in development does StrictMode do anything.
 * @param headers - That the pages are served with.
 */
export function builtPage(
  folder: string,
  mode: 'production' | 'development' = 'production',
  headers: Readonly<Record<string, string>> = {},
): BuiltPage {
  return servedPage(async (ends) => {
    const outDir = await mkdtemp(join(tmpdir(), 'react-collider-page-'));
    ends.push(() => rm(outDir, { recursive: true, force: true }));
    const shared = {
      root: join(repository, folder),
      logLevel: 'error',
      build: { outDir, emptyOutDir: true },
    } as const;
    // Vitest sets NODE_ENV to test, and Vite leaves it as it is.
    const { NODE_ENV } = process.env;
    process.env.NODE_ENV = mode;
    await build({ ...shared, mode });
    process.env.NODE_ENV = NODE_ENV;
    const server = await preview({ ...shared, preview: { port: 0, host: '127.0.0.1', headers } });
    ends.push(() => server.close());
    const address = server.httpServer.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  });
}

/** A page that is served for all tests of a file, however that is done. */
export function servedPage(serve: Serving, timeout?: number): BuiltPage {
  let browser: Browser;
  let url = '';
  const ends: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    url = await serve(ends);
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGUMENTS });
    ends.push(() => browser.close());
  }, timeout);
  afterAll(async () => {
    for (const end of ends.reverse()) await end();
  });
  return {
    get url() {
      return url;
    },
    async open({ records = true } = {}) {
      const page = await browser.newPage();
      onTestFinished(() => page.close());
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
      });
      if (records) await page.addInitScript(recordPage);
      await page.goto(url);
      return { page, errors };
    },
  };
}

/** What a page plays, in seconds of its (first) context. */
export interface Heard {
  readonly samples: Float32Array;
  readonly sampleRate: number;
  readonly from: number;
}

export async function heard(page: Page, from: number, to: number): Promise<Heard> {
  const { samples, sampleRate } = await page.evaluate(
    async ([start, end]) => {
      const recording = window.recordings[0]!;
      await recording.until(end!);
      return { samples: recording.between(start!, end!), sampleRate: recording.context.sampleRate };
    },
    [from, to],
  );
  return { samples: Float32Array.from(samples), sampleRate, from };
}

/** Hertz of the loudest partial from a moment on, in a third of a second. */
export function pitchAt({ samples, sampleRate, from }: Heard, time: number): number {
  const start = Math.round((time - from) * sampleRate);
  return spectrum(samples.slice(start, start + 16_384), sampleRate).peak;
}

/** When something begins to be heard after a moment, in seconds of the context. */
export function onsetAfter({ samples, sampleRate, from }: Heard, time: number): number {
  const start = Math.round((time - from) * sampleRate);
  const found = samples.subarray(start).findIndex((sample) => Math.abs(sample) > 0.001);
  return found < 0 ? Number.NaN : from + (start + found) / sampleRate;
}

/** The largest sample of a stretch. */
export function peakOf({ samples, sampleRate, from }: Heard, start: number, end: number): number {
  const part = samples.subarray(
    Math.round((start - from) * sampleRate),
    Math.round((end - from) * sampleRate),
  );
  return part.reduce((largest, sample) => Math.max(largest, Math.abs(sample)), 0);
}

/** What the user has done in a page: event, and when by the (first) context. */
export const gestures = (page: Page): Promise<readonly (readonly [type: string, time: number])[]> =>
  page.evaluate(() => window.gestures);
