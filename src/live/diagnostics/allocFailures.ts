/**
 * Finds out which synths a server had no memory for.
 *
 * A unit generator that gets no memory prints "CombN_Ctor: alloc failed" and is silent from then on. Its
 * synth is there, and no `/fail` comes. The line names the unit generator and no node. The server prints it
 * in the block in which it computes the synth first. So the line means the newest synths that have such a
 * unit. Of several alike, it means the last ones, as memory only gets less on the way.
 */

import { SuperColliderError } from '../../errors.js';
import type { SceneNode } from '../../scene/sceneNode.js';
import type { Seconds, UnixTime } from '../../units.js';

export interface AllocFailuresOptions {
  /** The musical moment now, as nodes have it in `start`. */
  readonly now: () => UnixTime;
  /** All elements whose synths are on the server, in the order in which they were made. */
  readonly sounding: () => SceneNode[];
  /** Resolves when the server has carried out what it was sent. */
  readonly sync: () => Promise<void>;
  /** @param element - `undefined` when it is one of several. */
  readonly onFailure: (error: SuperColliderError, element: SceneNode | undefined) => void;
}

/** The age by which a synth is of another commit than the newest such synth, and has its memory. */
const TOGETHER: Seconds = 0.05;

export class AllocFailures {
  readonly #options: AllocFailuresOptions;
  /** The number of times that the server printed the line, by unit generator. */
  #lines: Map<string, number> | undefined;

  constructor(options: AllocFailuresOptions) {
    this.#options = options;
  }

  /** The server printed a line. */
  heard(line: string): void {
    const unit = /\b([A-Z]\w*?)(?:_\w+)?: alloc failed/.exec(line)?.[1];
    if (unit === undefined) return;
    const isFirst = this.#lines === undefined;
    this.#lines ??= new Map();
    this.#lines.set(unit, (this.#lines.get(unit) ?? 0) + 1);
    // One report holds all lines that the server prints of the same commit.
    if (isFirst) void this.#options.sync().then(this.#report, this.#report);
  }

  readonly #report = (): void => {
    const lines = this.#lines ?? new Map<string, number>();
    this.#lines = undefined;
    for (const [unit, count] of lines) this.#tell(unit, count);
  };

  #tell(unit: string, count: number): void {
    const { now, sounding, onFailure } = this.#options;
    const soon = now() + TOGETHER;
    const having = sounding().filter(
      ({ sentSnapshot, start }) =>
        sentSnapshot?.kind === 'synth' &&
        start.time <= soon &&
        sentSnapshot.def.description.unitGenerators.includes(unit),
    );
    // The line is about another client's synth, or about one that has ended since.
    if (having.length === 0) return;
    const newest = having.reduce((latest, { start }) => Math.max(latest, start.time), 0);
    const together = having.filter(({ start }) => start.time > newest - TOGETHER);
    const isSure = count >= together.length;
    for (const element of together.slice(-count)) {
      onFailure(noMemory(element, unit, isSure ? 0 : together.length), isSure ? element : undefined);
    }
  }
}

function noMemory(element: SceneNode, unit: string, among: number): SuperColliderError {
  const def = element.sentSnapshot?.kind === 'synth' ? element.sentSnapshot.def.name : '';
  const which = among > 0 ? ` This is the likeliest of ${among} synths with it that were made together.` : '';
  return new SuperColliderError(
    'command-failed',
    `<${element.type}> at ${element.path()} (node ${element.id}) with synthdef "${def}": the server had no memory for ` +
      `${unit} ("alloc failed"), which is silent.${which} Raise the server option memSize (kilobytes), or take ` +
      'shorter delays and smaller local buffers; then render it under another key.',
  ).locate(element.facts());
}
