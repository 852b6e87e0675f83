/** What handles of nodes do, and a client for all of its nodes. */

import type { Case } from './cases.js';

export const handleCases: readonly Case[] = [
  {
    id: 'C56',
    rows: ['N18'],
    title: 'a synth takes the place and the id of another',
    run: async (wire) => {
      const { nodes } = wire.server;
      const synth = nodes.synth('sine');
      await wire.server.sync();
      nodes.synth('sine', { freq: 330 }, { action: 'replace', target: synth, id: synth.id });
      const freq = await synth.get('freq');
      // The end of the one and the beginning of the other may come after that reply.
      const { synths } = await wire.server.status();
      return [freq, synth.isPlaying, synths];
    },
    expected: [[330], true, 1],
    except: {
      embedded: {
        expected: [[330], false, 1],
        reason: 'the end of the synth that is replaced is told, with the id of both',
      },
      supernova: {
        expected: [[440], true, 1],
        reason: 'an id that is in use is refused, and its node stays',
      },
    },
  },
  {
    id: 'C57',
    rows: ['N12'],
    title: 'the root is paused and resumed, and commands go on meanwhile',
    run: async (wire) => {
      const { root } = wire.server.nodes;
      let heard: unknown[][];
      try {
        heard = await wire.hear(() => root.pause());
      } catch (error) {
        return (error as { code: string }).code;
      }
      const made = await wire.ask(['/g_new', 20, 0, 1]);
      return [heard, made, await wire.hear(() => root.resume())].map((messages) =>
        messages.map(([address, id]) => [address, id]),
      );
    },
    expected: [[['/n_off', 0]], [['/n_go', 20]], [['/n_on', 0]]],
    except: {
      supernova: {
        expected: 'unsupported',
        reason: '3.13 crashes at /n_run of the root; our handle refuses it',
      },
    },
  },
  {
    id: 'C58',
    rows: ['N22'],
    title: 'a synth that is forgotten goes on, and its end is told to nobody',
    run: async (wire) => {
      const synth = wire.server.nodes.synth('sine');
      await wire.server.sync();
      wire.server.nodes.forget(synth);
      await wire.server.sync();
      const { synths } = await wire.server.status();
      const heard = await wire.ask(['/g_freeAll', 1]);
      const ends = heard.map(([address, id]) => [address, Math.sign(Number(id))]);
      return [synths, ends, (await wire.server.status()).synths];
    },
    expected: [1, [], 0],
    except: {
      supernova: { expected: [1, [['/n_end', -1]], 0], reason: 'it is told, with a negative id' },
    },
  },
  {
    id: 'C59',
    rows: ['M7', 'R1', 'R2'],
    title: 'all nodes of our group are freed, and those of others only when everybody is meant',
    run: async (wire) => {
      const other = 2 ** 26 + 1;
      await wire.ask(['/g_new', other, 0, 0], ['/g_new', 20, 0, 1], ['/g_new', 21, 0, other]);
      wire.server.freeDefaultGroup();
      const own = await wire.tree();
      await wire.server.freeAll();
      const still = await wire.tree();
      await wire.server.freeAll({ allClients: true });
      return [own, still, await wire.tree()];
    },
    expected: [
      [0, [67_108_865, [21]], [1]],
      [0, [67_108_865, [21]], [1]],
      [0, [1]],
    ],
  },
  {
    id: 'C60',
    rows: ['B9'],
    title: 'failures are silenced for good, and told again',
    run: async (wire) => {
      const fail = () => wire.ask(['/n_free', 4242]);
      wire.server.reportErrors(false);
      const silent = await fail();
      wire.server.reportErrors(true);
      return [silent, await fail()];
    },
    expected: [[], [['/fail', '/n_free', 'Node 4242 not found']]],
    except: {
      supernova: { expected: [[], []], reason: 'failures of synchronous commands are printed, not told' },
    },
  },
];
