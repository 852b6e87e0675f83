/** The text of an `.sfz` file as headers and opcodes, each with its place. */

import { SuperColliderError } from '../errors.js';

/** The value of an opcode, and where it was written. */
export interface SfzValue {
  readonly value: string;
  /** File and line, such as `piano.sfz:12`. */
  readonly place: string;
}

/** Opcodes by their names. */
export type SfzOpcodes = ReadonlyMap<string, SfzValue>;

/** A region with all that its groups say. */
export interface SfzRegion {
  /** File and line of its header. */
  readonly place: string;
  readonly opcodes: SfzOpcodes;
  /** The text before the path of its sample. */
  readonly defaultPath: string;
  /** Semitones that its keys are moved by. */
  readonly keyOffset: number;
}

/** Headers whose opcodes go to the regions below them, the outer ones first. */
const LEVELS = ['global', 'master', 'group'] as const;

/** Files within files: more are a circle. */
const MAX_DEPTH = 16;

type Scope = Map<string, SfzValue>;

/**
 * Reads the regions of an `.sfz` file and of those that it includes.
 *
 * @param read - Gives the text of a file.
 * @throws SuperColliderError `invalid-file` with the file and the line.
 */
export async function sfzRegions(
  path: string,
  read: (path: string) => Promise<string>,
): Promise<readonly SfzRegion[]> {
  const reader = new SfzReader(path, read);
  await reader.include(path, 0);
  return reader.end();
}

class SfzReader {
  readonly #folder: string;
  readonly #read: (path: string) => Promise<string>;
  readonly #regions: SfzRegion[] = [];
  readonly #levels: Record<(typeof LEVELS)[number], Scope> = {
    global: new Map(),
    master: new Map(),
    group: new Map(),
  };
  readonly #control: Scope = new Map();
  readonly #defines = new Map<string, string>();
  #scope: Scope | undefined;
  #place = '';
  #region: { readonly scope: Scope; readonly place: string } | undefined;

  constructor(path: string, read: (path: string) => Promise<string>) {
    this.#folder = path.replace(/[^/\\]*$/, '');
    this.#read = read;
  }

  async include(path: string, depth: number): Promise<void> {
    if (depth > MAX_DEPTH) throw this.#invalid(`"${path}" is included within itself.`);
    const name = path.replace(/^.*[/\\]/, '');
    const lines = withoutComments(await this.#read(path)).split(/\r?\n/);
    for (const [index, line] of lines.entries()) {
      this.#place = `${name}:${index + 1}`;
      const included = /^\s*#include\s+"([^"]+)"/.exec(line);
      const defined = /^\s*#define\s+(\$\w+)\s+(\S+)/.exec(line);
      if (included) await this.include(this.#folder + included[1]!.replaceAll('\\', '/'), depth + 1);
      else if (defined) this.#defines.set(defined[1]!, defined[2]!);
      else this.#line(this.#expanded(line));
    }
  }

  end(): readonly SfzRegion[] {
    this.#closeRegion();
    return this.#regions;
  }

  #expanded(line: string): string {
    // The longest name first: $KEY2 begins with $KEY.
    const names = [...this.#defines.keys()].sort((a, b) => b.length - a.length);
    return names.reduce((text, name) => text.replaceAll(name, this.#defines.get(name)!), line);
  }

  #line(line: string): void {
    let rest = line.trim();
    while (rest !== '') {
      const header = /^<(\w+)>\s*/.exec(rest);
      const opcode = /^(\w+)=(.*?)(?=\s+\w+=|\s*<\w+>|\s*$)\s*/.exec(rest);
      if (header) this.#header(header[1]!);
      else if (opcode) this.#opcode(opcode[1]!, opcode[2]!);
      else throw this.#invalid(`"${rest.slice(0, 40)}" is neither a <header> nor an opcode=value.`);
      rest = rest.slice((header ?? opcode)![0].length);
    }
  }

  #header(name: string): void {
    this.#closeRegion();
    const level = (LEVELS as readonly string[]).indexOf(name);
    if (level >= 0) {
      for (const inner of LEVELS.slice(level)) this.#levels[inner] = new Map();
      this.#scope = this.#levels[LEVELS[level]!];
    } else if (name === 'region') {
      this.#scope = new Map();
      this.#region = { scope: this.#scope, place: this.#place };
    } else if (name === 'control') this.#scope = this.#control;
    else {
      throw this.#invalid(
        `the header <${name}> is not supported. The headers are control, global, master, group and region.`,
      );
    }
  }

  #opcode(name: string, value: string): void {
    if (!this.#scope) throw this.#invalid(`the opcode ${name} stands before the first header.`);
    this.#scope.set(name, { value, place: this.#place });
  }

  #closeRegion(): void {
    if (!this.#region) return;
    const { scope, place } = this.#region;
    this.#region = undefined;
    const { global, master, group } = this.#levels;
    const number = (name: string): number => Number(this.#control.get(name)?.value ?? 0);
    this.#regions.push({
      place,
      opcodes: new Map([...global, ...master, ...group, ...scope]),
      defaultPath: this.#control.get('default_path')?.value ?? '',
      keyOffset: number('note_offset') + 12 * number('octave_offset'),
    });
  }

  #invalid(what: string): SuperColliderError {
    return new SuperColliderError('invalid-file', `${this.#place}: ${what}`);
  }
}

/** Comments become spaces, and lines stay lines. */
const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' ')).replace(/\/\/.*$/gm, '');
