/**
 * The synthdefs of a root: which names mean what, and which of them the server has.
 */

import type { SuperColliderError } from '../../errors.js';
import { ControlTable } from '../../scene/controlTable.js';
import type { SceneNode } from '../../scene/sceneNode.js';
import type { SynthDef } from '../../synthdef/index.js';
import { isConnectionLost } from '../connectionLost.js';
import type { SceneServer } from '../sceneServer.js';

/** Definitions that are found by name when nothing nearer has that name, such as a folder of files. */
export interface SynthDefLibrary {
  /** The names of all definitions in the library. */
  readonly names: () => readonly string[];
  /** The definition; `undefined` when the library has none by that name. */
  readonly get: (name: string) => SynthDef | undefined;
}

/** The definition with the fades of a group around its element; `undefined` without one. */
export interface Fader {
  current: ((def: SynthDef, element: SceneNode) => SynthDef | undefined) | undefined;
}

export class Definitions {
  /** Definitions by name: mounted `<Definition>`s last, so that they win; each may be mounted twice. */
  readonly #known: SynthDef[];
  /** Definitions on the server, as they were placed there. */
  readonly #loaded = new Set<SynthDef>();
  readonly #loading = new Set<SynthDef>();
  readonly #tables = new WeakMap<SynthDef, ControlTable>();
  readonly #failed = new Map<SynthDef, SuperColliderError>();
  readonly #prepared = new WeakMap<SynthDef, SynthDef>();
  /** Gives definitions fades, once an element asks for them. */
  readonly fader: Fader = { current: undefined };
  /** True when a name may mean another definition than before. */
  #hasChanged = false;
  /** The `def` prop of the last look-up: the synths of a render mostly have the same one. */
  #lastProp: unknown;
  #lastTable: ControlTable | undefined;
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

  /** The definition that a `def` prop means, as the server has it or will have it. */
  find(def: string | SynthDef, element?: SceneNode): SynthDef | undefined {
    const found = this.named(def);
    return found && this.server.synthDefs.place(this.#prepare(found, element));
  }

  /** True when a `def` prop means a definition that was placed on the server. */
  means(def: string | SynthDef, placed: SynthDef, element: SceneNode): boolean {
    const found = this.named(def);
    return found !== undefined && this.server.synthDefs.find(this.#prepare(found, element)) === placed;
  }

  /** Another definition has the name on the server now. */
  replaced(def: SynthDef): void {
    this.#loaded.delete(def);
    this.#loading.delete(def);
    this.#lastProp = undefined;
    this.#lastTable = undefined;
  }

  /** The definition that a `def` prop means, whether a server has it or not. */
  named(def: string | SynthDef): SynthDef | undefined {
    if (typeof def !== 'string') return def;
    return this.#known.findLast((known) => known.name === def) ?? this.library?.get(def);
  }

  #prepare(def: SynthDef, element?: SceneNode): SynthDef {
    const faded = element && this.fader.current?.(def, element);
    if (faded) return this.#prepare(faded);
    const known = this.#prepared.get(def);
    if (known) return known;
    const prepared = this.prepare(def);
    this.#prepared.set(def, prepared);
    return prepared;
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
    // Where elements fade, a definition depends on the place of its element.
    if (this.fader.current) return undefined;
    if (prop === this.#lastProp) return this.#lastTable;
    const isDef =
      typeof prop === 'string' ||
      (typeof prop === 'object' && prop !== null && 'bytes' in prop && 'description' in prop);
    // Names on the server are allocated when a commit is compared. While React renders, a definition that is
    // on its way out is in the tree still.
    const named = isDef ? this.named(prop as string | SynthDef) : undefined;
    const def = named && this.server.synthDefs.find(this.#prepare(named));
    if (!def) return undefined;
    this.#lastProp = prop;
    this.#lastTable = this.controlsOf(def);
    return this.#lastTable;
  }

  isLoaded(def: SynthDef): boolean {
    return this.#loaded.has(def);
  }

  /** Why the server did not take the definition. */
  failure(def: SynthDef): SuperColliderError | undefined {
    return this.#failed.get(def);
  }

  /** Sends the definition, unless that is under way; resolves, never rejects, when it is decided. */
  load(def: SynthDef): Promise<void> | undefined {
    if (this.#loading.has(def) || this.#failed.has(def)) return undefined;
    this.#loading.add(def);
    const life = this.#life;
    return this.server.synthDefs.loadPlaced(def).then(
      () => {
        if (life !== this.#life) return;
        this.#loaded.add(def);
        this.#loading.delete(def);
      },
      (error) => {
        // It stays among those that are loading until `lost`: to ask again at once would be in vain.
        if (life !== this.#life || isConnectionLost(error)) return;
        this.#failed.set(def, error);
        this.#loading.delete(def);
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
    this.#loading.clear();
    this.#failed.clear();
  }
}
