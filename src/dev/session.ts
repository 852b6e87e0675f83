/**
 * A composition that is edited while it plays.
 *
 * What a save changes goes through React: state, synths and phase stay, and the difference leaves as a bundle. What
 * cannot be compiled, run or rendered is reported, and everything sounds on as it was until it can.
 */

import { dirname, relative, resolve } from 'node:path';
import { type ComponentType, createElement } from 'react';
import type { Commit, Root, RootOptions } from 'react-collider';
import { fading } from 'react-collider/synthdef';
import type { ViteHotContext } from 'vite/types/hot.js';
import { editableModules, entryId } from './editableModules.js';
import { type Exports, Families, type Signature } from './families.js';
import { Guard } from './guard.js';
import { ModuleServer } from './moduleServer.js';
import { type Problem, problemOf } from './problem.js';

export interface Update {
  /** What was saved, as paths from the working folder. */
  readonly files: readonly string[];
  /** The bundles that it brought about, with those that left meanwhile. */
  readonly commits: readonly Commit[];
  /** From the notice of the save to the bundle, in milliseconds. */
  readonly milliseconds: number;
  /** Of these, until the modules had been compiled and had run; the rest is React's, the diff's and the wire's. */
  readonly loadMilliseconds: number;
  /** True when there was a problem before, and there is none now. */
  readonly hasRecovered: boolean;
}

export interface SessionOptions {
  readonly file: string;
  /** Seconds in which definitions without a gate fade in and out; 0 for at once. */
  readonly crossfade: number;
  /** Makes the root: for the session's own options, with others. */
  readonly createRoot: (options: RootOptions) => Root;
  readonly onCommit: (commit: Commit) => void;
  readonly onUpdate: (update: Update) => void;
  readonly onProblem: (problem: Problem) => void;
}

export class Session {
  readonly root: Root;
  readonly #options: SessionOptions;
  readonly #file: string;
  readonly #guard = new Guard((error, component) => this.#problem(error, component));
  readonly #families = new Families(this.#guard);
  readonly #exports = new Map<string, Exports>();
  readonly #watched = new Set<string>();
  #modules!: ModuleServer;
  #component: unknown;
  /** Nothing has gone wrong since an update last went well. */
  #isWell = true;
  #isInvalidated = false;
  /** What was saved and has not been run yet. */
  #saved: Change | undefined;
  /** What is being run, or was run last. */
  #change = new Change();

  private constructor(options: SessionOptions) {
    this.#options = options;
    this.#file = resolve(options.file);
    this.root = options.createRoot({
      keepsGoing: true,
      ...(options.crossfade > 0 && { prepareSynthDef: (def) => fading(def, options.crossfade) }),
      onError: (error) => this.#problem(error),
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
      onError: (error) => this.#problem(error),
      onGone: (path) => {
        const name = relative(process.cwd(), path);
        this.#problem(new Error(`${name} is gone. What it was goes on, until it is there again.`));
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
      this.#problem(error);
      // Nothing has said yet what it accepts: the next save starts from the beginning.
      watcher.add([this.#file, ...modules.files]);
      watcher.once('change', () => void this.#loadAgain(modules));
      return;
    }
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

  /** What the modules find as `import.meta.session`. */
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
      failed: (error: unknown) => this.#problem(error),
    };
  }

  #compose({ default: component, ...others }: Exports): void {
    if (isComponent(component)) {
      this.#component = component;
      return;
    }
    const names = Object.keys(others).map((name) => `"${name}"`);
    const what =
      component !== undefined
        ? `its default export is ${typeof component}`
        : names.length === 0
          ? 'it exports nothing'
          : `it exports only ${names.join(', ')}`;
    this.#problem(
      new Error(
        `${relative(process.cwd(), this.#file)} exports no component: ${what}. ` +
          'Write: export default function Piece() { return <Synth … />; }',
      ),
    );
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
  }

  /** A file that is saved as it is runs again only after a problem: what it needs may be there now. */
  #isSame({ saves }: ModuleServer, file: string, text: string): boolean {
    if (!saves.isKnown(file, text) || !(this.#isWell || saves.wasJustRead(file))) return false;
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
    this.#families.perform();
    await this.#render();
    this.#finish(change);
  }

  async #render(): Promise<void> {
    if (!isComponent(this.#component)) return;
    const component = this.#guard.guarded(this.#component) as ComponentType;
    try {
      await this.root.render(createElement(component));
    } catch (error) {
      this.#problem(error);
    }
  }

  #finish(change: Change): void {
    change.isOver = true;
    const { files, commits, told, since, loadMilliseconds } = change;
    if (told.size > 0) return;
    const hasRecovered = !this.#isWell;
    this.#isWell = true;
    if (files.size === 0 && commits.length === 0 && !hasRecovered) return;
    const milliseconds = performance.now() - since;
    this.#options.onUpdate({ files: [...files], commits, milliseconds, loadMilliseconds, hasRecovered });
  }

  #problem(thrown: unknown, component?: string): void {
    const problem = problemOf(thrown, component);
    const { told } = this.#change;
    if (!problem || told.has(problem.message)) return;
    told.add(problem.message);
    if (this.#isAboutMissingFile(problem.message)) return;
    this.#isWell = false;
    this.#options.onProblem(problem);
  }

  /** Vite's words for what is said when a file is gone, and in vain when it is back meanwhile. */
  #isAboutMissingFile(message: string): boolean {
    const found = /^Failed to load url .*?\(resolved id: (.*?)\)(?: in (.*)\. Does the file exist)?/m.exec(
      message,
    );
    if (!found) return false;
    const [, id, importer] = found;
    const { saves } = this.#modules;
    // What could not be found is as the import says it.
    return importer !== undefined && id!.startsWith('.')
      ? saves.neededInVain(resolve(dirname(importer), id!))
      : saves.missed(id!);
  }

  /** Sound files that are written anew are read anew. */
  #watchSound(path: string): void {
    const file = resolve(path);
    if (this.#watched.has(file)) return;
    this.#watched.add(file);
    this.#modules.watch(file, () => void this.#reloadSound(path));
  }

  async #reloadSound(path: string): Promise<void> {
    this.#begin([]);
    const change = this.#change;
    try {
      await this.root.reload(path);
    } catch (error) {
      this.#problem(error);
    }
    await this.#render(); // components that show its length
    this.#finish(change);
  }
}

/** What was saved together, and what came of it. */
class Change {
  readonly files = new Set<string>();
  readonly since = performance.now();
  readonly commits: Commit[] = [];
  /** What was reported of it, to report it once. */
  readonly told = new Set<string>();
  isOver = false;
  loadMilliseconds = 0;

  /** All modules have run. */
  loaded(): void {
    this.loadMilliseconds = performance.now() - this.since;
  }
}

/** memo(), forwardRef() and lazy() give objects that React renders. */
const isComponent = (value: unknown): boolean =>
  typeof value === 'function' ||
  (typeof value === 'object' && value !== null && '$$typeof' in value && 'type' in value);
