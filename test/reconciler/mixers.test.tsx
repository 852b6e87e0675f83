/** Mixers and effects on servers: order of execution, and what they leave behind. */

import { type ReactNode, useState } from 'react';
import { describe, expect, test } from 'vitest';
import { createRoot, Effect, Group, Mixer, Return, Synth, Track } from '../../src/index.js';
import type { QueryTreeGroup, QueryTreeNode } from '../../src/server/index.js';
import { DC, In, Out, synthDef } from '../../src/synthdef/index.js';
import { engines, freshServer } from '../setup/servers.js';

const voice = synthDef('voice', { out: 0 }, (c) => {
  Out.ar(c.out, DC.ar(1).mul([0.1, 0.1]));
});
const through = synthDef('through', { in: 0, out: 0 }, (c) => {
  Out.ar(c.out, In.ar(c.in, 2));
});

/** A generator of numbers from 0 to 1. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** A random piece of voices, effects, tracks and groups. */
function randomPiece(random: () => number, depth: number, names: string[]): ReactNode {
  return Array.from({ length: 1 + Math.floor(random() * 3) }, (_, index) => {
    const key = `${depth}-${Math.floor(random() * 6)}-${index}`;
    const kind = depth === 0 ? 0 : random();
    if (kind < 0.3) return <Synth key={key} def={voice} exit="free" />;
    const inside = randomPiece(random, depth - 1, names);
    if (kind < 0.5) return <Group key={key}>{inside}</Group>;
    if (kind < 0.75)
      return (
        <Effect key={key} def={through} tail={0.01}>
          {inside}
        </Effect>
      );
    const name = `track ${names.push('')}`;
    return (
      <Track key={key} name={name} sends={random() < 0.5 ? { hall: -6 } : {}}>
        {inside}
      </Track>
    );
  });
}

/** The synths that read a bus before a later synth writes to it. */
function readBeforeWritten(tree: QueryTreeGroup, seen: Set<number>): string[] {
  const synths: {
    readonly def: string;
    readonly reads: readonly number[];
    readonly writes: readonly number[];
  }[] = [];
  const visit = (node: QueryTreeNode): void => {
    if ('children' in node) {
      for (const child of node.children) visit(child);
      return;
    }
    const value = (name: string): number[] => {
      const found = node.controls?.[name];
      return typeof found === 'number' && found >= 4 ? [found] : [];
    };
    const reads = [...value('in'), ...value('bus'), ...value('dry'), ...value('wet')];
    synths.push({ def: node.def, reads, writes: value('out') });
    for (const bus of reads) seen.add(bus);
  };
  visit(tree);
  return synths.flatMap(({ def, reads }, index) =>
    reads.flatMap((bus) =>
      synths.slice(index + 1).some(({ writes }) => writes.includes(bus))
        ? [`${def} reads ${bus} too early`]
        : [],
    ),
  );
}

describe.each(engines)('%s', (engine) => {
  test('every writer is computed before its reader, in random mixers that change', async () => {
    const server = await freshServer(engine);
    const root = createRoot(server);
    const seen = new Set<number>();
    for (let seed = 1; seed <= 60; seed++) {
      const random = seeded(seed);
      await root
        .render(
          <Mixer name="mixer" key={Math.floor(seed / 10)}>
            {random() < 0.5 && <Return name="hall" key="hall" def={through} tail={0.01} />}
            {randomPiece(random, 3, [])}
            <Return name="hall2" key="hall2" def={through} tail={0.01} />
          </Mixer>,
        )
        .catch((error) => {
          // A send to a return that this piece does not have.
          if (!String(error).includes('is no return')) throw error;
        });
      expect(readBeforeWritten(await server.queryTree(server.defaultGroup.id), seen), `seed ${seed}`).toEqual(
        [],
      );
    }
    expect(seen.size).toBeGreaterThan(20);
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
