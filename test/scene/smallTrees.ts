/**
 * Everything that a server's commands can make of a small tree, in the fewest messages: an exhaustive search.
 *
 * A tree is a text: the children of the root, of group G and of group H, and which synths got other controls, such as
 * `GbH|ac||a`. Each node has its place (`home`) in the root, G or H, as React does not take nodes to other parents.
 */

/** Where each node belongs; capitals are groups, `R` the root. */
export type Homes = Readonly<Record<string, 'R' | 'G' | 'H'>>;

export interface Cost {
  readonly messages: number;
  /** Ids that are listed in `/n_order`s. */
  readonly listed: number;
}

interface State {
  readonly R: string;
  readonly G: string;
  readonly H: string;
  readonly changed: string;
}

const parse = (tree: string): State => {
  const [R = '', G = '', H = '', changed = ''] = tree.split('|');
  return { R, G, H, changed };
};

const format = ({ R, G, H, changed }: State): string => `${R}|${G}|${H}|${changed}`;

const isThere = ({ R, G, H }: State, name: string): boolean => name === 'R' || (R + G + H).includes(name);

const insert = (list: string, part: string, at: number): string => list.slice(0, at) + part + list.slice(at);

const without = (list: string, names: string): string =>
  [...list].filter((name) => !names.includes(name)).join('');

/**
 * The lowest cost of each tree that can be reached from a first one: fewest messages, and of those the fewest ids
 * listed. A node that was freed does not come back, as it would be another one.
 *
 * @param changeable - Synths of the first tree whose controls may change.
 */
export function cheapest(from: string, homes: Homes, changeable: string): Map<string, Cost> {
  const costs = new Map<string, Cost>([[from, { messages: 0, listed: 0 }]]);
  const first = parse(from);
  const born = Object.keys(homes).filter((name) => !isThere(first, name));
  // A dead node is told from an unborn one by where it was first: only the latter may be made.
  let layer = [from];
  for (let messages = 1; layer.length > 0; messages++) {
    const next = new Map<string, number>();
    for (const tree of layer) {
      const { listed } = costs.get(tree)!;
      for (const [reached, more] of steps(parse(tree), homes, born, changeable)) {
        const known = next.get(reached);
        if (!costs.has(reached) && (known === undefined || listed + more < known))
          next.set(reached, listed + more);
      }
    }
    for (const [tree, listed] of next) costs.set(tree, { messages, listed });
    layer = [...next.keys()];
  }
  return costs;
}

/** What each single message makes of a tree, with the ids that it lists. */
function* steps(
  state: State,
  homes: Homes,
  born: readonly string[],
  changeable: string,
): Generator<[string, number]> {
  const names = state.R + state.G + state.H;
  for (const name of names) yield [format(freed(state, name)), 0]; // /n_free
  for (const name of changeable) {
    if (names.includes(name) && !state.changed.includes(name))
      yield [format({ ...state, changed: [...state.changed, name].sort().join('') }), 0]; // /n_set
  }
  const missing = born.filter((name) => !names.includes(name));
  for (const name of missing) {
    for (const made of places(state, name, homes)) {
      yield [format(made), 0]; // /s_new, /g_new
      if (name !== 'G' && name !== 'H') continue;
      const other = name === 'G' ? 'H' : 'G';
      if (!missing.includes(other)) continue;
      for (const both of places(made, other, homes)) yield [format(both), 0]; // /g_new of two
    }
  }
  for (const parent of ['R', 'G', 'H'] as const) {
    for (const list of lists(state[parent])) {
      const rest = without(state[parent], list);
      // At the head, at the tail, before and after each: every place there is.
      for (let at = 0; at <= rest.length; at++)
        yield [format({ ...state, [parent]: insert(rest, list, at) }), list.length]; // /n_order
    }
  }
}

function freed(state: State, name: string): State {
  let { R, G, H } = state;
  let gone = name;
  if (gone.includes('G')) gone += G;
  if (gone.includes('H')) gone += H;
  [R, G, H] = [without(R, gone), without(G, gone), without(H, gone)];
  return { R, G, H, changed: without(state.changed, gone) };
}

function* places(state: State, name: string, homes: Homes): Generator<State> {
  const home = homes[name]!;
  if (!isThere(state, home)) return;
  for (let at = 0; at <= state[home].length; at++) yield { ...state, [home]: insert(state[home], name, at) };
}

/** All ordered lists of some of the names. */
function lists(names: string): string[] {
  return [...names].flatMap((name) => [name, ...lists(without(names, name)).map((rest) => name + rest)]);
}
