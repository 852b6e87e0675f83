/**
 * Files that are saved, none of them missed.
 *
 * chokidar says nothing of a second change within 50 ms, and an editor that formats what it saves writes twice.
 */

import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { FSWatcher } from 'vite';

/** Milliseconds between two looks for a file that is gone. */
const GONE_MS = 100;

/** Milliseconds after which a file is looked at again: more than chokidar is silent for. */
const AGAIN_MS = 75;

export class FileChanges {
  /** Files that are gone, and what looks for each. */
  readonly #gone = new Map<string, ReturnType<typeof setInterval>>();
  /** Files that were missing when modules were loaded. */
  readonly #needed = new Set<string>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Texts of files when they were read last. */
  readonly #texts = new Map<string, { readonly text: string; readonly readAt: number }>();

  /**
   * @param onGone - Called with a file that was read, and is not there any more.
   * @param onNeeded - Called when a needed file is back.
   */
  constructor(
    readonly watcher: FSWatcher,
    readonly onGone: (file: string) => void,
    readonly onNeeded: () => void,
  ) {
    watcher.on('change', (file) => this.#lookAgainSoon(file));
    watcher.on('unlink', (file) => this.missed(file));
    watcher.on('add', (file) => {
      if (this.#texts.has(file)) this.#back(file);
    });
  }

  /**
   * A module ran without the file, which could not be found; false for one that never was.
   *
   * @param path - As the import has it: without an ending, or with one of JavaScript.
   */
  importFailed(path: string): boolean {
    const file = [...this.#texts.keys()].find((known) => withoutEnding(known) === withoutEnding(path));
    if (file === undefined) return false;
    this.#needed.add(file);
    this.missed(file);
    if (!this.#gone.has(file)) this.#back(file);
    return true;
  }

  /**
   * Somebody says that the file is not there; false for one that never was.
   *
   * Whoever loads it may notice before chokidar does, and chokidar may say it twice, and late: it may be back.
   */
  missed(file: string): boolean {
    if (!this.#texts.has(file)) return false;
    if (existsSync(file)) this.#lookAgainSoon(file);
    else if (!this.#gone.has(file)) {
      this.#waitFor(file);
      this.onGone(file);
    }
    return true;
  }

  /** The file was read, and held this. */
  wasRead(file: string, text: string): void {
    this.#texts.set(file, { text, readAt: performance.now() });
  }

  /** True when the file had this text when it was read last. */
  isKnown(file: string, text: string): boolean {
    return this.#texts.get(file)?.text === text;
  }

  /** True when a notice of the file may be about the save that it was read for. */
  wasReadRecently(file: string): boolean {
    return performance.now() - this.#texts.get(file)!.readAt < 2 * AGAIN_MS;
  }

  /** Resolves when nobody has written to the file for a while: a sound file takes some time. */
  async written(file: string): Promise<void> {
    for (let before = Number.NaN, now = 0; before !== now; ) {
      before = now;
      await delay(AGAIN_MS);
      now = await stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      );
    }
  }

  close(): void {
    for (const file of [...this.#gone.keys()]) this.#waitNoMore(file);
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  /**
   * chokidar waits for the first file of a folder that is gone and added again, and for no second one, so we look
   * ourselves. `fs.watchFile` says nothing of a file that is back before its own first look.
   */
  #waitFor(file: string): void {
    const timer = setInterval(() => {
      if (!existsSync(file)) return;
      this.watcher.add(file);
      this.#back(file);
    }, GONE_MS);
    timer.unref();
    this.#gone.set(file, timer);
  }

  #back(file: string): void {
    this.#waitNoMore(file);
    // Who imports it is not known any more, as it could not be found.
    if (this.#needed.delete(file)) this.onNeeded();
    else this.watcher.emit('change', file);
  }

  #waitNoMore(file: string): void {
    clearInterval(this.#gone.get(file));
    this.#gone.delete(file);
  }

  #lookAgainSoon(file: string): void {
    if (!this.#texts.has(file)) return;
    clearTimeout(this.#timers.get(file));
    this.#timers.set(
      file,
      setTimeout(() => void this.#lookAgain(file), AGAIN_MS),
    );
  }

  async #lookAgain(file: string): Promise<void> {
    this.#timers.delete(file);
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined || this.isKnown(file, text)) return;
    this.watcher.emit('change', file);
  }
}

const withoutEnding = (path: string): string => path.replace(/(\/index)?(\.[cm]?[jt]sx?)?$/, '');
