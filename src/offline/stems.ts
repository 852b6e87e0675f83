/**
 * A score as its stems: the sound of each of the named groups at the top alone.
 *
 * A stem has everything but the nodes in the other named groups: buffers, buses, and the nodes beside the groups. All
 * stems together are the piece where the nodes beside the groups are linear effects. A sound beside the groups is in
 * every stem.
 */

import { join, parse } from 'node:path';
import type { Command } from '../commands/command.js';
import { SuperColliderError } from '../errors.js';
import { Score } from './score.js';

/** A score that becomes a file. */
export interface Part {
  /** The group's name; `undefined` for the whole piece. */
  readonly stem: string | undefined;
  readonly path: string;
  readonly score: Score;
}

/**
 * The whole piece, and its stems where they are wanted.
 *
 * @throws SuperColliderError `invalid-argument` when no group at the top has a name, and for two stems that would be one file.
 */
export function partsOf(score: Score, path: string, withStems: boolean): readonly Part[] {
  const parts: Part[] = [{ stem: undefined, path, score }];
  if (!withStems) return parts;
  for (const [stem, part] of stemsOf(score)) {
    const file = stemPath(path, stem);
    const same = parts.find((other) => other.path === file);
    if (same) {
      throw new SuperColliderError(
        'invalid-argument',
        `The stems of the groups "${same.stem}" and "${stem}" would both be ${file}. Give one of them another name.`,
      );
    }
    parts.push({ stem, path: file, score: part });
  }
  return parts;
}

/** `out.wav` and `drums` give `out-drums.wav`; what is no part of a file name becomes `_`. */
export function stemPath(path: string, stem: string): string {
  const { dir, name, ext } = parse(path);
  return join(dir, `${name}-${stem.replace(/[^\p{L}\p{N} ._-]/gu, '_')}${ext}`);
}

/**
 * The stems of a score, by the names of their groups. A group without a name, such as that of a `<Transport>`, is
 * looked into.
 *
 * @throws SuperColliderError `invalid-argument` when no group at the top has a name.
 */
export function stemsOf(score: Score): Map<string, Score> {
  const nodes = stemsOfNodes(score);
  const names = new Set(nodes.heads.values());
  if (names.size === 0) {
    throw new SuperColliderError(
      'invalid-argument',
      'There are no stems: no group at the top of the piece has a name. Write <Group name="drums">.',
    );
  }
  return new Map([...names].sort().map((name) => [name, stem(score, name, nodes)]));
}

interface NodeStems {
  /** The named groups at the top, by id. */
  readonly heads: ReadonlyMap<number, string>;
  /** The stem of each node; `undefined` for nodes that belong to all. */
  readonly stems: ReadonlyMap<number, string | undefined>;
}

function stemsOfNodes({ entries, nodes: { names } }: Score): NodeStems {
  const heads = new Map<number, string>();
  const stems = new Map<number, string | undefined>();
  const parents = new Map<number, number>();
  const add = (id: number, action: number, target: number, isGroup: boolean) => {
    const parent = action < 2 ? target : (parents.get(target) ?? 0);
    parents.set(id, parent);
    const above = stems.get(parent);
    const name = isGroup ? names.get(id) : undefined;
    if (above === undefined && name !== undefined) heads.set(id, name);
    stems.set(id, above ?? name);
  };
  for (const { commands } of entries) {
    for (const command of commands) {
      if (command.type === '/s_new') add(command.id, command.action, command.target, false);
      else if ('groups' in command) {
        for (const { id, action, target } of command.groups) add(id, action, target, true);
      }
    }
  }
  return { heads, stems };
}

function stem(score: Score, name: string, { heads, stems }: NodeStems): Score {
  // The other named groups are there, and empty: what stands beside them was placed before or after them.
  const belongs = (id: number): boolean => {
    const other = stems.get(id);
    return other === undefined || other === name || heads.has(id);
  };
  const entries = score.entries.flatMap(({ time, commands }) => {
    const kept = commands.flatMap((command) => keep(command, belongs));
    return kept.length > 0 ? [{ time, commands: kept }] : [];
  });
  return new Score(entries, score.duration, score.nodes);
}

function keep(command: Command, belongs: (id: number) => boolean): readonly Command[] {
  switch (command.type) {
    case '/g_new':
    case '/p_new': {
      const groups = command.groups.filter(({ id }) => belongs(id));
      return groups.length > 0 ? [{ ...command, groups }] : [];
    }
    case '/n_run': {
      const nodes = command.nodes.filter(([id]) => belongs(id));
      return nodes.length > 0 ? [{ ...command, nodes }] : [];
    }
    case '/n_order': {
      const ids = command.ids.filter(belongs);
      return ids.length > 0 && belongs(command.target) ? [{ ...command, ids }] : [];
    }
    default:
      return 'id' in command && !belongs(command.id) ? [] : [command];
  }
}
