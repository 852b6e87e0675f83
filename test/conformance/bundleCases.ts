/** Bundles and their moments, completions, and what fails in them. */

import { encodePacket } from '../../src/osc/encode.js';
import { IMMEDIATELY, timetagAt } from '../../src/osc/timetag.js';
import type { Case } from './cases.js';
import { sine } from './sine.js';

const onlyPrinted = 'failures of synchronous commands are printed, not told';

export const bundleCases: readonly Case[] = [
  {
    id: 'C09',
    rows: ['B11', 'D6'],
    title: 'a completion message is carried out before its command answers',
    run: (wire) => wire.ask(['/d_recv', sine, encodePacket(['/s_new', 'sine', 1000, 0, 1])]),
    expected: [
      ['/n_go', 1000, 1, -1, -1, 0],
      ['/done', '/d_recv'],
    ],
  },
  {
    id: 'C16',
    rows: ['A3'],
    title: 'what cannot be done is told with its reason',
    run: async (wire) => {
      await wire.ask(['/s_new', 'sine', 1000, 0, 1]);
      const heard = await wire.ask(
        ['/n_set', 4242, 'freq', 1],
        ['/s_new', 'nope', 1005, 0, 1],
        ['/s_new', 'sine', 1000, 0, 1],
        ['/nope'],
      );
      return heard.map(([, command, why]) => `${command} ${why}`).toSorted();
    },
    expected: [
      '/n_set Node 4242 not found',
      '/nope Command not found',
      '/s_new SynthDef not found',
      '/s_new duplicate node ID',
    ],
    except: { supernova: { expected: [], reason: onlyPrinted } },
  },
  {
    id: 'C20',
    rows: ['B7'],
    title: 'what follows a failure in a bundle is carried out',
    run: (wire) =>
      wire.hear(() =>
        wire.server.sendPacket({
          timetag: IMMEDIATELY,
          elements: [
            ['/n_free', 4242],
            ['/s_new', 'sine', 1010, 0, 1],
          ],
        }),
      ),
    expected: [
      ['/fail', '/n_free', 'Node 4242 not found'],
      ['/n_go', 1010, 1, -1, -1, 0],
    ],
    except: { supernova: { expected: [['/n_go', 1010, 1, -1, -1, 0]], reason: onlyPrinted } },
  },
  {
    id: 'C21',
    rows: ['B5', 'I8'],
    title: 'a bundle waits for its moment, whatever the latency of the server',
    run: async ({ server }) => {
      const synth = server.nodes.synth('sine');
      await server.sync();
      server.latency = 1;
      const begun = performance.now();
      server.at(Date.now() / 1000 + 0.2, () => synth.free());
      server.latency = 0.2;
      await synth.ended(2);
      const seconds = (performance.now() - begun) / 1000;
      return seconds > 0.17 && seconds < 0.8 ? 'after 0.2 s' : `after ${seconds} s`;
    },
    expected: 'after 0.2 s',
  },
  {
    id: 'C22',
    rows: ['B8'],
    title: 'bundles that wait are taken back',
    run: async ({ server }) => {
      const synth = server.nodes.synth('sine');
      server.at(Date.now() / 1000 + 0.15, () => synth.free());
      server.clearSchedule();
      return synth.ended(0.4).catch((error) => error.code);
    },
    expected: 'timeout',
  },
  {
    id: 'C23',
    rows: ['B6'],
    title: 'a bundle of bundles is carried out; messages beside bundles are refused before they are sent',
    run: async (wire) => {
      const now = timetagAt(Date.now() / 1000);
      const make = (id: number) => ({ timetag: now, elements: [['/s_new', 'sine', id, 1, 1] as const] });
      const heard = await wire.hear(async () => {
        // A server whose clock is a little behind keeps the bundle for a later block than that of the answers.
        const last = wire.server.next('/n_go', ({ args }) => args[0] === 1023);
        wire.server.sendPacket({ timetag: now, elements: [make(1022), make(1023)] });
        await last;
      });
      const mixed = { timetag: now, elements: [['/s_new', 'sine', 1020, 0, 1], make(1021)] } as never;
      let refused: unknown;
      try {
        wire.server.sendPacket(mixed);
      } catch (error) {
        refused = (error as { code: string }).code;
      }
      return [heard.map(([address, id]) => [address, id]), refused];
    },
    expected: [
      [
        ['/n_go', 1022],
        ['/n_go', 1023],
      ],
      'invalid-osc',
    ],
  },
  {
    id: 'C24',
    rows: ['B9'],
    title: 'failures are silenced until the end of a bundle, and no longer',
    run: (wire) =>
      wire.hear(() => {
        wire.server.sendPacket({
          timetag: IMMEDIATELY,
          elements: [
            ['/error', -1],
            ['/n_free', 4242],
            ['/error', -2],
          ],
        });
        wire.server.sendMessage('/n_free', 4242);
      }),
    expected: [['/fail', '/n_free', 'Node 4242 not found']],
    except: { supernova: { expected: [], reason: onlyPrinted } },
  },
];
