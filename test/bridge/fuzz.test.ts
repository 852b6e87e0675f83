/** Whatever comes by a socket, the bridge lives and the server hears nothing of it. */

import { expect, test } from 'vitest';
import type { Server } from '../../src/server/server.js';
import { type Random, seededRandom } from '../../src/time/random.js';
import { engines } from '../setup/servers.js';
import { bridgeForTest } from './bridges.js';
import { openPage } from './rawPage.js';

const FRAMES = 100_000;
/** How many are sent before the answers are read. */
const BURST = 500;
const CONNECTIONS = 20;

/** What a server might take for a beginning of a packet. */
const BEGINNINGS = [
  '',
  '/',
  '#bundle\0\0\0\0\0\0\0\0\x01',
  '/quit\0\0\0,\0\0\0',
  '/cmd\0\0\0\0,i\0\0',
  '/b_write\0\0\0\0,is\0',
];

/** Random bytes, half of the time behind the beginning of a packet; a tenth of them as text, whose bytes are below 128. */
function frame(random: Random): Buffer | string {
  const beginning = random.chance(0.5) ? random.pick(BEGINNINGS) : '';
  const rest = Buffer.alloc(Math.floor(random.number() ** 4 * 1000));
  for (let index = 0; index < rest.length; index++) rest[index] = random.number(0, 256);
  const bytes = Buffer.concat([Buffer.from(beginning, 'latin1'), rest]);
  return random.chance(0.9) ? bytes : bytes.toString('ascii');
}

/** The messages that a server prints between now and a message of ours, by `/dumpOSC`. */
async function heardDuring(server: Server, act: () => Promise<void>): Promise<string[]> {
  const lines: string[] = [];
  server.dumpOsc('parsed');
  await server.sync();
  const end = server.onOutput(({ line }) => lines.push(line));
  await act();
  const isPrinted = new Promise<void>((resolve) => {
    server.onOutput(({ line }) => {
      if (line.includes('/the_end')) resolve();
    });
  });
  server.sendMessage('/the_end');
  await isPrinted;
  end();
  server.dumpOsc('off');
  return lines.filter((line) => line.startsWith('[') && !line.includes('/the_end'));
}

test.runIf(engines.includes('scsynth'))(
  'a hundred thousand random frames neither end the bridge nor get to the server',
  async () => {
    // As many as it takes may be refused, so that each of them is looked at.
    const unlimited = { perSecond: 1e9, atOnce: 1e9 };
    const limits = { packets: unlimited, bytes: unlimited, refusals: unlimited };
    const { server, bridge, events } = await bridgeForTest({ limits });
    const seed = Math.floor(Math.random() * 2 ** 31);
    const random = seededRandom(seed);
    const heard = await heardDuring(server, async () => {
      for (let sent = 0; sent < FRAMES; sent += FRAMES / CONNECTIONS) {
        const page = await openPage(bridge.url);
        for (let left = FRAMES / CONNECTIONS; left > 0; left -= BURST) {
          for (let index = 0; index < BURST; index++) page.socket.send(frame(random));
          for (let index = 0; index < BURST; index++) await page.refusal();
        }
        // Text that is none ends a connection.
        page.socket.send(Buffer.of(0xff), { binary: false });
        expect((await page.closed).code, `seed ${seed}`).toBe(1007);
      }
    });
    expect(heard, `seed ${seed}`).toEqual([]);
    expect(events.all.filter(({ type }) => type === 'refused')).toHaveLength(FRAMES);
    expect(server.state).toBe('online');
    // What may pass is seen in the same way.
    const page = await openPage(bridge.url);
    expect(await heardDuring(server, () => page.sync(77))).toEqual([expect.stringContaining('"/sync", 77')]);
  },
  180_000,
);
