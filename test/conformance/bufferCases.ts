import { statSync } from 'node:fs';
import { join } from 'node:path';
import { encodePacket } from '../../src/osc/encode.js';
import type { Case } from './cases.js';

/** As a 32 bit float tells it, to six digits. */
const root = Number(Math.SQRT1_2.toPrecision(6));

export const bufferCases: readonly Case[] = [
  {
    id: 'C25',
    rows: ['U2', 'U3', 'U4'],
    title: 'control buses are set, filled and read, and those that are none fail',
    run: (wire) =>
      wire.ask(
        ['/c_set', 10, 0.5, 11, 0.75],
        ['/c_get', 10, 11],
        ['/c_setn', 20, 3, 1, 2, 3],
        ['/c_getn', 20, 3],
        ['/c_fill', 20, 3, 9],
        ['/c_getn', 20, 3],
        ['/c_get', 16_384],
      ),
    expected: [
      ['/fail', '/c_get', 'index out of range'],
      ['/c_set', 10, 0.5, 11, 0.75],
      ['/c_setn', 20, 3, 1, 2, 3],
      ['/c_setn', 20, 3, 9, 9, 9],
    ],
    except: {
      supernova: {
        expected: [
          ['/c_set', 10, 0.5, 11, 0.75],
          ['/c_setn', 20, 3, 1, 2, 3],
          ['/c_setn', 20, 3, 9, 9, 9],
          ['/c_set', 16_384, 0],
        ],
        reason: 'a bus that is none reads as 0; /c_fill past the end crashes it',
      },
    },
  },
  {
    id: 'C26',
    rows: ['P1', 'P14'],
    title: 'a buffer can be asked for in the completion of its allocation',
    run: (wire) => wire.ask(['/b_alloc', 3, 1024, 2, encodePacket(['/b_query', 3])]),
    expected: [
      ['/b_info', 3, 1024, 2, 48_000],
      ['/done', '/b_alloc', 3],
    ],
  },
  {
    id: 'C28',
    rows: ['P2', 'P3', 'P6'],
    title: 'a buffer is written to a file and read back, whole and by channels',
    run: async (wire) => {
      const path = join(wire.folder, 'two.wav');
      await wire.ask(['/b_alloc', 3, 1024, 2], ['/b_write', 3, path, 'wav', 'float', -1, 0, 0]);
      await wire.server.request({ type: '/b_allocRead', number: 4, path, startFrame: 0, frames: 0 });
      await wire.server.request({
        type: '/b_allocReadChannel',
        number: 5,
        path,
        startFrame: 0,
        frames: 0,
        channels: [1],
      });
      const info = await wire.ask(['/b_query', 4], ['/b_query', 5]);
      return [statSync(path).size >= 8192, ...info];
    },
    expected: [true, ['/b_info', 4, 1024, 2, 48_000], ['/b_info', 5, 1024, 1, 48_000]],
  },
  {
    id: 'C29',
    rows: ['P2'],
    title: 'a file that is not there fails with its name, and the buffer is as it was',
    run: async (wire) => {
      await wire.ask(['/b_alloc', 4, 1024, 1]);
      const heard = await wire.ask(['/b_allocRead', 4, '/nope.wav', 0, 0]);
      return [heard, await wire.answer('/b_info', ['/b_query', 4])];
    },
    expected: [
      [
        [
          '/fail',
          '/b_allocRead',
          "File '/nope.wav' could not be opened: System error : No such file or directory.\n",
          4,
        ],
      ],
      [4, 1024, 1, 48_000],
    ],
    except: {
      supernova: {
        expected: [
          [['/fail', '/b_allocRead', 'System error : No such file or directory.', 4]],
          [4, 1024, 1, 48_000],
        ],
        reason: 'the failure does not name the file; our error names the buffer',
      },
    },
  },
  {
    id: 'C30',
    rows: ['P12'],
    title: 'waves are computed into a buffer of one channel',
    run: async (wire) => {
      await wire.ask(['/b_alloc', 6, 8, 1], ['/b_gen', 6, 'sine1', 5, 1]);
      return wire.answer('/b_setn', ['/b_getn', 6, 0, 8]);
    },
    expected: [6, 0, 8, 0, root, 1, root, 0, -root, -1, -root],
  },
  {
    id: 'C31',
    rows: ['P7'],
    title: 'a buffer is free in the completion of its freeing, and its number of use again',
    run: async (wire) => {
      await wire.ask(['/b_alloc', 3, 1024, 2]);
      const heard = await wire.ask(['/b_free', 3, encodePacket(['/b_query', 3])]);
      return [heard.map((message) => message.slice(0, 4)), await wire.ask(['/b_alloc', 3, 8, 1])];
    },
    expected: [
      [
        ['/b_info', 3, 0, 0],
        ['/done', '/b_free', 3],
      ],
      [['/done', '/b_alloc', 3]],
    ],
  },
  {
    id: 'C31b',
    rows: ['D3'],
    title: 'a freed definition goes with its last synth',
    run: async (wire) => {
      await wire.ask(['/s_new', 'sine', 1000, 0, 1]);
      const freed = await wire.ask(['/d_free', 'sine']);
      const ended = await wire.hear(() => wire.server.sendMessage('/n_free', 1000), '/d_removed');
      return [freed, ended, await wire.ask(['/s_new', 'sine', 1001, 0, 1])];
    },
    expected: [
      [],
      [
        ['/n_end', 1000, 1, -1, -1, 0],
        ['/d_removed', 'sine'],
      ],
      [['/fail', '/s_new', 'SynthDef not found']],
    ],
    except: {
      supernova: {
        expected: [[], [['/n_end', 1000, 1, -1, -1, 0]], []],
        reason: 'no /d_removed, and the failure is only printed',
      },
      embedded: {
        expected: [[], [['/n_end', 1000, 1, -1, -1, 0]], [['/fail', '/s_new', 'SynthDef not found']]],
        reason: 'no /d_removed',
      },
    },
  },
  {
    id: 'C32',
    rows: ['P1'],
    title: 'a buffer of no frames, of which servers say nothing at all, is refused before it is sent',
    run: ({ server }) => server.buffers.alloc(0).catch((error) => error.code),
    expected: 'invalid-argument',
  },
  {
    id: 'C33',
    rows: ['B11'],
    title: 'asked for in the same bundle, a buffer is not there yet',
    run: async (wire) => {
      await wire.ask(['/b_free', 7]);
      const heard = await wire.ask(['/b_alloc', 7, 1024, 1], ['/b_query', 7]);
      return heard.map((message) => message.slice(0, 4));
    },
    expected: [
      ['/b_info', 7, 0, 0],
      ['/done', '/b_alloc', 7],
    ],
    except: {
      embedded: {
        expected: [
          ['/b_info', 7, 1024, 1],
          ['/done', '/b_alloc', 7],
        ],
        reason: 'it is there at once',
      },
    },
  },
  {
    id: 'C34',
    rows: ['B10'],
    title: 'packets and answers that are too large fail by name',
    run: async (wire) => {
      let refused: unknown = null;
      try {
        wire.server.sendMessage('/c_set', ...new Array<number>(13_200).fill(1));
      } catch (error) {
        refused = (error as { code: string }).code;
      }
      const most = await wire.answer('/c_setn', ['/c_getn', 0, 13_096]);
      return [refused, most?.length ?? null, await wire.ask(['/c_getn', 0, 13_110])];
    },
    expected: ['packet-too-large', 13_098, [['/fail', '/c_getn', 'buffer overflow']]],
    except: {
      'scsynth by TCP': {
        expected: [null, 13_098, [['/fail', '/c_getn', 'buffer overflow']]],
        reason: 'packets may be of any size, answers may not',
      },
      supernova: {
        expected: ['packet-too-large', null, []],
        reason:
          '32,768 bytes a packet; /c_getn of more than 210 buses has no answer, so we ask for 128 at a time',
      },
      embedded: {
        expected: [null, 13_098, [['/fail', '/c_getn', 'failed']]],
        reason: 'packets may have 1 MiB',
      },
    },
  },
  {
    id: 'C54',
    rows: ['U3'],
    title: 'our questions are never too large: 10,000 control buses come back in pieces',
    run: async ({ server }) => {
      server.controlBuses.at(0, 10_000).fill(7);
      const values = await server.controlBuses.at(0, 10_000).getRange();
      return [values.length, values.every((value) => value === 7)];
    },
    expected: [10_000, true],
  },
  {
    id: 'C55',
    rows: ['P8'],
    title: 'a buffer is zeroed',
    run: async ({ server }) => {
      const buffer = await server.buffers.data([1, 2, 3]);
      await buffer.zero();
      const zeros = [...(await buffer.getRange())];
      await buffer.free();
      return zeros;
    },
    expected: [0, 0, 0],
  },
];
