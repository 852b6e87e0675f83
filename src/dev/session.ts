/**
 * A composition that is edited while it plays.
 *
 * What a save changes goes through React: state, synths and phase stay, and the difference leaves as a bundle. What
 * cannot be compiled, run or rendered is reported, and everything sounds on as it was until it can.
 */

import { dirname, relative, resolve } from 'node:path';
import { type ComponentType, createElement } from 'react';
import type { Commit, Root } from 'react-collider';
import { fading } from 'react-collider/synthdef';
import type { ViteHotContext } from 'vite/types/hot.js';
import type { DevRootOptions } from '../reconciler/rootOptions.js';
import { Change } from './change.js';
import { ComponentGuard, type Thrower } from './componentGuard.js';
import { isComponent, noComponent } from './componentKinds.js';
import { editableModules, entryId } from './editableModules.js';
import { ModuleServer } from './moduleServer.js';
import { type Problem, problemOf } from './problem.js';
import { type Exports, RefreshRegistry, type Signature } from './refreshRegistry.js';

export interface Update {
  /** Saved files, as paths from the working folder. */
  readonly files: readonly string[];
  /** Bundles of the save, and any other that left before its last one. */
  readonly commits: readonly Commit[];
  /** From the notice of the save to the bundle, in milliseconds. */
  readonly milliseconds: number;
  /** Part of these until the modules had been compiled and had run; the rest is React's, the diff's and the wire's. */
  readonly loadMilliseconds: number;
  /** True when there was a problem before, and there is none now. */
  readonly hasRecovered: boolean;
}

export interface SessionOptions {
  readonly file: string;
  /** Seconds in which definitions without a gate fade in and out; 0 for at once. */
  readonly crossfade: number;
  /** The grid of beats on which a save is heard. @default that of a `<Quantize>` of the piece, or at once */
  readonly quant?: number | undefined;
  /** Makes the root: for the session's own options, with others. */
  readonly createRoot: (options: DevRootOptions) => Root;
  readonly onCommit: (commit: Commit) => void;
  readonly onUpdate: (update: Update) => void;
  readonly onProblem: (problem: Problem) => void;
}

export class Session {
  readonly root: Root;
  readonly #options: SessionOptions;
  readonly #file: string;
  readonly #guard = new ComponentGuard((error, thrower) => this.#pieceProblem(error, thrower));
  readonly #families = new RefreshRegistry(this.#guard);
  readonly #exports = new Map<string, Exports>();
  readonly #watched = new Set<string>();
  #modules!: ModuleServer;
  #component: unknown;
  /** Nothing has gone wrong since an update last went well. */
  #isWell = true;
  #isInvalidated = false;
  /** Saved files that have not been run yet. */
  #saved: Change | undefined;
  /** The change that is being run, or was run last. */
  #change = new Change();
  /** The change that is rendered: one that could not be run is not. */
  #rendered = this.#change;
  /** Syntax errors by their files: one stands until its file is saved again, or nobody imports it any more. */
  readonly #unread = new Map<string, Problem>();

  private constructor(options: SessionOptions) {
    this.#options = options;
    this.#file = resolve(options.file);
    this.root = options.createRoot({
      keepLastValid: true,
      ...(options.crossfade > 0 && { prepareSynthDef: (def) => fading(def, options.crossfade) }),
      onError: (error) => this.#pieceProblem(error),
      onFile: (path) => this.#watchSound(path),
      onCommit: (commit) => {
        if (!this.#change.isOver) this.#change.commits.push(commit);
        options.onCommit(commit);
      },
    });
  }

  /** Renders the composition; resolves when that is over, well or not. */
  static async start(options: SessionOptions): Promise<Session> {
    const session = new Session(options);
    await session.#load();
    session.#change.isOver = true;
    return session;
  }

  async close(): Promise<void> {
    await this.#modules.close();
  }

  async #load(): Promise<void> {
    const modules: ModuleServer = await ModuleServer.start({
      plugins: [
        editableModules({
          composition: () => this.#file,
          onRead: (file, text) => modules.saves.wasRead(file, text),
          isSame: (file, text) => this.#isSame(modules, file, text),
        }),
      ],
      session: this.#hooks(),
      onError: (error) => this.#loadProblem(error),
      onGone: (path) => {
        const name = relative(process.cwd(), path);
        this.#tell(
          this.#change,
          problemOf(new Error(`${name} was removed. The piece plays on until the file is back.`)),
        );
      },
      onNeeded: () => void this.#loadAgain(modules),
    });
    this.#modules = modules;
    const { watcher } = modules.vite;
    watcher.on('change', (path) => this.#save(path));
    try {
      const { composition } = await modules.import(entryId);
      this.#compose(composition as Exports);
    } catch (error) {
      this.#loadProblem(error);
      // Nothing has said yet what it accepts: the next save starts from the beginning.
      watcher.add([this.#file, ...modules.files]);
      watcher.once('change', () => void this.#loadAgain(modules));
      return;
    }
    this.#rendered = this.#change;
    this.#families.perform();
    await this.#render();
  }

  async #loadAgain(modules: ModuleServer): Promise<void> {
    this.#begin([]);
    const change = this.#change;
    await modules.close();
    await this.#load();
    this.#finish(change);
  }

  /** Value of `import.meta.session` in modules. */
  #hooks() {
    return {
      jsx: this.#guard.jsx,
      register: (type: unknown, id: string) => this.#families.register(type, id),
      signature: (resets: boolean): Signature => this.#families.signature(resets),
      accepted: (hot: ViteHotContext, file: string, next: Exports) => this.#accept(hot, file, next),
      composed: (next: { readonly composition: Exports } | undefined) => {
        if (next) this.#compose(next.composition);
      },
      begin: ({ updates }: { readonly updates: readonly { readonly acceptedPath: string }[] }) =>
        this.#begin(updates.map(({ acceptedPath }) => acceptedPath)),
      end: () => void this.#end(),
      failed: (error: unknown) => this.#loadProblem(error),
    };
  }

  #compose(exports: Exports): void {
    if (isComponent(exports.default)) this.#component = exports.default;
    else this.#loadProblem(new Error(noComponent(relative(process.cwd(), this.#file), exports)));
  }

  /** A module ran again: those that import it run, too, unless it exports the same components as before. */
  #accept(hot: ViteHotContext, file: string, next: Exports): void {
    const previous = this.#exports.get(file) ?? {};
    this.#exports.set(file, { ...next });
    if (this.#families.isBoundary(previous, next)) {
      if (file === this.#file) this.#compose(next);
      return;
    }
    this.#isInvalidated = true;
    hot.invalidate();
  }

  #save(path: string): void {
    this.#saved ??= new Change();
    this.#saved.files.add(relative(process.cwd(), path));
    this.#unread.delete(path);
  }

  /** A file that is saved as it is runs again only after a problem: what it needs may be there now. */
  #isSame({ saves }: ModuleServer, file: string, text: string): boolean {
    if (!saves.isKnown(file, text) || !(this.#isWell || saves.wasReadRecently(file))) return false;
    this.#saved?.files.delete(relative(process.cwd(), file));
    if (this.#saved?.files.size === 0) this.#saved = undefined;
    return true;
  }

  #begin(accepted: readonly string[]): void {
    for (const file of accepted) {
      const exports = this.#exports.has(file) ? undefined : this.#modules.exportsOf(file);
      if (exports) this.#exports.set(file, { ...exports });
    }
    if (!this.#isInvalidated) {
      this.#change = this.#saved ?? new Change();
      this.#saved = undefined;
    }
    this.#isInvalidated = false;
  }

  /** All that was saved has run: renders what came of it. */
  async #end(): Promise<void> {
    if (this.#isInvalidated) return; // what imports it follows
    const change = this.#change;
    change.loaded();
    if (!change.hasFailed) this.#rendered = change;
    await this.#onGrid(async () => {
      this.#families.perform();
      await this.#render();
    });
    this.#finish(change);
  }

  /** Makes a change at the next point of the grid, stamped with it; at once without a grid. */
  #onGrid(change: () => Promise<void>): Promise<void> {
    const time = this.root.nextOn(this.#options.quant);
    if (time === undefined) return change();
    return new Promise((resolve, reject) => {
      const { scheduler } = this.root;
      const perform = () => void change().then(resolve, reject);
      // Last of its moment: an edited component begins its effects again, and has heard the beat before that.
      scheduler.schedule(time, () => void scheduler.schedule(time, perform));
    });
  }

  async #render(): Promise<void> {
    if (!isComponent(this.#component)) return;
    const component = this.#guard.guarded(this.#component) as ComponentType;
    try {
      await this.root.render(createElement(component));
    } catch (error) {
      this.#pieceProblem(error);
    }
  }

  #finish(change: Change): void {
    change.isOver = true;
    const { files, commits, told, since, loadMilliseconds } = change;
    if (told.size > 0) return;
    const unread = this.#stillUnread();
    const hasRecovered = !this.#isWell && !unread;
    this.#isWell = !unread;
    if (files.size === 0 && commits.length === 0 && !hasRecovered) return;
    const milliseconds = performance.now() - since;
    this.#options.onUpdate({ files: [...files], commits, milliseconds, loadMilliseconds, hasRecovered });
    if (unread) this.#options.onProblem(unread);
  }

  /** A syntax error of a file that this change was not about. */
  #stillUnread(): Problem | undefined {
    for (const file of this.#unread.keys()) if (!this.#modules.isImported(file)) this.#unread.delete(file);
    return [...this.#unread.values()].at(-1);
  }

  /** Modules could not be compiled, or threw when they ran. */
  #loadProblem(thrown: unknown): void {
    const problem = problemOf(thrown);
    if (!problem) return;
    this.#change.hasFailed = true;
    if (this.#isAboutMissingFile(problem.message)) this.#change.told.add(problem.message);
    else this.#tell(this.#change, problem);
    if (problem.kind === 'syntax' && problem.place) this.#unread.set(problem.place.file, problem);
  }

  /**
   * Reports an error of what is rendered. While a save is being run, the one before it is rendered. After one that
   * could not be run, that stays so: no error of it is reported twice, though each beat may find it.
   */
  #pieceProblem(thrown: unknown, thrower?: Thrower): void {
    this.#tell(this.#rendered, problemOf(thrown, thrower));
  }

  #tell({ told }: Change, problem: Problem | undefined): void {
    if (!problem || told.has(problem.message)) return;
    told.add(problem.message);
    this.#isWell = false;
    this.#options.onProblem(problem);
  }

  /** True for Vite's message of a missing file, which is out of date when the file is back. */
  #isAboutMissingFile(message: string): boolean {
    const found = /^Failed to load url .*?\(resolved id: (.*?)\)(?: in (.*)\. Does the file exist)?/m.exec(
      message,
    );
    if (!found) return false;
    const [, id, importer] = found;
    const { saves } = this.#modules;
    // What could not be found is as the import says it.
    return importer !== undefined && id!.startsWith('.')
      ? saves.importFailed(resolve(dirname(importer), id!))
      : saves.missed(id!);
  }

  /** Reads a sound file again when it was written. */
  #watchSound(path: string): void {
    const file = resolve(path);
    if (this.#watched.has(file)) return;
    this.#watched.add(file);
    this.#modules.watch(file, () => void this.#reloadSound(path));
  }

  async #reloadSound(path: string): Promise<void> {
    this.#begin([]);
    const change = this.#change;
    this.#rendered = change;
    try {
      await this.root.reload(path);
    } catch (error) {
      this.#pieceProblem(error);
    }
    await this.#render(); // components that show its length
    this.#finish(change);
  }
}
