/** After every edit of every random piece, what went over the wire gives the tree of the JSX. */

import { createElement } from 'react';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createRoot, type TreeNode } from '../../src/index.js';
import type { QueryTreeNode } from '../../src/server/index.js';
import { type MemoryServer, openMemoryServer } from '../../src/testing/memoryServer.js';
import { bootForTest, engines } from '../setup/servers.js';
import { Editor } from './edits.js';
import { type Buses, defs, Piece, type Shape, wanted } from './script.js';
import { type ModelGroup, type ModelNode, WireModel } from './wireModel.js';

// React's development build would take five times as long.
vi.hoisted(() => {
  process.env.NODE_ENV = 'production';
});

/** As many take two minutes by themselves; `SCRIPTS=20000` runs the whole. */
const SCRIPTS = Number(process.env.SCRIPTS ?? 2000);
const synthDefs = Object.values(defs);
const TIMEOUT = 120_000 + SCRIPTS * 60;
const ON_ENGINES = { scsynth: SCRIPTS / 20, supernova: SCRIPTS / 100, embedded: SCRIPTS / 100 } as const;

function modelShape(nodes: readonly ModelNode[], leaving: ReadonlySet<number>): Shape {
  return nodes.flatMap((node): Shape => {
    if (leaving.has(node.id)) return [];
    const paused = !node.isRunning;
    if (!('def' in node)) return [{ children: modelShape(node.children, leaving), paused }];
    return [{ def: node.def.name, controls: Object.fromEntries([...node.controls].map(asFloat)), paused }];
  });
}

/** Compares as text first: `toEqual` alone would take most of the time. */
function expectSame(actual: Shape, expected: Shape): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) expect(actual).toEqual(expected);
}

const asFloat = ([name, value]: readonly [string, number | string]) =>
  [name, typeof value === 'number' ? Math.fround(value) : value] as const;

describe('over the memory transport', () => {
  let memory: MemoryServer;
  beforeAll(async () => {
    memory = await openMemoryServer();
  });
  afterAll(() => memory.server.quit());

  async function run(seed: number): Promise<void> {
    const { server, farEnd } = memory;
    const editor = new Editor(seed);
    const model = new WireModel(defs);
    model.carryOut([['/g_new', 1, 0, 0]]);
    model.connect((message) => farEnd.send(message));
    const leaving = new Set<number>();
    farEnd.onBundle = ({ messages }) => {
      for (const [address, id, name, value] of messages)
        if (address === '/n_set' && name === 'gate' && value === 0) leaving.add(id as number);
      model.carryOut(messages);
    };
    const errors: Error[] = [];
    const root = createRoot(server, { seed: 1, synthDefs, onError: (error) => errors.push(error) });
    let buses: Buses | undefined;
    const show = async () => {
      const onBuses = (given: Buses) => {
        buses = given;
      };
      await root.render(createElement(Piece, { parts: editor.parts, onBuses }));
      // A wrong control is told to its boundary, which renders once more.
      if (editor.parts.length > 0) await root.settled();
      const group = model.nodes.get(1) as ModelGroup;
      expectSame(modelShape(group.children, leaving), wanted(editor.parts, buses!));
      expect(model.problems).toEqual([]);
      editor.settle();
    };
    await show();
    for (let step = 0; step < 3; step++) {
      if (editor.chance(30)) model.finishReleases();
      for (const mortal of editor.mortal()) {
        if (!editor.chance(25)) continue;
        const id = idOf(root, mortal.key);
        if (id === undefined) continue;
        mortal.ended = mortal.def;
        model.end(id, editor.chance(70));
      }
      await root.settled();
      editor.edit();
      await show();
    }
    const unmounting = root.unmount({ timeout: 1 });
    await new Promise(setImmediate); // the bundle arrives
    model.finishReleases();
    await unmounting;
    await new Promise(setImmediate);
    const group = model.root.children[0] as { children: ModelNode[] };
    expect(group.children.map(({ id }) => id)).toEqual([]);
    expect(model.problems).toEqual([]);
    expect(errors).toEqual([]);
  }

  test(`${SCRIPTS} random pieces and edits of them`, { timeout: TIMEOUT }, async () => {
    for (let seed = 1; seed <= SCRIPTS; seed++) {
      try {
        await run(seed);
      } catch (error) {
        throw new Error(`seed ${seed}: ${(error as Error).message}`, { cause: error });
      }
    }
  });
});

describe.each(engines)('on %s', (engine) => {
  test('random pieces and edits of them leave the tree of the JSX', { timeout: TIMEOUT }, async () => {
    const server = await bootForTest(engine);
    const failures: unknown[] = [];
    server.on('/fail', ({ args }) => failures.push(args));
    for (let seed = 1; seed <= ON_ENGINES[engine]; seed++) {
      const editor = new Editor(seed);
      const released = new Set<number>();
      const errors: Error[] = [];
      const root = createRoot(server, {
        synthDefs,
        onError: (error) => errors.push(error),
        onCommit: ({ commands }) => {
          for (const command of commands)
            if (command.type === '/n_set' && command.controls[0] === 'gate' && command.controls[1] === 0)
              released.add(command.id);
        },
      });
      let buses: Buses | undefined;
      const onBuses = (given: Buses) => {
        buses = given;
      };
      for (let step = 0; step < 4; step++) {
        if (step > 0) editor.edit();
        const rendered = root.render(createElement(Piece, { parts: editor.parts, onBuses }));
        // Only the first has to load something; the next ones come while the server is still busy with it.
        if (step === 0 || step === 3) await rendered;
        else await new Promise(setImmediate);
        editor.settle();
      }
      await root.settled();
      const tree = await server.queryTree(server.defaultGroup.id);
      expect(serverShape(tree.children, released), `seed ${seed}`).toEqual(
        withoutPausing(wanted(editor.parts, buses!)),
      );
      await root.unmount();
      expect((await server.queryTree(server.defaultGroup.id)).children, `seed ${seed}`).toEqual([]);
      expect([failures, errors], `seed ${seed}`).toEqual([[], []]);
    }
  });
});

/** What a server says of its tree; whether nodes run is not among it. */
function serverShape(nodes: readonly QueryTreeNode[], leaving: ReadonlySet<number>): Shape {
  return nodes.flatMap((node): Shape => {
    if (leaving.has(node.id)) return [];
    if ('children' in node) return [{ children: serverShape(node.children, leaving) }];
    return [{ def: node.def, controls: node.controls }];
  });
}

const withoutPausing = (shape: Shape): Shape =>
  shape.map((node) =>
    'def' in node ? { def: node.def, controls: node.controls } : { children: withoutPausing(node.children) },
  );

/** The id of the node of the element with that key, which is its name, too. */
function idOf(root: ReturnType<typeof createRoot>, key: string): number | undefined {
  const find = (nodes: readonly TreeNode[]): number | undefined => {
    for (const node of nodes) {
      const id = node.name === key ? node.id : node.type === 'group' ? find(node.children) : undefined;
      if (id !== undefined) return id;
    }
    return undefined;
  };
  return find(root.tree?.children ?? []);
}
