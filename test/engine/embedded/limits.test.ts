import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { encodePacket } from '../../../src/osc/encode.js';
import type { Message } from '../../../src/osc/message.js';
import { Offline } from './offline.js';
import { level, wide } from './soundDefs.js';

let engine: Offline;

beforeEach(async () => {
  engine = await Offline.boot();
  await engine.define(level, wide);
  engine.left.length = 0;
});

async function children(): Promise<unknown[]> {
  engine.replies.length = 0;
  engine.send('/g_queryTree', 0, 0);
  await engine.blocks(1);
  const [, , , ...nodes] = engine.replies[0]!.args;
  return nodes.filter((_, i) => i % 3 === 0);
}

test('ten thousand messages of one packet are all carried out', async () => {
  const messages = Array.from({ length: 10_000 }, (_, i) => ['/c_set', i % 4096, i] as const);
  engine.at(0, ...messages); // 0 is «immediately», 320 kB
  await engine.blocks(2);
  engine.send('/c_getn', 0, 4096);
  await engine.blocks(1);
  const expected = Array.from({ length: 4096 }, (_, i) => (i < 10_000 - 8192 ? i + 8192 : i + 4096));
  expect(engine.replies.at(-1)!.args.slice(2)).toEqual(expected);
  expect(engine.output).toEqual([]);
});

test('five thousand messages in packets of their own are carried out in order', async () => {
  for (let i = 0; i < 5000; i++) engine.send('/c_set', 1, i);
  engine.send('/c_get', 1);
  await engine.blocks(3);
  expect(engine.said).toEqual([['/c_set', 1, 4999]]);
});

test('a /b_setn of 200 kB sets all of its samples', async () => {
  const values = Array.from({ length: 40_000 }, (_, i) => i % 1000);
  engine.send('/b_alloc', 1, 40_000, 1);
  await engine.blocks(1);
  engine.send('/b_setn', 1, 0, values.length, ...values);
  await engine.blocks(2);
  engine.replies.length = 0;
  engine.send('/b_getn', 1, 30_000, 10_000);
  engine.send('/b_get', 1, 0, 1, 11_999, 12_000, 12_001, 39_999);
  await engine.blocks(3);
  expect(engine.replies[0]!.args.slice(3)).toEqual(values.slice(30_000));
  expect(engine.replies[1]!.args).toEqual([1, 0, 0, 1, 1, 11_999, 999, 12_000, 0, 12_001, 1, 39_999, 999]);
});

test('a timed /n_order of 400 synths, 2 kB, orders them all', async () => {
  const ids = Array.from({ length: 400 }, (_, i) => 1000 + i);
  engine.at(0, ...ids.map((id) => ['/s_new', 'level', id, 1, 0, 'level', 0] as const));
  await engine.blocks(2);
  const shuffled = [...ids].sort((a, b) => ((a * 7919) % 401) - ((b * 7919) % 401));
  engine.atFrame(2000, ['/n_order', 0, 0, ...shuffled]);
  await engine.blocks(20);
  expect(await children()).toEqual(shuffled);
});

test('a timed /s_new of 3 kB starts on its sample with all of its controls', async () => {
  const pairs = Array.from({ length: 300 }, (_, i) => [1 + i, i === 0 ? 0.25 : i]).flat();
  engine.atFrame(2000, ['/s_new', 'wide', 1000, 0, 0, ...pairs]);
  await engine.blocks(20);
  expect(engine.onset()).toBe(2000 - 128);
  engine.replies.length = 0;
  engine.send('/s_getn', 1000, 1, 300);
  await engine.blocks(1);
  expect(engine.replies[0]!.args.slice(3)).toEqual([0.25, ...Array.from({ length: 299 }, (_, i) => i + 1)]);
});

test('what cannot be cut keeps its place in the order, a block early at most', async () => {
  const slots = Array.from({ length: 400 }, () => 0.25);
  engine.atFrame(
    2000,
    ['/s_new', 'wide', 1000, 0, 0, 'slots', 0.125],
    ['/n_set', 1000, 'slots', slots], // one array of 2 kB
    ['/s_new', 'level', 1001, 0, 0],
  );
  await engine.blocks(20);
  expect(engine.output).toEqual([]);
  expect(engine.onset()).toBeGreaterThanOrEqual(2000 - 128 - 128);
  expect(engine.left[2100 - 128]).toBe(0.75);
});

test('a moment of more than the engine takes ahead of it, 400 kB, is carried out in its order', async () => {
  const groups = Array.from({ length: 2000 }, (_, i) => 1000 + 2 * i);
  // As a score has it: several bundles of one time, of which the last does not fit in any more.
  engine.atFrame(4000, ['/g_new', 999, 0, 0]);
  for (let from = 0; from < groups.length; from += 500) {
    const messages = groups
      .slice(from, from + 500)
      .flatMap((id) => [
        ['/g_new', id, 1, id === 1000 ? 999 : id - 2] as Message,
        ['/s_new', 'level', id + 1, 0, id, 'level', 1 / 4096, 'out', 0, 'level', 1 / 4096] as Message,
      ]);
    engine.atFrame(4000, ...messages);
  }
  engine.atFrame(4100, ['/n_set', 1001, 'level', 0.25]);
  await engine.blocks(40);
  expect(engine.output).toEqual([]);
  expect(engine.onset()).toBe(4000 - 128);
  expect(engine.left.at(-1)).toBeCloseTo(0.25 + 1999 / 4096, 4);
});

test('a single moment of more than that begins together, a block early at most', async () => {
  const synths = Array.from(
    { length: 8000 },
    (_, i) => ['/s_new', 'level', 1000 + i, 0, 0, 'level', 1 / 8192] as const,
  );
  engine.atFrame(4000, ...synths);
  await engine.blocks(40);
  expect(engine.output).toEqual([]);
  expect(engine.onset()).toBeGreaterThan(4000 - 128 - 128);
  expect(engine.left[engine.onset()]).toBeCloseTo(8000 / 8192, 4);
});

test('samples that are set are not read by what came before', async () => {
  engine.send('/b_alloc', 1, 8, 1);
  engine.send('/b_setn', 1, 0, 2, 0.5, 0.25);
  engine.send('/b_getn', 1, 0, 2);
  engine.send('/b_setn', 1, 0, 2, 1, 2);
  engine.send('/b_getn', 1, 0, 2);
  await engine.blocks(2);
  const read = engine.replies.filter(({ address }) => address === '/b_setn').map(({ args }) => args.slice(3));
  expect(read).toEqual([
    [0.5, 0.25],
    [1, 2],
  ]);
});

test('a message with a time that no engine could take is refused with a /fail', async () => {
  engine.atFrame(1000, ['/n_set', 1000, 'x'.repeat(70_000), 1]);
  await engine.blocks(20);
  expect(engine.said).toEqual([
    ['/fail', '/n_set', 'a message of 70028 bytes; the embedded engine takes 65,536'],
  ]);
});

test('a message that no engine could take is refused with a /fail', async () => {
  engine.send('/n_set', 1000, 'x'.repeat(70_000), 1);
  await engine.blocks(1);
  expect(engine.said).toEqual([
    ['/fail', '/n_set', 'a message of 70028 bytes; the embedded engine takes 65,536'],
  ]);
});

test('the replies to forty queries of 40 kB each, sent at once, all arrive', async () => {
  for (let i = 0; i < 40; i++) engine.send('/c_getn', 0, 4096);
  await engine.blocks(60);
  expect(engine.replies.map(({ args }) => args.length)).toEqual(Array.from({ length: 40 }, () => 4098));
});

test('eight thousand nodes fit', async () => {
  const nodes = Array.from(
    { length: 8000 },
    (_, i) => ['/s_new', 'level', 1000 + i, 1, 0, 'level', 0] as const,
  );
  for (let i = 0; i < 8; i++) engine.at(0, ...nodes.slice(i * 1000, (i + 1) * 1000));
  await engine.blocks(4);
  engine.send('/status');
  await engine.blocks(1);
  expect(engine.replies.at(-1)!.args[2]).toBe(8000);
});

test.each([
  ['an empty packet', []],
  ['half a bundle', [...new TextEncoder().encode('#bundle\0'), 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1]],
  [
    'an element of negative size',
    [...new TextEncoder().encode('#bundle\0'), 0, 0, 0, 0, 0, 0, 0, 1, 255, 255, 255, 0],
  ],
  ['a blob that reaches beyond its message', [...new TextEncoder().encode('/d_recv\0,b\0\0'), 0, 0, 255, 0]],
  ['an address without end', [47, 110, 95, 115]],
])('%s does not end the engine', async (_, bytes) => {
  engine.host.receive(new Uint8Array(bytes));
  engine.send('/sync', 1);
  await engine.blocks(1);
  expect(engine.said.at(-1)).toEqual(['/synced', 1]);
});

test('a packet with changed bytes is carried out, refused, or crashes the engine as it would scsynth', async () => {
  const packets = [
    encodePacket(['/b_alloc', 1, 100, 1, encodePacket(['/b_zero', 1])]),
    encodePacket(['/b_setn', 1, 0, 3, 0.1, 0.2, 0.3]),
    encodePacket(['/n_set', 1000, 'level', [1, 2], 'out', 0]),
    encodePacket(['/d_recv', level]),
    encodePacket({
      timetag: [0, 1],
      elements: [
        ['/c_set', 1, 2],
        ['/c_getn', 0, 3],
      ],
    }),
  ];
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...packets), changes, async (packet, bytes) => {
      const changed = packet.slice();
      // The address stays: of some commands it is the very meaning to end the engine.
      for (const [at, byte] of bytes) changed[8 + (at % (changed.length - 8))] = byte;
      engine.host.receive(changed);
      engine.send('/sync', 77);
      engine.replies.length = 0;
      try {
        await engine.blocks(3);
        expect(engine.said).toContainEqual(['/synced', 77]);
      } catch (error) {
        expect(error).toMatchObject({ code: 'command-failed' });
        engine = await Offline.boot();
      }
    }),
    { numRuns: 300, seed: 5 },
  );
});

test('a buffer number that would crash scsynth is refused', async () => {
  engine.send('/b_set', 1024, 0, 1);
  engine.send('/b_zero', -1);
  engine.send('/sync', 1);
  await engine.blocks(1);
  expect(engine.said).toEqual([
    ['/fail', '/b_set', 'buffer number 1024 is outside 0 … 1023'],
    ['/fail', '/b_zero', 'buffer number -1 is outside 0 … 1023', -1],
    ['/synced', 1],
  ]);
});
