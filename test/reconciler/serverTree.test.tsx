/** After every commit the server's tree is the JSX, on every engine. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Commit, createRoot } from '../../src/index.js';
import type { QueryTreeNode, Server } from '../../src/server/index.js';
import type { NodeId } from '../../src/units.js';
import { pad, ping, tone } from '../setup/definitions.js';
import { bootForTest, engines } from '../setup/servers.js';
import { type GroupTree, Scene, type SynthTree, serverShape, type Tree, wantedShape } from './tree.js';

const synth = (key: string, controls: SynthTree['controls'] = {}, def = tone): SynthTree => ({
  key,
  def,
  controls,
});
const group = (key: string, ...children: Tree[]): GroupTree => ({ key, children });

/** A root whose tree can be compared with the server's after each render. */
async function stage(server: Server) {
  const failures: unknown[] = [];
  const errors: Error[] = [];
  const commits: Commit[] = [];
  const released = new Set<number>();
  let lfo: number | undefined;
  const end = server.on('/fail', ({ args }) => failures.push(args));
  const root = createRoot(server, {
    onError: (error) => errors.push(error),
    onCommit: (commit) => {
      commits.push(commit);
      // What is told to go is in the tree until its release is over; nothing below it counts either.
      for (const command of commit.commands) {
        if (command.type === '/n_set' && command.controls[0] === 'gate' && command.controls[1] === 0)
          released.add(command.id);
      }
    },
  });
  return {
    root,
    commits,
    async show(trees: readonly Tree[]) {
      await root.render(
        <Scene
          trees={trees}
          onBus={(bus) => {
            lfo = bus.index ?? lfo;
          }}
        />,
      );
      const isReleasing = ({ id }: QueryTreeNode) => released.has(id);
      const tree = await server.queryTree(server.defaultGroup.id);
      await root.render(<Scene trees={trees} onBus={(bus) => (lfo = bus.index)} />);
      expect(serverShape(tree, isReleasing)).toEqual(wantedShape(trees, lfo));
      expect(failures).toEqual([]);
      expect(errors).toEqual([]);
    },
    async end() {
      await root.unmount();
      end();
      expect((await server.queryTree(server.defaultGroup.id)).children).toEqual([]);
      expect(failures).toEqual([]);
    },
  };
}

describe.each(engines)('%s', (engine) => {
  let server: Server;
  test('boots', async () => {
    server = await bootForTest(engine);
    expect(server.state).toBe('online');
  });

  test('mounting, updating, reordering, moving and unmounting each leave the tree of the JSX', async () => {
    const { show, end } = await stage(server);
    await show([
      group('voices', synth('a', { freq: 220 }), synth('b', { freq: 330, pan: [-1, 1] })),
      synth('fx'),
    ]);
    await show([
      group('voices', synth('a', { freq: 221 }), synth('b', { pan: [0.5] })),
      synth('fx', { amp: 0.2 }),
    ]);
    await show([synth('fx'), group('voices', synth('b'), synth('c'), synth('a', { freq: 'lfo' }))]);
    await show([
      synth('new'),
      synth('fx'),
      group('voices', synth('c'), group('inner', synth('d', {}, pad)), synth('b')),
    ]);
    await show([synth('fx', {}, pad), group('voices', synth('b', {}, pad), synth('c'))]);
    await show([group('voices', synth('c'), synth('b', {}, pad)), synth('a')]);
    await show([]);
    await end();
  });

  test('a hundred keyed synths keep their ids through any order', async () => {
    const { root, show, end } = await stage(server);
    const keys = Array.from({ length: 100 }, (_, index) => `k${index}`);
    const trees = (order: readonly string[]) =>
      order.map((key) => synth(key, { freq: 100 + Number(key.slice(1)) }));
    await show(trees(keys));
    const ids = root.tree!.children.map(({ id }) => id);
    await show(trees(keys.toReversed()));
    await show(trees([...keys.slice(50), ...keys.slice(0, 50)]));
    await show(trees(keys));
    expect(root.tree!.children.map(({ id }) => id)).toEqual(ids);
    await end();
  });

  test('the same tree rendered again sends nothing', async () => {
    const { show, commits, end } = await stage(server);
    const trees = [group('g', synth('a', { freq: 'lfo', pan: [0.1, 0.2] }), synth('b', {}, pad))];
    await show(trees);
    const before = commits.length;
    await show(trees);
    expect(commits).toHaveLength(before);
    await end();
  });

  test('a synth that ends by itself is reported once, and nothing is sent to it', async () => {
    const { root, show, commits, end } = await stage(server);
    const ended = new Promise<void>((resolve) => {
      const stop = server.on('/n_end', ({ args }) => {
        if (args[0] !== id()) return;
        stop();
        resolve();
      });
    });
    const id = () => root.tree?.children[0]?.id as NodeId;
    await root.render(<Scene trees={[synth('a', { length: 0.3 }, ping)]} />);
    await ended;
    const before = commits.length;
    await root.render(<Scene trees={[synth('a', { length: 0.3, freq: 1 }, ping)]} />);
    await root.render(<Scene trees={[]} />);
    expect(commits).toHaveLength(before);
    await show([]);
    await end();
  });

  test('random trees, one after another', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(treesArbitrary, { minLength: 2, maxLength: 5 }), async (steps) => {
        const { show, end } = await stage(server);
        for (const trees of steps) await show(trees);
        await end();
      }),
      { numRuns: engine === 'scsynth' ? 40 : 20, seed: 7 },
    );
  });
});

const controlsArbitrary = fc.record(
  {
    freq: fc.oneof(fc.integer({ min: 20, max: 2000 }), fc.constant('lfo' as const)),
    amp: fc.float({ min: 0, max: Math.fround(0.2), noNaN: true }),
    pan: fc.tuple(fc.integer({ min: -1, max: 1 }), fc.integer({ min: -1, max: 1 })),
  },
  { requiredKeys: [] },
);

/** Siblings with distinct keys; the same keys come back in later trees, so that nodes move and stay. */
const siblings = (depth: number): fc.Arbitrary<Tree[]> =>
  fc
    .shuffledSubarray(['a', 'b', 'c', 'd', 'e', 'f'])
    .chain((keys) => fc.tuple(...keys.map((key) => nodeArbitrary(key, depth))));

const nodeArbitrary = (key: string, depth: number): fc.Arbitrary<Tree> => {
  const synthArbitrary = fc.record({
    key: fc.constant(key),
    def: fc.constantFrom(tone, pad),
    controls: controlsArbitrary as fc.Arbitrary<SynthTree['controls']>,
  });
  if (depth === 0) return synthArbitrary;
  const groupArbitrary = siblings(depth - 1).map((children): Tree => ({ key: `g${key}`, children }));
  return fc.oneof({ weight: 3, arbitrary: synthArbitrary }, { weight: 1, arbitrary: groupArbitrary });
};

const treesArbitrary = siblings(2);
