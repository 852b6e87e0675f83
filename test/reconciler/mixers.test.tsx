/** Mixers and effects on servers: order of execution, and what they leave behind. */

import { type ReactNode, useRef, useState } from 'react';
import { describe, expect, test } from 'vitest';
import {
  createRoot,
  Effect,
  Graph,
  Group,
  type GroupHandle,
  Master,
  Mixer,
  Portal,
  Return,
  Synth,
  Track,
} from '../../src/index.js';
import type { QueryTreeGroup, QueryTreeNode } from '../../src/server/index.js';
import { CombL, DC, In, Out, synthDef } from '../../src/synthdef/index.js';
import { engines, freshServer } from '../setup/servers.js';

const voice = synthDef('voice', { out: 0 }, (c) => {
  Out.ar(c.out, DC.ar(1).mul([0.1, 0.1]));
});
const echo = synthDef('echo', { in: 0, out: 0 }, (c) => {
  Out.ar(c.out, CombL.ar(In.ar(c.in, 2), 0.1, 0.1, 0.3));
});
const through = synthDef('through', { in: 0, out: 0 }, (c) => {
  Out.ar(c.out, In.ar(c.in, 2));
});

/** Random mixers for each engine; `MIXERS=2000` runs the whole, of which the other engines than scsynth get 300. */
const MIXERS = Number(process.env.MIXERS ?? 80);
/** The first of them, to find a fault again. */
const FIRST = Number(process.env.FIRST ?? 1);
const ON_ENGINES = {
  scsynth: MIXERS,
  supernova: Math.max(30, MIXERS * 0.15),
  embedded: Math.max(30, MIXERS * 0.15),
} as const;

/** A generator of numbers from 0 to 1. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** Plays in a group beside it. */
function Away({ children }: { readonly children?: ReactNode }): ReactNode {
  const group = useRef<GroupHandle>(null);
  return (
    <>
      <Portal into={group}>{children}</Portal>
      <Group ref={group} />
    </>
  );
}

const insertsOf = (random: () => number): ReactNode =>
  ['eq', 'gate', 'wide'].map((key) =>
    random() < 0.3 ? <Effect key={key} def={through} tail={0.01} bypass={random() < 0.3} /> : null,
  );

/** A random piece of voices, effects, tracks, portals and groups; its keys make the next one a change of it. */
function randomPiece(random: () => number, depth: number, names: string[]): ReactNode {
  return Array.from({ length: 1 + Math.floor(random() * 3) }, (_, index) => {
    const key = `${depth}-${Math.floor(random() * 6)}-${index}`;
    const kind = depth === 0 ? 0 : random();
    if (kind < 0.25) return <Synth key={key} def={voice} exit="free" />;
    const inside = randomPiece(random, depth - 1, names);
    if (kind < 0.4) return <Group key={key}>{inside}</Group>;
    if (kind < 0.5) return <Away key={key}>{inside}</Away>;
    if (kind < 0.65)
      return (
        <Effect key={key} def={through} tail={0.01}>
          {inside}
        </Effect>
      );
    if (kind < 0.75)
      return (
        <Graph key={key} input={inside} tail={0.01}>
          {({ input }) => input}
        </Graph>
      );
    const name = `track ${names.push('')}`;
    return (
      <Track
        key={key}
        name={name}
        muted={random() < 0.2}
        inserts={insertsOf(random)}
        sends={random() < 0.5 ? { hall2: { level: -6, pre: random() < 0.5 } } : {}}
      >
        {inside}
      </Track>
    );
  });
}

interface Placed {
  readonly def: string;
  readonly reads: readonly number[];
  readonly writes: readonly number[];
}

/** The synths that read a bus before a later synth writes to it. */
function readBeforeWritten(tree: QueryTreeGroup, seen: Set<number>): string[] {
  const synths: Placed[] = [];
  const visit = (node: QueryTreeNode): void => {
    if ('children' in node) {
      for (const child of node.children) visit(child);
      return;
    }
    const values = (...names: string[]): number[] =>
      names
        .map((name) => node.controls?.[name])
        .filter((bus) => typeof bus === 'number' && bus >= 4) as number[];
    // An insert that leaves gives the sound back, and does not hear what is new behind it.
    const isClosed = node.def.startsWith('insert-input') && node.controls?.gate === 0;
    const reads = isClosed ? [] : values('in', 'bus', 'dry', 'wet');
    synths.push({ def: node.def, reads, writes: values('out', 'post') });
    for (const bus of reads) seen.add(bus);
  };
  visit(tree);
  return synths.flatMap(({ def, reads }, index) =>
    reads.flatMap((bus) =>
      synths
        .slice(index + 1)
        .filter((later) => later.writes.includes(bus) && !isInsert(def, later))
        .map((later) => `${def} reads ${bus} before ${later.def} writes to it`),
    ),
  );
}

/** An insert takes the sound of its bus, and gives the bus another one. */
const isInsert = (reader: string, { def }: Placed): boolean =>
  reader.startsWith('insert-input') && def.startsWith('effect-return');

describe.each(engines)('%s', (engine) => {
  const count = ON_ENGINES[engine];

  test(`every writer is computed before its reader, in ${count} random mixers that change`, {
    timeout: 120_000 + count * 2000,
  }, async () => {
    const server = await freshServer(engine);
    const root = createRoot(server);
    const seen = new Set<number>();
    const run = async (seed: number): Promise<void> => {
      const random = seeded(seed);
      await root.render(
        <Mixer name="mixer" key={Math.floor(seed / 10)}>
          {random() < 0.5 && <Return name="hall" key="hall" def={through} tail={0.01} />}
          {random() < 0.5 && <Master key="master" inserts={insertsOf(random)} />}
          {randomPiece(random, 3, [])}
          <Return name="hall2" key="hall2" def={through} tail={0.01} inserts={insertsOf(random)} />
        </Mixer>,
      );
      const tree = await server.queryTree(server.defaultGroup.id);
      expect(readBeforeWritten(tree, seen)).toEqual([]);
    };
    for (let seed = FIRST; seed < FIRST + count; seed++) {
      try {
        await run(seed);
      } catch (error) {
        throw new Error(`seed ${seed}: ${(error as Error).message}`, { cause: error });
      }
    }
    expect(seen.size).toBeGreaterThan(20);
    await root.unmount();
  });

  test('nothing stays after the tails of 500 effects', { timeout: 120_000 }, async () => {
    const server = await freshServer(engine);
    const root = createRoot(server);
    await root.render(<Group />);
    const counts = () => [server.audioBuses.numberInUse, server.controlBuses.numberInUse, root.counts.synths];
    const before = counts();
    const effects = Array.from({ length: 100 }, (_, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: alike.
      <Effect key={index} def={echo}>
        <Synth def={voice} exit="free" />
      </Effect>
    ));
    for (let round = 0; round < 5; round++) {
      await root.render(<Group>{effects}</Group>);
      await root.settled();
      expect(root.counts.synths).toBe(400);
      await root.render(<Group />);
      // The tail is heard while nothing is mounted.
      expect(server.audioBuses.numberInUse).toBeGreaterThan(before[0]!);
      await expect.poll(counts, { timeout: 20_000 }).toEqual(before);
    }
    const { children } = await server.queryTree(server.defaultGroup.id);
    expect(children).toMatchObject([{ children: [] }]);
    await root.unmount();
  });

  test('nothing stays on the server when mixers and effects have left', async () => {
    const server = await freshServer(engine);
    let show: (isShown: boolean) => void = () => {};
    function Piece() {
      const [isShown, set] = useState(false);
      show = set;
      return (
        isShown && (
          <Mixer>
            <Track name="a" sends={{ hall: -6 }}>
              <Effect def={through} tail={0.01}>
                <Synth def={voice} exit="free" />
              </Effect>
            </Track>
            <Return name="hall" def={through} tail={0.01} />
          </Mixer>
        )
      );
    }
    const root = createRoot(server);
    await root.render(<Piece />);
    const before = [server.audioBuses.numberInUse, root.counts];
    for (let round = 0; round < 5; round++) {
      show(true);
      await expect.poll(() => root.counts.synths).toBeGreaterThan(5);
      await root.settled();
      show(false);
      await expect.poll(async () => (await server.queryTree(server.defaultGroup.id)).children).toEqual([]);
    }
    await expect.poll(() => [server.audioBuses.numberInUse, root.counts]).toEqual(before);
    await root.unmount();
  });
});
