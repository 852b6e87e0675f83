/**
 * The names of definitions on one server.
 *
 * A definition is its bytes, and its name a label. The first definition of a name has the plain name there.
 * Another one that is needed beside it has a name of its own, such as `kick~2f1a`, of its bytes.
 */

import type { SynthDef } from './synthDefsFromBytes.js';

/** Definitions of one name that nobody needs any more, but that a server keeps in case they come again. */
const MAX_UNUSED = 4;

/** A user of the server's definitions, such as a root. */
export interface SynthDefUser {
  /** True while the user makes, or may make, synths of the definition. */
  readonly needs: (def: SynthDef) => boolean;
  /** True when no message of the user is on its way to a later time. */
  readonly isQuiet: () => boolean;
  /** Called when another definition has taken the name of one that nobody needs. */
  readonly onReplaced: (def: SynthDef) => void;
}

export interface SynthDefNamesOptions {
  /** Bytes that a name may have. @default 255 */
  readonly maxNameSize?: () => number;
  /** True where others give names that are not known here: then every name is of the bytes. @default false */
  readonly isShared?: () => boolean;
  /** Called with names on the server of definitions that nobody needs any more. */
  readonly onFree?: (names: readonly string[]) => void;
}

/** Names of definitions on one server: equal bytes share a name, different ones do not. */
export class SynthDefNames {
  readonly #users = new Set<SynthDefUser>();
  /** By the name on the server. */
  readonly #placed = new Map<string, SynthDef>();
  /** By the definition's own name, in the order in which they came. */
  readonly #ofName = new Map<string, SynthDef[]>();
  /** Those that lost their plain name, by it: one that comes back gets a name to keep, so that two in turn stay. */
  readonly #replaced = new Map<string, SynthDef[]>();
  /** The definition that a program loaded last under a name by hand. */
  readonly #held = new Map<string, SynthDef>();
  readonly #found = new WeakMap<SynthDef, SynthDef>();
  readonly #options: SynthDefNamesOptions;

  constructor(options: SynthDefNamesOptions = {}) {
    this.#options = options;
  }

  /** Counts somebody as a user; returns what ends that. */
  addUser(user: SynthDefUser): () => void {
    this.#users.add(user);
    return () => {
      this.#users.delete(user);
      for (const name of this.#ofName.keys()) this.#free(name, 0);
    };
  }

  /** The definition with its name on the server: the same object for the same name and bytes. */
  place(def: SynthDef): SynthDef {
    const found = this.find(def);
    if (found) return found;
    const placed = this.#add(def);
    this.#found.set(def, placed);
    return placed;
  }

  /** Places a definition that a program loads by hand: the last one of its name is what the name means. */
  hold(def: SynthDef): SynthDef {
    this.#held.delete(def.name);
    const placed = this.place(def);
    this.#held.set(def.name, placed);
    return placed;
  }

  /** The definition as it was placed; `undefined` when it never was. */
  find(def: SynthDef): SynthDef | undefined {
    const known = this.#found.get(def);
    if (known && this.#placed.get(serverNameOf(known)) === known) return known;
    const found = this.#ofName.get(def.name)?.find((other) => isSameSynthDef(other, def));
    if (found) this.#found.set(def, found);
    return found;
  }

  /**
   * The server's name for a name: that of the definition that was loaded by hand last, else the name itself.
   */
  serverName(name: string): string {
    const held = this.#held.get(name);
    return held ? serverNameOf(held) : name;
  }

  /** The program freed a definition by its name on the server. */
  forget(serverName: string): void {
    const def = this.#placed.get(serverName);
    if (!def) return;
    this.#remove(def);
    if (this.#held.get(def.name) === def) this.#held.delete(def.name);
  }

  #add(def: SynthDef): SynthDef {
    const plain = this.#placed.get(def.name);
    const replaced = this.#replaced.get(def.name) ?? [];
    const cameBack = replaced.some((other) => isSameSynthDef(other, def));
    if (plain && !cameBack && this.#isReplaceable(plain)) {
      this.#replaced.set(def.name, [...replaced, plain].slice(-MAX_UNUSED));
      this.#remove(plain);
      for (const { onReplaced } of this.#users) onReplaced(plain);
    }
    const isPlain = !this.#options.isShared?.() && !this.#placed.has(def.name);
    const placed = isPlain ? def : { ...def, serverName: this.#unusedName(def) };
    this.#placed.set(serverNameOf(placed), placed);
    const all = this.#ofName.get(def.name) ?? [];
    this.#ofName.set(def.name, all);
    this.#free(def.name, MAX_UNUSED);
    all.push(placed);
    return placed;
  }

  /** An edited definition takes the name of the one before, unless a bundle on its way may still need that. */
  #isReplaceable(def: SynthDef): boolean {
    return !this.#isNeeded(def) && [...this.#users].every(({ isQuiet }) => isQuiet());
  }

  #isNeeded(def: SynthDef): boolean {
    return this.#held.get(def.name) === def || [...this.#users].some(({ needs }) => needs(def));
  }

  #unusedName({ name, bytes }: SynthDef): string {
    const digest = hash(bytes).toString(16).padStart(8, '0');
    for (let digits = 4; ; digits++) {
      // Zeros distinguish two definitions with the same eight digits.
      const suffix = `~${digest.slice(0, digits).padEnd(digits, '0')}`;
      const candidate = `${shortened(name, (this.#options.maxNameSize?.() ?? 255) - suffix.length)}${suffix}`;
      if (!this.#placed.has(candidate)) return candidate;
    }
  }

  /** Frees definitions of a name that nobody needs but the last few, and never the one with the plain name. */
  #free(name: string, most: number): void {
    const all = this.#ofName.get(name) ?? [];
    const unused = all.filter((def) => def.serverName !== undefined && !this.#isNeeded(def));
    const gone = unused.slice(0, Math.max(0, unused.length - most));
    if (gone.length === 0) return;
    for (const def of gone) this.#remove(def);
    this.#options.onFree?.(gone.map(serverNameOf));
  }

  #remove(def: SynthDef): void {
    this.#placed.delete(serverNameOf(def));
    const all = this.#ofName.get(def.name)!.filter((other) => other !== def);
    if (all.length > 0) this.#ofName.set(def.name, all);
    else this.#ofName.delete(def.name);
  }
}

/** The name that a server knows a definition by. */
export const serverNameOf = ({ name, serverName }: SynthDef): string => serverName ?? name;

/** True for definitions of the same name and bytes: an edited module makes a new object each time. */
export function isSameSynthDef(a: SynthDef, b: SynthDef): boolean {
  if (a.bytes === b.bytes) return a.name === b.name;
  return (
    a.name === b.name &&
    a.bytes.length === b.bytes.length &&
    a.bytes.every((byte, index) => byte === b.bytes[index])
  );
}

/**
 * The 32-bit FNV-1a hash of bytes.
 *
 * @see https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
 */
function hash(bytes: Uint8Array): number {
  let value = 0x811c9dc5;
  for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}

/** The beginning of a name that fits into so many bytes. */
function shortened(name: string, size: number): string {
  let short = name;
  while (new TextEncoder().encode(short).length > size) short = short.slice(0, -1);
  return short;
}
