/**
 * The synthdefs of a root: which names mean what, and which of them the server has.
 */

import type { SuperColliderError } from '../errors.js';
import { ControlTable } from '../scene/controlTable.js';
import type { SynthDef } from '../synthdef/index.js';
import { isConnectionLost } from './connectionLost.js';
import type { SceneServer } from './sceneServer.js';

/** Definitions that are found by name when nothing nearer has that name, such as a folder of files. */
export interface SynthDefLibrary {
  readonly names: () => readonly string[];
  /** The definition; `undefined` when the library has none by that name. */
  readonly get: (name: string) => SynthDef | undefined;
}

export class Definitions {
  /** What is known by name: mounted `<SynthDef>`s last, so that they win; each may be mounted twice. */
  readonly #known: SynthDef[];
  readonly #loaded = new Map<string, SynthDef>();
  readonly #loading = new Map<string, SynthDef>();
  readonly #tables = new WeakMap<SynthDef, ControlTable>();
  readonly #failed = new Map<SynthDef, SuperColliderError>();
  readonly #firsts = new WeakMap<SynthDef, SynthDef>();
  readonly #latest = new Map<string, SynthDef>();
  /** Most synths of a render are of one definition: what was asked for last. */
  #hasChanged = false;
  #lastProp: unknown;
  #lastTable: ControlTable | undefined;
  #lastLoaded: SynthDef | undefined;
  /** Counts lives of the server: what one of before says is about nothing any more. */
  #life = 0;

  constructor(
    readonly server: SceneServer,
    given: readonly SynthDef[],
    readonly library: SynthDefLibrary | undefined,
    /** Gives what is played in place of a definition. */
    readonly prepare: (def: SynthDef) => SynthDef = (def) => def,
  ) {
    this.#known = [...given];
  }

  /** Makes a definition known by its name; returns the function that ends that. */
  add(def: SynthDef): () => void {
    this.#known.push(def);
    this.#knownChanged();
    return () => {
      this.#known.splice(this.#known.lastIndexOf(def), 1);
      this.#knownChanged();
    };
  }

  find(def: string | SynthDef): SynthDef | undefined {
    if (typeof def !== 'string') return this.#firstOf(def);
    const found = this.#known.findLast((known) => known.name === def) ?? this.library?.get(def);
    return found && this.#firstOf(found);
  }

  /** What is played for all with the same name and bytes: one object, so that none of them is a change of another. */
  #firstOf(def: SynthDef): SynthDef {
    const known = this.#firsts.get(def);
    if (known) return known;
    const latest = this.#latest.get(def.name);
    const first = same(latest, def) ? latest! : def;
    this.#latest.set(def.name, first);
    const played = this.#firsts.get(first) ?? this.prepare(first);
    this.#firsts.set(first, played);
    this.#firsts.set(def, played);
    return played;
  }

  names(): readonly string[] {
    return [...new Set([...this.#known.map((def) => def.name), ...(this.library?.names() ?? [])])];
  }

  controlsOf(def: SynthDef): ControlTable {
    const known = this.#tables.get(def);
    if (known) return known;
    const table = new ControlTable(def);
    this.#tables.set(def, table);
    return table;
  }

  /** The controls of what a `def` prop means; `undefined` for what is no definition, or not known yet. */
  controlsOfProp(prop: unknown): ControlTable | undefined {
    if (prop === this.#lastProp) return this.#lastTable;
    const isDef =
      typeof prop === 'string' ||
      (typeof prop === 'object' && prop !== null && 'bytes' in prop && 'description' in prop);
    const def = isDef ? this.find(prop as string | SynthDef) : undefined;
    if (!def) return undefined;
    this.#lastProp = prop;
    this.#lastTable = this.controlsOf(def);
    return this.#lastTable;
  }

  isLoaded(def: SynthDef): boolean {
    if (def === this.#lastLoaded) return true;
    if (!same(this.#loaded.get(def.name), def)) return false;
    this.#lastLoaded = def;
    return true;
  }

  /** Why the server did not take the definition. */
  failure(def: SynthDef): SuperColliderError | undefined {
    return this.#failed.get(def);
  }

  /** Sends the definition, unless that is under way; resolves, never rejects, when it is decided. */
  load(def: SynthDef): Promise<void> | undefined {
    if (same(this.#loading.get(def.name), def) || this.#failed.has(def)) return undefined;
    this.#loading.set(def.name, def);
    const life = this.#life;
    return this.server.synthDefs.ensure(def).then(
      () => {
        if (life !== this.#life) return;
        this.#loaded.set(def.name, def);
        this.#lastLoaded = undefined;
        this.#loading.delete(def.name);
      },
      (error) => {
        // It stays among those that are loading until `lost`: to ask again at once would be in vain.
        if (life !== this.#life || isConnectionLost(error)) return;
        this.#failed.set(def, error);
        this.#loading.delete(def.name);
      },
    );
  }

  /** Says once, after a change, that a name may mean another definition now. */
  takeChanged(): boolean {
    const hasChanged = this.#hasChanged;
    this.#hasChanged = false;
    return hasChanged;
  }

  #knownChanged(): void {
    this.#hasChanged = true;
    this.#lastProp = undefined;
    this.#lastTable = undefined;
  }

  /** The server is gone, and its definitions with it. */
  lost(): void {
    this.#life += 1;
    this.#loaded.clear();
    this.#lastLoaded = undefined;
    this.#loading.clear();
    this.#failed.clear();
  }
}

/** An edited module makes a new definition object each time; only other bytes are another definition. */
function same(a: SynthDef | undefined, b: SynthDef): boolean {
  if (a === b) return true;
  return (
    a !== undefined &&
    a.name === b.name &&
    a.bytes.length === b.bytes.length &&
    a.bytes.every((byte, index) => byte === b.bytes[index])
  );
}
