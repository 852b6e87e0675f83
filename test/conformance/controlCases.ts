/** Controls of synths, definitions by name, and buffers that are computed from others. */

import { synthDef } from '../../src/synthdef/index.js';
import { tone } from '../setup/definitions.js';
import type { Case } from './cases.js';
import { sineOf } from './sine.js';

export const controlCases: readonly Case[] = [
  {
    id: 'C70',
    rows: ['N3'],
    title: 'a synth begins paused, told in one bundle',
    run: async (wire) => {
      const { counts } = wire.server.engine.transport;
      const before = counts.packetsSent;
      let sent = 0;
      const heard = await wire.hear(() => {
        wire.server.nodes.synth('sine', {}, { paused: true });
        sent = counts.packetsSent - before;
      });
      return [sent, heard.map(([address]) => address)];
    },
    expected: [1, ['/n_go', '/n_off']],
  },
  {
    id: 'C71',
    rows: ['N21'],
    title: 'controls are properties that are assigned and read',
    run: async ({ server }) => {
      const synth = await server.nodes.play(tone, { freq: 220 });
      const begun = synth.controls.freq;
      synth.controls.freq = 330;
      synth.controls.pan = [0.25, -0.5];
      synth.setAt('pan', 1, 0.75);
      let refused: unknown;
      try {
        synth.controls.fre = 1;
      } catch (error) {
        refused = (error as { code: string }).code;
      }
      const { freq, amp, pan } = synth.controls;
      return [
        begun,
        [freq, amp, pan],
        await synth.get('freq', 'amp'),
        await synth.getRange('pan', 2),
        Object.keys(synth.controls),
        refused,
      ];
    },
    expected: [
      220,
      [330, 0.1, [0.25, 0.75]],
      [330, 0.1],
      [0.25, 0.75],
      ['freq', 'amp', 'pan', 'out'],
      'unknown-control',
    ],
  },
  {
    id: 'C72',
    rows: ['N7', 'N10', 'N11'],
    title: 'slots in a row are set and read, and single ones by their index',
    run: async (wire) => {
      await wire.ask(['/s_new', 'sine', 1000, 0, 1]);
      return wire.ask(
        ['/n_setn', 1000, 'arr', 3, 5, 6, 7],
        ['/n_set', 1000, 6, 8],
        ['/s_getn', 1000, 'arr', 4],
        ['/s_get', 1000, 'freq', 4],
      );
    },
    expected: [
      ['/n_setn', 1000, 'arr', 4, 5, 6, 7, 8],
      ['/n_set', 1000, 'freq', 440, 4, 6],
    ],
  },
  {
    id: 'C73',
    rows: ['N13'],
    title: 'nodes go before, after, to the head and to the tail of others',
    run: async (wire) => {
      const { nodes } = wire.server;
      const [a, b, c, d] = [1, 2, 3, 4].map(() => nodes.group({ action: 'tail' }));
      const order = async () => {
        const ids = (await wire.tree(1)) as (readonly number[])[];
        return ids
          .slice(1)
          .map(([id]) => 'abcd'[Number(id) - Number(a!.id)])
          .join('');
      };
      const orders = [await order()];
      d!.moveBefore(b!);
      orders.push(await order());
      a!.moveAfter(b!);
      orders.push(await order());
      c!.moveToHead(nodes.defaultGroup);
      orders.push(await order());
      c!.moveToTail(d!);
      orders.push(await order());
      return orders;
    },
    expected: ['abcd', 'adbc', 'dbac', 'cdba', 'dba'],
  },
  {
    id: 'C74',
    rows: ['N20'],
    title: 'ids count from 1000; those of nodes that stay are the lowest from 2 on, and given back',
    run: async ({ server }) => {
      const { nodes } = server;
      const [one, two] = [nodes.group(), nodes.group()];
      const stay = nodes.group({ permanent: true });
      stay.free();
      await stay.ended(2);
      const again = nodes.group({ permanent: true });
      return [one.id >= 1000, two.id - one.id, stay.id, again.id];
    },
    expected: [true, 1, 2, 2],
  },
  {
    id: 'C75',
    rows: ['D1', 'D4'],
    title: 'a definition that is sent again is that of new synths; one that sounds goes on with its own',
    run: async (wire) => {
      await wire.ask(['/s_new', 'sine', 1000, 0, 1]);
      await wire.ask(['/d_recv', sineOf(220)], ['/sync', 9]);
      await wire.ask(['/s_new', 'sine', 1001, 1, 1]);
      return wire.ask(['/s_get', 1000, 'freq'], ['/s_get', 1001, 'freq']);
    },
    expected: [
      ['/n_set', 1000, 'freq', 440],
      ['/n_set', 1001, 'freq', 220],
    ],
  },
  {
    id: 'C76',
    rows: ['D7'],
    title: 'a name may have 255 bytes, and a longer one is refused before it is sent',
    run: async (wire) => {
      const name = 'n'.repeat(255);
      let refused: unknown;
      try {
        synthDef(`${name}n`, {}, () => {});
      } catch (error) {
        refused = (error as { code: string }).code;
      }
      const sent = await wire.server.synthDefs.send(sineOf(220, name)).then(
        (defs) => defs.length,
        (error) => error.code,
      );
      const longest = 'n'.repeat(127);
      await wire.server.synthDefs.send(sineOf(220, longest));
      return [refused, sent, await wire.ask(['/s_new', longest, 1000, 0, 1])];
    },
    expected: ['invalid-synthdef', 1, [['/n_go', 1000, 1, -1, -1, 0]]],
    except: {
      supernova: {
        expected: ['invalid-synthdef', 'invalid-synthdef', [['/n_go', 1000, 1, -1, -1, 0]]],
        reason: 'up to 127 bytes: 3.13 aborts at a longer one, so that is refused',
      },
    },
  },
  {
    id: 'C77',
    rows: ['P12'],
    title: 'the spectra of an impulse response are computed into another buffer',
    run: async ({ server }) => {
      const { buffers } = server;
      const response = await buffers.data([1, 0.5, 0.25, ...new Array<number>(61).fill(0)]);
      // Two partitions of half the size of the transform, each with its spectrum.
      const spectra = await buffers.alloc(2 * 64);
      await spectra.prepareConvolution(response, 64);
      const values = await spectra.getRange();
      await Promise.all([response.free(), spectra.free()]);
      return [...values].slice(0, 6);
    },
    // At 0 Hz the sum of the response, at half the sample rate that with every second sign turned; then pairs.
    expected: [1.75, 0.75, 1.74279, -0.0977811, 1.72136, -0.193216],
  },
  {
    id: 'C78',
    rows: ['P25'],
    title: 'the sample rate of a buffer cannot be set before 3.14',
    run: async (wire) => {
      await wire.ask(['/b_alloc', 9, 16, 1]);
      const heard = await wire.ask(['/b_setSampleRate', 9, 22_050], ['/b_query', 9]);
      await wire.ask(['/b_free', 9]);
      return heard;
    },
    expected: [
      ['/fail', '/b_setSampleRate', 'Command not found'],
      ['/b_info', 9, 16, 1, 48_000],
    ],
    except: {
      supernova: { expected: [['/b_info', 9, 16, 1, 48_000]], reason: 'that is printed, not told' },
    },
  },
];
