/** Messages in other forms, questions that are asked at once, and what servers say of themselves. */

import { type ServerBuffer, toOsc } from '../../src/server/index.js';
import type { NodeId } from '../../src/units.js';
import type { Case } from './cases.js';

/** A message with a command number for its address, and int32s, as bytes. */
function numbered(command: number, ...args: readonly number[]): Uint8Array {
  const tags = (args.length + 5) & ~3;
  const bytes = new Uint8Array(4 + tags + args.length * 4);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, command);
  bytes.set(new TextEncoder().encode(`,${'i'.repeat(args.length)}`), 4);
  for (const [index, value] of args.entries()) view.setInt32(4 + tags + index * 4, value);
  return bytes;
}

const onlyPrinted = 'failures of synchronous commands are printed, not told';

export const messageCases: readonly Case[] = [
  {
    id: 'C61',
    rows: ['B1'],
    title: 'a command is sent by its address, without the slash, or by its number, which goes as int32 too',
    run: async (wire) => {
      const heard = await wire.hear(() => {
        wire.server.sendMessage('/g_new', 20, 0, 1);
        wire.server.sendMessage('g_new', 21, 1, 1);
        wire.server.sendMessage(21, 22, 1, 1);
        wire.server.engine.transport.send(numbered(21, 23, 1, 1));
      });
      return heard.map(([address, id]) => [address, id]);
    },
    expected: [20, 21, 22, 23].map((id) => ['/n_go', id]),
  },
  {
    id: 'C62',
    rows: ['B1'],
    title: 'what a command number stands for is what the server takes it for',
    run: async (wire) => {
      const ofOneNode = [11, 12, 15, 18, 19, 22, 24, 46, 50, 56, 57, 58];
      const wrong: unknown[] = [];
      for (const command of ofOneNode) {
        const raw = await wire.hear(() => wire.server.engine.transport.send(numbered(command, 4242, 4243)));
        const named = await wire.hear(() => wire.server.sendMessage(command, 4242, 4243));
        if (JSON.stringify(raw) !== JSON.stringify(named)) wrong.push([command, raw, named]);
      }
      return wrong;
    },
    expected: [],
  },
  {
    id: 'C63',
    rows: ['B2', 'B3', 'B13'],
    title: 'questions that are asked at once are each given their own answer',
    run: async ({ server }) => {
      server.controlBuses.at(30, 3).set(1, 2, 3);
      const sizeOf = async (buffer: ServerBuffer) => {
        const { frames, channels } = await buffer.query();
        return [frames, channels];
      };
      const [low, high] = await Promise.all([server.buffers.alloc(8), server.buffers.alloc(16, 2)]);
      const one = server.nodes.synth('sine', { freq: 100 });
      const two = server.nodes.synth('sine', { freq: 200 });
      const answers = await Promise.all([
        server.controlBuses.at(31).get(),
        server.controlBuses.at(30, 2).getRange(),
        server.controlBuses.at(32).get(),
        two.get('freq'),
        one.get('freq'),
        two.getRange('arr', 2),
        sizeOf(high),
        sizeOf(low),
        two.query().then(({ id }) => id - one.id),
        server.queryTree(1 as NodeId, { controls: false }).then(({ children }) => children.length),
        server.queryTree(0 as NodeId, { controls: false }).then(({ children }) => children.length),
        server.status().then(({ synths }) => synths),
        server.version().then(({ major }) => major),
      ]);
      const ids: unknown[] = [];
      const end = server.on('/synced', ({ args }) => ids.push(args[0]));
      await Promise.all([server.sync(), server.sync(), server.sync()]);
      end();
      await Promise.all([low.free(), high.free()]);
      return [...answers, new Set(ids).size];
    },
    expected: [2, [1, 2], 3, [200], [100], [1, 2], [16, 2], [8, 1], 1, 2, 1, 2, 3, 3],
  },
  {
    id: 'C64',
    rows: ['I7', 'O35', 'U7'],
    title: 'the root, our group, and the buses of the outputs and inputs are where servers have them',
    run: async ({ server }) => {
      const { outputBus, inputBus } = server;
      const own = server.audioBuses.bus(2);
      const indices = [outputBus, inputBus, own].map(({ index, channels }) => [index, channels]);
      own.free();
      return [server.nodes.root.id, server.nodes.defaultGroup.id, ...indices];
    },
    expected: [0, 1, [0, 2], [2, 2], [4, 2]],
  },
  {
    id: 'C65',
    rows: ['I10'],
    title: 'what a synth computes in a control period is printed',
    run: async ({ server }) => {
      const synth = server.nodes.synth('sine');
      await server.sync();
      const lines: string[] = [];
      const printed = new Promise<void>((resolve) => {
        const end = server.onOutput(({ line }) => {
          const said = /^(TRACE|unit \d+) .*?([A-Za-z]+)/.exec(line.trim());
          if (said) lines.push(`${said[1]} ${said[2]}`);
          if (said?.[2] !== 'Out') return;
          end();
          resolve();
        });
      });
      synth.trace();
      await printed;
      return lines;
    },
    expected: ['TRACE sine', 'unit 0 Control', 'unit 1 SinOsc', 'unit 2 BinaryOpUGen', 'unit 3 Out'],
  },
  {
    id: 'C66',
    rows: ['I13'],
    title: 'scsynth before 3.14 does not tell what is left of its memory: that is an error that says so',
    run: async ({ server }) => {
      const memory = await server.memory().catch((error) => error.code);
      return typeof memory === 'string' ? memory : [memory.free > 0, memory.largestFree <= memory.free];
    },
    expected: 'unsupported',
    except: { embedded: { expected: [true, true], reason: 'it tells: it is scsynth 3.14' } },
  },
  {
    id: 'C67',
    rows: ['I5', 'I4'],
    title: 'the tree is had as the server prints it',
    run: async ({ server }) => {
      const group = server.nodes.group();
      server.nodes.synth('sine', { freq: 441.5 }, { target: group });
      const [all, part] = await Promise.all([server.dumpTree(), group.dumpTree({ controls: true })]);
      group.pause();
      await server.sync();
      const paused = await group.dumpTree({ timeout: 0.3 }).catch((error) => error.code);
      const none = await server.dumpTree(4242 as NodeId, { timeout: 0.3 }).catch((error) => error.code);
      const numbers = new Map([
        [group.id, 'GROUP'],
        [group.id + 1, 'SYNTH'],
      ]);
      const named = (text: string) =>
        text.replace(/\d{4,}/g, (id) => numbers.get(Number(id) as NodeId) ?? id).split('\n');
      return [named(all), named(part), paused.startsWith('NODE TREE') ? 'a tree' : paused, none];
    },
    expected: [
      ['NODE TREE Group 0', '   1 group', '      GROUP group', '         SYNTH sine'],
      [
        'NODE TREE Group GROUP',
        '   SYNTH sine',
        '     freq: 441.5 amp: 0.10000000149012 out: 0 arr: 1 2 3 4',
      ],
      'timeout',
      'command-failed',
    ],
    except: {
      supernova: {
        expected: [
          [
            'NODE TREE Group 0',
            '   0 group',
            '      1 group',
            '         GROUP group',
            '            SYNTH sine',
          ],
          [
            'NODE TREE Group GROUP',
            '   GROUP group',
            '      SYNTH sine',
            '         freq: 441.5',
            '         amp: 0.1',
            '         out: 0',
            '         arr: 1',
          ],
          'a tree',
          'command-failed',
        ],
        reason: 'in other words, with the group itself, and also while it is paused',
      },
      embedded: {
        expected: [
          ['NODE TREE Group 0', '   1 group', '      GROUP group', '         SYNTH sine'],
          [
            'NODE TREE Group GROUP',
            '   SYNTH sine',
            '     freq: 441.5 amp: 0.10000000149012 out: 0 arr: 1 2 3 4',
          ],
          'a tree',
          'command-failed',
        ],
        reason:
          'it prints each word on a line of its own, so we ask for the tree and print that; also while it is paused',
      },
    },
  },
  {
    id: 'C68',
    rows: ['N24'],
    title: 'a command is data: the message that it is may be had and sent by other ways',
    run: async (wire) => {
      const message = toOsc({
        type: '/g_new',
        groups: [{ id: 40 as NodeId, action: 0, target: 1 as NodeId }],
      });
      const heard = await wire.ask(message);
      return [message, heard];
    },
    expected: [['/g_new', 40, 0, 1], [['/n_go', 40, 1, -1, -1, 1, -1, -1]]],
  },
  {
    id: 'C69',
    rows: ['N23'],
    title: 'commands to single units are passed on',
    run: async (wire) => {
      const synth = wire.server.nodes.synth('sine');
      await wire.server.sync();
      const heard = await wire.hear(() => synth.command(1, 'nope', 3));
      const missing = await wire.hear(() => wire.server.nodes.synthAt(4242).command(1, 'nope', 3));
      return [heard, missing];
    },
    expected: [[['/fail', '/u_cmd', 'failed']], [['/fail', '/u_cmd', 'Node 4242 not found']]],
    except: { supernova: { expected: [[], []], reason: onlyPrinted } },
  },
];
