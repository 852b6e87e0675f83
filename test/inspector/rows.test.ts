import { expect, test } from 'vitest';
import { rowsOf } from '../../src/inspector/view/tree/rows.js';

const NONE = -1;
const node = (id: number, parent: number, previous: number, next: number, head = NONE, tail = NONE) => ({
  id,
  parent,
  previous,
  next,
  head,
  tail,
  isGroup: head !== NONE,
  isRunning: true,
});

test('synths of meters are not in the tree, nor are they counted', () => {
  const nodes = {
    0: node(0, NONE, NONE, NONE, 1, 1002),
    1: node(1, 0, NONE, 1001, 1000, 1000),
    1000: node(1000, 1, NONE, NONE),
    1001: node(1001, 0, 1, 1002),
    1002: node(1002, 0, 1001, NONE),
  };
  const labels = {
    1000: { def: 'sine' },
    1001: { def: 'react-collider-level-2' },
    1002: { def: 'react-collider-volume-2' },
  };
  const rows = rowsOf(nodes as never, labels as never, new Set(), '');
  expect(rows.map(({ id, size }) => [id, size])).toEqual([
    [0, 3],
    [1, 1],
    [1000, 0],
    [1002, 0],
  ]);
  expect(rowsOf(nodes as never, labels as never, new Set([0]), '')[0]!.size).toBe(3);
});
