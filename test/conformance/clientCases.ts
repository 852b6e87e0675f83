/** A whole server and its clients: what is collected, freed, lost and brought back. */

import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '../../src/node.js';
import { type Bound, blip } from '../../src/server/index.js';
import { Impulse, PulseCount, SendReply, SendTrig, synthDef } from '../../src/synthdef/index.js';
import type { NodeId } from '../../src/units.js';
import { pad } from '../setup/definitions.js';
import { another, oneByTcp, oneClient, portOf } from './another.js';
import type { Case } from './cases.js';
import { sineOf } from './sine.js';

/** Tells its trigger id 7 and 1, 2, 3, …, and the same as a message of its own. */
const ticker = synthDef('ticker', {}, () => {
  const tick = Impulse.kr(50);
  const count = PulseCount.kr(tick);
  SendTrig.kr(tick, 7, count);
  SendReply.kr({ trig: tick, cmdName: '/count', values: count, replyID: 9 });
});

export const clientCases: readonly Case[] = [
  {
    id: 'C90',
    rows: ['L1', 'L4', 'L9', 'L14', 'V1', 'V2', 'V3', 'A2'],
    title: 'a server boots, goes through its states, and has volume and mute again after a reboot',
    run: async ({ target }) => {
      const server = await another(target);
      const states: string[] = [];
      server.onState((state) => states.push(state));
      const volume = async () => {
        const { children } = await server.queryTree();
        return children.flatMap((node) =>
          'def' in node ? [[node.def, Number(Number(node.controls.volumeAmp).toFixed(4))]] : [],
        );
      };
      await server.volume.set(-20);
      const set = await volume();
      await server.volume.mute();
      await server.reboot();
      const muted = await volume();
      await server.volume.unmute();
      const unmuted = await volume();
      await server.quit();
      return [set, muted, unmuted, states];
    },
    expected: [
      [['volumeAmpControl2', 0.1]],
      [['volumeAmpControl2', 0]],
      [['volumeAmpControl2', 0.1]],
      ['quitting', 'offline', 'booting', 'online', 'quitting', 'offline'],
    ],
  },
  {
    id: 'C91',
    rows: ['L11', 'L15'],
    title: 'a server that is killed is missed at once, with the signal, and questions are refused',
    run: async ({ target }) => {
      const server = await another(target);
      const lost = new Promise((resolve) => server.onDisconnect((reason) => resolve(reason?.signal)));
      const asked = server.next('/never').catch((error) => error.code);
      process.kill(server.engine.pid!, 'SIGKILL');
      return [await lost, await asked, await server.status().catch((error) => error.code)];
    },
    expected: ['SIGKILL', 'server-offline', 'server-offline'],
    except: { embedded: { reason: 'it is no process of its own' } },
  },
  {
    id: 'C92',
    rows: ['L17', 'I12'],
    title: 'a server says what it is, whose it is, and which client we are',
    run: async ({ server }) => {
      const text = String(server)
        .replace(/ \[.*/, '')
        .replace(/:\d+/, '')
        .replace('>', '')
        .split(' · ')
        .at(-1);
      return [text, typeof server.engine.pid, server.isOwner, server.clientId];
    },
    expected: ['udp 127.0.0.1, client 0 of 1', 'number', true, 0],
    except: {
      'scsynth by TCP': { expected: ['tcp 127.0.0.1, client 0 of 1', 'number', true, 0], reason: 'tcp' },
      embedded: {
        expected: ['no sound device, client 0 of 1', 'undefined', true, 0],
        reason: 'it is no process of its own',
      },
    },
  },
  {
    id: 'C93',
    rows: ['M5', 'M6', 'L5', 'L6'],
    title: 'a second client has ids, buses and buffers of its own, and is seen by the first',
    run: async ({ target }) => {
      const owner = await another(target, { maxLogins: 8 });
      const guest = await connect({ port: portOf(owner), maxLogins: 8 });
      const group = guest.nodes.group();
      const buffer = await guest.buffers.alloc(8);
      await guest.sync();
      await owner.tree.resync();
      const facts = [
        guest.defaultGroup.id,
        group.id,
        buffer.number,
        guest.audioBuses.bus(2).index,
        guest.controlBuses.bus(1).index,
        owner.tree.get(group.id)?.parent,
      ];
      await guest.disconnect();
      await owner.quit();
      return facts;
    },
    expected: [67_108_865, 67_109_864, 1024, 2051, 2048, 67_108_865],
    except: { 'scsynth by TCP': { reason: oneByTcp }, embedded: { reason: oneClient } },
  },
  {
    id: 'C94',
    rows: ['B4', 'B12', 'A1', 'I3'],
    title:
      'what is collected leaves in one packet, parts of a passage wait for each other, and messages are listened for',
    run: async ({ server }) => {
      const { counts } = server.engine.transport;
      const before = counts.packetsSent;
      const began = server.next('/n_go', ({ args }) => args[0] === 51);
      server.at(undefined, () => {
        server.sendMessage('/g_new', 50, 0, 1);
        server.sendMessage('/g_new', 51, 0, 50);
      });
      const packets = counts.packetsSent - before;
      const { args } = await began;
      const value = await server.bind(function* (): Bound<number> {
        const buffer = yield server.buffers.data([0.5]);
        const [sample] = yield buffer.get(0);
        yield buffer.free();
        return sample;
      });
      const { children } = await server.queryTree(1 as NodeId, { controls: false });
      return [packets, args.slice(0, 2), value, children];
    },
    expected: [1, [51, 50], 0.5, [{ id: 50, children: [{ id: 51, children: [] }] }]],
  },
  {
    id: 'C95',
    rows: ['N16', 'N15'],
    title: 'a gate that is set to 0 ends a synth as its envelope says, and all in a group',
    run: async ({ server }) => {
      const one = await server.nodes.play(pad);
      const group = server.nodes.group();
      const two = await server.nodes.play(pad, {}, { target: group });
      one.release();
      group.release(0);
      await Promise.all([one.ended(5), two.ended(5)]);
      return [one.isPlaying, two.isPlaying, (await server.status()).synths];
    },
    expected: [false, false, 0],
  },
  {
    id: 'C96',
    rows: ['N25'],
    title: 'triggers and replies of synths are told',
    run: async ({ server }) => {
      const trigger = server.next('/tr', ({ args }) => args[2] === 2);
      const reply = server.next('/count', ({ args }) => args[2] === 2);
      const synth = await server.nodes.play(ticker);
      const heard = [await trigger, await reply].map(({ args }) => [args[0] === synth.id, ...args.slice(1)]);
      synth.free();
      await synth.ended(5);
      return heard;
    },
    expected: [
      [true, 7, 2],
      [true, 9, 2],
    ],
    except: { embedded: { reason: 'it computes as offline, where scsynth sends neither' } },
  },
  {
    id: 'C97',
    rows: ['D2'],
    title: 'definitions are loaded from a file and from a folder',
    run: async (wire) => {
      const file = join(wire.folder, 'one.scsyndef');
      writeFileSync(file, sineOf(110, 'one'));
      await wire.server.synthDefs.load(file);
      copyFileSync(file, join(wire.folder, 'copy.scsyndef'));
      writeFileSync(join(wire.folder, 'two.scsyndef'), sineOf(220, 'two'));
      await wire.server.synthDefs.loadFolder(wire.folder);
      const heard = await wire.ask(['/s_new', 'one', 1000, 0, 1], ['/s_new', 'two', 1001, 1, 1]);
      return heard.map(([address, id]) => [address, id]);
    },
    expected: [
      ['/n_go', 1000],
      ['/n_go', 1001],
    ],
  },
  {
    id: 'C98',
    rows: ['R3', 'R6', 'R7'],
    title: 'after a reset nothing is left but our group, a blip does not fail, and a ping takes no second',
    run: async ({ server }) => {
      await server.nodes.play(pad);
      await server.buffers.alloc(8);
      await server.reset();
      const heard: unknown[] = [];
      const end = server.on('*', ({ address }) => {
        if (address === '/fail') heard.push(address);
      });
      await blip(server, 0.02);
      const seconds = await server.ping();
      end();
      const { groups } = await server.status();
      return [groups, server.buffers.numberInUse, server.synthDefs.has('pad'), heard, seconds < 1];
    },
    expected: [2, 0, false, [], true],
  },
];
