/**
 * `render --watch`: renders again on each save that changes what would be heard, and on no other.
 */

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type ComponentType, createElement } from 'react';
import { renderToScore, type Score } from 'react-collider/node';
import type { Configured } from '../config.js';
import { componentOf } from '../loadComposition.js';
import { type OpenModule, openModule } from '../loadModule.js';
import { type RenderOptions, renderComposition, scoreOptions } from './renderComposition.js';
import type { RenderOutput } from './renderOutput.js';

/** Milliseconds without a change after which a file is read: editors empty it first, and sound files take some time. */
const QUIET_MS = 75;

/**
 * Resolves when `end` is aborted. Shows errors of the piece, and waits for the next save.
 *
 * @throws CliError when the file is not there.
 */
export async function renderWatched(
  path: string,
  options: Configured<RenderOptions>,
  output: RenderOutput,
  end: AbortSignal,
): Promise<void> {
  const module = await openModule(path, true);
  const saves = new Saved(module);
  let last: string | undefined;
  try {
    while (!end.aborted) {
      // A save while it renders: what is being rendered is out of date.
      const outdated = new AbortController();
      const signal = AbortSignal.any([outdated.signal, end]);
      const saved = saves.next(signal).then(() => outdated.abort());
      try {
        const component = componentOf(await module.load(), module.file);
        const fingerprint = await fingerprintOf(component, options, module, signal);
        if (fingerprint === last) output.unchanged(saves.files);
        else {
          last = undefined; // until it is rendered to its end
          await renderComposition(component, options, output, signal);
          last = fingerprint;
        }
      } catch (error) {
        output.end();
        if (!signal.aborted) {
          last = undefined;
          output.failed(error, module.file);
        }
      }
      await saved;
    }
  } finally {
    await module.close();
  }
}

/** The same for what sounds the same: the score, and the sound files that are read for it. */
async function fingerprintOf(
  component: ComponentType,
  options: Configured<RenderOptions>,
  { watcher }: OpenModule,
  signal: AbortSignal,
): Promise<string> {
  const score = await renderToScore(createElement(component), { ...scoreOptions(options), signal });
  const hash = createHash('sha256').update(score.toBytes());
  const sounds = [...soundFilesOf(score), ...(options.input === undefined ? [] : [options.input])];
  for (const path of sounds.map((sound) => resolve(sound))) {
    watcher.add(path);
    const { mtimeMs, size } = await stat(path);
    hash.update(`${path} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex');
}

const soundFilesOf = ({ entries }: Score): readonly string[] => [
  ...new Set(
    entries.flatMap(({ commands }) =>
      commands.flatMap((command) =>
        command.type === '/b_allocRead' || command.type === '/b_allocReadChannel' ? [command.path] : [],
      ),
    ),
  ),
];

/** Files that were saved since the last call. */
class Saved {
  #files: string[] = [];
  readonly #pending = new Set<string>();

  constructor(readonly module: OpenModule) {
    for (const event of ['change', 'add', 'unlink'])
      module.watcher.on(event, (file: string) => this.#pending.add(file));
  }

  /** As paths from the working folder. */
  get files(): readonly string[] {
    return this.#files;
  }

  /** Resolves when something was saved and is left alone since, or when `signal` is aborted. */
  async next(signal: AbortSignal): Promise<void> {
    const { watcher } = this.module;
    while (this.#pending.size === 0 && !signal.aborted) {
      await Promise.race(['change', 'add', 'unlink'].map((event) => once(watcher, event, { signal }))).catch(
        () => {},
      );
    }
    for (let before = 0; this.#pending.size !== before && !signal.aborted; ) {
      before = this.#pending.size;
      await delay(QUIET_MS, undefined, { signal }).catch(() => {});
    }
    this.#files = [...this.#pending].map((file) => relative(process.cwd(), file));
    this.#pending.clear();
  }
}
