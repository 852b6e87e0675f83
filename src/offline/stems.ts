/**
 * A score as its stems: what each of the named groups at the top sounds like alone.
 *
 * A stem has everything but the other named groups: buffers, buses, and the effects that stand beside the groups,
 * so that all stems together are the piece as long as the effects are linear.
 */

import type { Command } from '../commands/command.js';
import { SuperColliderError } from '../errors.js';
import { Score } from './score.js';

/**
 * The stems of a score, by the names of their groups. A group without a name, such as that of a `<Transport>`, is
 * looked into.
 *
 * @throws SuperColliderError `bad-argument` when no group at the top has a name.
 */
export function stemsOf(score: Score): Map<string, Score> {
  const stemOf = stemsOfNodes(score);
  const names = new Set([...stemOf.values()].filter((name) => name !== undefined));
  if (names.size === 0) {
    throw new SuperColliderError(
      'bad-argument',
      'There are no stems: no group at the top of the piece has a name. Write <Group name="drums">.',
    );
  }
  return new Map([...names].sort().map((name) => [name, stem(score, name, stemOf)]));
}

type StemOfNode = ReadonlyMap<number, string | undefined>;

/** Which stem each node belongs to; `undefined` for what belongs to all. */
function stemsOfNodes({ entries, nodes: { names } }: Score): StemOfNode {
  const stems = new Map<number, string | undefined>();
  const parents = new Map<number, number>();
  const groups = new Set<number>([0]);
  const add = (id: number, action: number, target: number, isGroup: boolean) => {
    const parent = action < 2 ? target : (parents.get(target) ?? 0);
    parents.set(id, parent);
    if (isGroup) groups.add(id);
    stems.set(id, stems.get(parent) ?? (isGroup ? names.get(id) : undefined));
  };
  for (const { commands } of entries) {
    for (const command of commands) {
      if (command.type === '/s_new') add(command.id, command.action, command.target, false);
      else if ('groups' in command) {
        for (const { id, action, target } of command.groups) add(id, action, target, true);
      }
    }
  }
  return stems;
}

function stem(score: Score, name: string, stemOf: StemOfNode): Score {
  const belongs = (id: number): boolean => {
    const other = stemOf.get(id);
    return other === undefined || other === name;
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
