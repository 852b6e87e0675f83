/** Booting, registering and quitting. */

import { connect } from '../../src/node.js';
import { presets } from '../../src/server/index.js';
import { another, oneByTcp, oneClient, portOf } from './another.js';
import type { Case } from './cases.js';
import { sineOf } from './sine.js';

export const serverCases: readonly Case[] = [
  {
    id: 'C01',
    rows: ['I1', 'I11', 'M4'],
    title: 'a new server has its root, and then our group',
    run: async (wire) => {
      const counts = async () => {
        const { groups, synths, unitGenerators, nominalSampleRate } = await wire.server.status();
        return [unitGenerators, synths, groups, nominalSampleRate];
      };
      await wire.ask(['/n_free', 1]);
      return [await counts(), await wire.ask(['/g_new', 1, 0, 0]), await counts()];
    },
    expected: [[0, 0, 1, 48_000], [['/n_go', 1, 0, -1, -1, 1, -1, -1]], [0, 0, 2, 48_000]],
  },
  {
    id: 'C02',
    rows: ['I2'],
    title: 'the version is told',
    run: async ({ server }) => {
      const { program, major, minor, patch } = await server.version();
      return [program, major, minor, patch];
    },
    expected: ['scsynth', 3, 13, '.0'],
    except: {
      supernova: { expected: ['supernova', 3, 13, '.0'], reason: 'its name' },
      embedded: { expected: ['scsynth', 3, 14, '.1'], reason: 'it is scsynth 3.14.1' },
    },
  },
  {
    id: 'C03',
    rows: ['M3', 'O19'],
    title: 'the number of clients is rounded up to a power of two, and told',
    run: async ({ target }) => {
      const server = await another(target, { maxLogins: 3 });
      const { clientId, maxLogins } = server;
      await server.quit();
      return [clientId, maxLogins];
    },
    expected: [0, 4],
    except: {
      supernova: { expected: [0, 3], reason: 'it does not tell: ours counts as it was given' },
      embedded: { expected: [0, 1], reason: oneClient },
    },
  },
  {
    id: 'C04',
    rows: ['M1'],
    title: 'registering twice is refused with our number',
    run: (wire) => wire.ask(['/notify', 1, 0]),
    expected: [['/fail', '/notify', 'notify: already registered\n', 0]],
    except: {
      supernova: {
        expected: [['/fail', '/notify', 'notify: already registered']],
        reason: 'without our number',
      },
    },
  },
  {
    id: 'C06',
    rows: ['M1', 'M2'],
    title: 'a client too many is refused, and gets the number of one that leaves',
    run: async ({ target }) => {
      const owner = await another(target, { maxLogins: 2 });
      const options = { port: portOf(owner), maxLogins: 2 };
      const guest = await connect(options);
      const refused = await connect(options).catch((error) => error.code);
      await guest.disconnect();
      const next = await connect(options);
      const { clientId } = next;
      await next.disconnect();
      await owner.quit();
      return [refused, clientId];
    },
    expected: ['too-many-clients', 1],
    except: { 'scsynth by TCP': { reason: oneByTcp }, embedded: { reason: oneClient } },
  },
  {
    id: 'C07',
    rows: ['L6'],
    title: 'leaving twice is refused',
    run: async (wire) => {
      const heard = await wire.ask(['/notify', 0], ['/notify', 0]);
      return [heard, (await wire.ask(['/notify', 1, 0])).map((message) => message.slice(0, 3))];
    },
    expected: [
      [
        ['/fail', '/notify', 'not registered\n'],
        ['/done', '/notify'],
      ],
      [['/done', '/notify', 0]],
    ],
    except: {
      supernova: {
        expected: [
          [
            ['/fail', '/notify', 'notify: not registered'],
            ['/done', '/notify', 0],
          ],
          [['/done', '/notify', 0]],
        ],
        reason: 'in other words',
      },
    },
  },
  {
    id: 'C08',
    rows: ['M4', 'R5'],
    title: 'default groups of four clients stand in reverse, also when they are sent twice',
    run: async (wire) => {
      wire.server.sendMessage('/n_free', 1);
      for (const _ of [1, 2])
        for (const client of [0, 1, 2, 3]) wire.server.sendMessage('/g_new', client * 2 ** 26 + 1, 0, 0);
      return wire.tree();
    },
    expected: [0, [201_326_593], [134_217_729], [67_108_865], [1]],
  },
  {
    id: 'C35',
    rows: ['L7', 'L15'],
    title: 'quitting ends the server; then everything rejects, and quitting again is nothing',
    run: async ({ target }) => {
      const server = await another(target);
      const begun = performance.now();
      await server.quit();
      const seconds = (performance.now() - begun) / 1000;
      await server.quit();
      const { code, wasRequested } = server.exit ?? {};
      const refused = await server.status().catch((error) => error.code);
      return [server.state, code, wasRequested, seconds < 1 ? 'within a second' : seconds, refused];
    },
    expected: ['offline', 0, true, 'within a second', 'server-offline'],
  },
  {
    id: 'C36',
    rows: ['L3'],
    title: 'a second server on its port is refused before it starts, and the first goes on',
    run: async ({ server, target }) => {
      const refused = await another(target, { port: portOf(server) }).catch((error) => error.code);
      return [refused, (await server.status()).groups];
    },
    expected: ['port-in-use', 2],
    except: { embedded: { reason: 'it has no port' } },
  },
  {
    id: 'C37',
    rows: ['L5', 'M2'],
    title: 'a second client leaves without ending the server, and ends it only by force',
    run: async ({ target }) => {
      const owner = await another(target, { maxLogins: 2 });
      const guest = await connect({ port: portOf(owner), maxLogins: 2 });
      const facts = [guest.clientId, owner.isOwner, guest.isOwner];
      const refused = await guest.quit().catch((error) => error.code);
      await guest.disconnect();
      const { groups } = await owner.status();
      const last = await connect({ port: portOf(owner), maxLogins: 2 });
      await last.quit({ force: true });
      const reason = await owner.engine.exited;
      return [...facts, refused, groups, reason.code];
    },
    expected: [1, true, false, 'not-server-owner', 3, 0],
    except: { 'scsynth by TCP': { reason: oneByTcp }, embedded: { reason: oneClient } },
  },
  {
    id: 'C38',
    rows: ['O34'],
    title: 'options make the command lines of other clients',
    run: async () => [
      presets.supriya.arguments().join(' '),
      presets.sc3.arguments().join(' '),
      presets.sc3nb.arguments().join(' '),
    ],
    expected: [
      '-R 0 -l 1 -u 57110',
      '-u 57110 -l 1 -R 0 -i 2 -o 2',
      '-u 57110 -l 6 -i 2 -o 2 -a 1024 -c 4096 -b 1024 -R 0',
    ],
  },
  {
    id: 'C99',
    rows: ['O4', 'O7', 'O12', 'O13'],
    title: 'a server has as many buses, outputs, nodes and definitions as it was started with',
    run: async ({ target }) => {
      const options = { numControlBusChannels: 64, numOutputBusChannels: 4, maxNodes: 16, maxSynthDefs: 16 };
      const server = await another(target, options);
      const asked = async (bus: number) =>
        server
          .request({ type: '/c_get', indices: [bus] })
          .then(({ args }) => args)
          .catch((error) => error.code);
      const buses = [await asked(63), await asked(64)];
      for (let count = 0; count < 40; count++) server.nodes.group();
      await server.sync();
      const { groups } = await server.status();
      await server.freeAll({ allClients: true });
      const outcomes = new Set<unknown>();
      for (let count = 0; count < 40; count++)
        outcomes.add(
          await server.synthDefs.send(sineOf(220, `def${count}`)).then(
            () => 'sent',
            (error) => error.code,
          ),
        );
      const { numOutputBusChannels } = server.engine;
      await server.quit();
      return [buses, groups, [...outcomes], numOutputBusChannels];
    },
    expected: [[[63, 0], 'command-failed'], 16, ['sent', 'command-failed'], 4],
    except: {
      supernova: {
        expected: [
          [
            [63, 0],
            [64, 0],
          ],
          42,
          ['sent'],
          4,
        ],
        reason: 'it takes more nodes and definitions than it was told, and reads buses that are none',
      },
    },
  },
  {
    id: 'C42',
    rows: ['R4'],
    title: 'hooks run in order at freeAll and at a reboot, with our group there',
    run: async ({ target }) => {
      const server = await another(target);
      const order: string[] = [];
      server.hooks.add(async () => {
        const { groups } = await server.status();
        order.push(`first with ${groups} groups`);
      });
      server.hooks.add(() => void order.push('second'));
      await server.freeAll({ allClients: true });
      await server.reboot();
      await server.quit();
      return order;
    },
    expected: ['first with 2 groups', 'second', 'first with 2 groups', 'second'],
  },
];
