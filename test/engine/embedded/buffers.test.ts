import { beforeEach, expect, test } from 'vitest';
import { encodePacket } from '../../../src/osc/encode.js';
import { Offline } from './offline.js';
import { player } from './soundDefs.js';

let engine: Offline;

beforeEach(async () => {
  engine = await Offline.boot();
  await engine.define(player);
});

test('a completion message sees the new buffer before /done', async () => {
  engine.send('/b_alloc', 3, 1024, 2, encodePacket(['/b_query', 3]));
  await engine.blocks(1);
  expect(engine.said).toEqual([
    ['/b_info', 3, 1024, 2, 48_000],
    ['/done', '/b_alloc', 3],
  ]);
});

test('a new buffer is zero even where another has been', async () => {
  engine.send('/b_alloc', 3, 8, 1, encodePacket(['/b_fill', 3, 0, 8, 0.5]));
  engine.send('/b_free', 3);
  await engine.blocks(1);
  engine.send('/b_alloc', 3, 8, 1, encodePacket(['/b_getn', 3, 0, 8]));
  await engine.blocks(1);
  expect(engine.said.at(-2)).toEqual(['/b_setn', 3, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0]);
});

test('allocating and freeing 4 MB two hundred times keeps no memory', async () => {
  for (let i = 0; i < 200; i++) {
    engine.send('/b_alloc', 3, 500_000, 2);
    engine.send('/b_free', 3);
    await engine.blocks(1);
  }
  expect(engine.said.filter(([address]) => address === '/fail')).toEqual([]);
  expect(engine.said.at(-1)).toEqual(['/done', '/b_free', 3]);
  expect(engine.host.bufferBytes).toBe(0);
});

test('allocating a number anew gives back what it had', async () => {
  for (let i = 0; i < 100; i++) {
    engine.send('/b_alloc', 3, 500_000, 2);
    await engine.blocks(1);
  }
  expect(engine.said.filter(([address]) => address === '/fail')).toEqual([]);
  expect(engine.host.bufferBytes).toBe(4_000_032);
});

test('a buffer that does not fit fails with the sizes, and the engine goes on', async () => {
  engine.send('/b_alloc', 3, 20_000_000, 1);
  engine.send('/sync', 1);
  await engine.blocks(1);
  const [failure, synced] = engine.said;
  expect(failure?.slice(0, 2)).toEqual(['/fail', '/b_alloc']);
  expect(failure?.[2]).toMatch(
    /^memory allocation failed: 20000000 frames × 1 channels need 80000016 bytes, /,
  );
  expect(failure?.[3]).toBe(3);
  expect(synced).toEqual(['/synced', 1]);
});

test('a number that scsynth would write outside its memory for fails', async () => {
  engine.send('/b_alloc', 1024, 10, 1);
  engine.send('/b_alloc', 3, 0, 1);
  await engine.blocks(1);
  expect(engine.said).toEqual([
    ['/fail', '/b_alloc', 'buffer number 1024 is outside 0 … 1023', 1024],
    ['/fail', '/b_alloc', '0 frames × 1 channels is no buffer', 3],
  ]);
});

test('/b_free answers, again and again, and leaves no frames', async () => {
  engine.send('/b_alloc', 3, 10, 1);
  engine.send('/b_free', 3, encodePacket(['/b_query', 3]));
  engine.send('/b_free', 3);
  await engine.blocks(1);
  expect(engine.said).toEqual([
    ['/b_info', 3, 0, 0, 48_000],
    ['/done', '/b_alloc', 3],
    ['/done', '/b_free', 3],
    ['/done', '/b_free', 3],
  ]);
});

test('/b_set, /b_setn, /b_fill, /b_gen and /b_zero change what is heard of a buffer', async () => {
  engine.send('/b_alloc', 3, 4, 1);
  engine.at(0, ['/b_set', 3, 0, 0.5], ['/b_setn', 3, 1, 2, 0.25, 0.125], ['/b_fill', 3, 3, 1, 0.75]);
  engine.send('/b_getn', 3, 0, 4);
  engine.send('/b_gen', 3, 'normalize', 1);
  engine.send('/b_getn', 3, 1, 1);
  engine.send('/b_zero', 3);
  engine.send('/b_getn', 3, 0, 4);
  await engine.blocks(1);
  expect(engine.said.filter(([address]) => address === '/b_setn')).toEqual([
    ['/b_setn', 3, 0, 4, 0.5, 0.25, 0.125, 0.75],
    ['/b_setn', 3, 1, 1, Math.fround(1 / 3)],
    ['/b_setn', 3, 0, 4, 0, 0, 0, 0],
  ]);
});

test('a buffer is played sample by sample', async () => {
  engine.send('/b_alloc', 3, 4, 1);
  engine.send('/b_setn', 3, 0, 4, 0.1, 0.2, 0.3, 0.4);
  engine.left.length = 0;
  engine.atFrame(1000, ['/s_new', 'player', 1000, 0, 0, 'buf', 3]);
  await engine.blocks(10);
  const heard = engine.left.slice(1000 - 128, 1003 - 128);
  expect(heard).toEqual([0.1, 0.2, 0.3].map(Math.fround));
});
