/** No message can be left out: what the difference sends, against all that could be sent. */

import { expect, test } from 'vitest';
import type { Message } from '../../src/osc/message.js';
import { definition, synth, TestScene, type Tree } from './sceneTree.js';
import { type Cost, cheapest, type Homes } from './smallTrees.js';

const defs = { sine: definition('sine') };

function treesOf(tree: string): Tree[] {
  const [root = '', G = '', H = '', changed = ''] = tree.split('|');
  const build = (names: string): Tree[] =>
    [...names].map((name) => {
      if (name === 'G') return { group: name, children: build(G) };
      if (name === 'H') return { group: name, children: build(H) };
      return synth(name, changed.includes(name) ? { freq: 1, amp: 1 } : { freq: 2 });
    });
  return build(root);
}

const costOf = (messages: readonly Message[]): Cost => ({
  messages: messages.length,
  listed: messages.reduce(
    (sum, [address, ...args]) => sum + (address === '/n_order' ? args.length - 2 : 0),
    0,
  ),
});

/** Compares every change of a first tree with the cheapest there is; returns how many there are. */
function compareAll(from: string, homes: Homes, changeable: string): number {
  const costs = cheapest(from, homes, changeable);
  for (const [to, cost] of costs) {
    const scene = new TestScene(defs);
    scene.show(...treesOf(from));
    const messages = scene.show(...treesOf(to));
    expect(costOf(messages), `${from} to ${to}: ${JSON.stringify(messages)}`).toEqual(cost);
  }
  return costs.size;
}

test('any change of up to five siblings takes the fewest messages, and an order the fewest ids', () => {
  const homes: Homes = { a: 'R', b: 'R', c: 'R', d: 'R', e: 'R' };
  let changes = 0;
  for (const from of ['', 'a', 'ab', 'abc', 'abcd', 'abcde'])
    changes += compareAll(`${from}|||`, homes, from.slice(0, 2));
  expect(changes).toBe(5153);
});

const twoGroups: readonly Homes[] = [
  { G: 'R', H: 'R', a: 'G', b: 'G', c: 'G' },
  { G: 'R', H: 'R', a: 'G', b: 'G', c: 'H' },
  { G: 'R', H: 'R', a: 'G', b: 'H', c: 'R' },
  { G: 'R', H: 'R', a: 'G', b: 'R', c: 'R' },
  { G: 'R', H: 'G', a: 'G', b: 'G', c: 'H' },
  { G: 'R', H: 'G', a: 'H', b: 'H', c: 'R' },
];

test.each(twoGroups)('any change of two groups and three synths takes the fewest messages: %j', (homes) => {
  const names = Object.keys(homes);
  for (let some = 0; some < 2 ** names.length; some++) {
    const first = names.filter((_, index) => some & (1 << index));
    if (first.some((name) => homes[name] !== 'R' && !first.includes(homes[name]!))) continue;
    const childrenOf = (parent: string) => first.filter((name) => homes[name] === parent).join('');
    compareAll(
      `${childrenOf('R')}|${childrenOf('G')}|${childrenOf('H')}|`,
      homes,
      first.includes('a') ? 'a' : '',
    );
  }
});
