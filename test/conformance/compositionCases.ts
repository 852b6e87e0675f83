/** What is heard: recorded, rendered offline, and as JSX. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createElement } from 'react';
import { readWav } from '../../src/engine/soundfile/readWav.js';
import { createRoot, Group, Synth } from '../../src/index.js';
import { renderToFile } from '../../src/node.js';
import { record } from '../../src/server/index.js';
import { pad, tone } from '../setup/definitions.js';
import type { Case } from './cases.js';

export const compositionCases: readonly Case[] = [
  {
    id: 'C43',
    rows: ['V4', 'V5', 'V6'],
    title: 'a recording of a second is a second long, and its buffer free again',
    run: async ({ server, folder }) => {
      const path = join(folder, 'take.wav');
      const recording = await record(server, { path, duration: 1, sampleFormat: 'int16' });
      await recording.done;
      const bytes = readFileSync(path).length;
      return [bytes >= 172_800 && bytes <= 211_200, server.buffers.numberInUse];
    },
    expected: [true, 0],
    except: { embedded: { reason: 'it records all its outputs as floats, until it is stopped' } },
  },
  {
    id: 'C44',
    rows: ['T2'],
    title: 'offline, a second becomes whole blocks',
    run: async ({ target, folder }) => {
      const path = join(folder, 'second.wav');
      const engine = target === 'supernova' || target === 'embedded' ? target : 'scsynth';
      await renderToFile(createElement(Synth, { def: tone, amp: 0.1 } as never), {
        path,
        engine,
        duration: 1,
        sampleRate: 44_100,
      } as never);
      const { channels } = readWav(readFileSync(path));
      const peak = Math.max(...channels[0]!.subarray(0, 44_000).map(Math.abs));
      return [Number(peak.toFixed(3)), channels[0]!.length];
    },
    expected: [0.1, 44_160],
    except: {
      embedded: { expected: [0.1, 44_100], reason: 'it is as long as it was asked to be' },
    },
  },
  {
    id: 'C50',
    rows: ['N13'],
    title: 'the tree is the JSX after each change',
    run: async ({ server }) => {
      const sent: string[][] = [];
      const root = createRoot(server, {
        onCommit: ({ commands }) => sent.push(commands.map(({ type }) => type)),
      });
      const piece = (order: readonly string[], freq: number) =>
        createElement(
          Group,
          null as never,
          ...order.map((key) =>
            createElement(Synth, { key, def: pad, freq: key === 'a' ? freq : 110 } as never),
          ),
        );
      const ids = async () => {
        const tree = await server.queryTree(server.defaultGroup.id, { controls: false });
        const [group] = tree.children;
        return group && 'children' in group ? group.children.map(({ id }) => id) : [];
      };
      await root.render(piece(['a', 'b'], 220));
      const first = await ids();
      sent.length = 0;
      await root.render(piece(['a', 'b'], 330));
      await root.render(piece(['b', 'a'], 330));
      const second = await ids();
      await root.unmount();
      const { children } = await server.queryTree(server.defaultGroup.id, { controls: false });
      return [first.length, second.join() === first.toReversed().join(), sent.slice(0, 2), children.length];
    },
    expected: [2, true, [['/n_set'], ['/n_order']], 0],
  },
];
