import { beforeEach, expect, test } from 'vitest';
import { encodePacket } from '../../../src/osc/encode.js';
import { scoreTimetag } from '../../../src/osc/timetag.js';
import { Offline } from './offline.js';
import { level, sine } from './soundDefs.js';

let engine: Offline;

beforeEach(async () => {
  engine = await Offline.boot();
  await engine.define(level, sine);
  engine.left.length = 0;
});

/** Frames that had sounded when the test began: one block of definitions. */
const BEFORE = 128;

test.each([
  1000, 1151, 1152, 1153, 1279, 1280,
])('a synth with OffsetOut starts exactly at frame %i', async (frame) => {
  engine.atFrame(frame, ['/s_new', 'level', 1000, 0, 0]);
  await engine.blocks(20);
  expect(engine.onset()).toBe(frame - BEFORE);
});

test('a thousand synths of one moment, 44 kB, all start on the same sample', async () => {
  const synths = Array.from(
    { length: 1000 },
    (_, i) => ['/s_new', 'level', 1000 + i, 0, 0, 'level', 1 / 1024] as const,
  );
  engine.atFrame(6007, ...synths);
  await engine.blocks(60);
  expect(engine.onset()).toBe(6007 - BEFORE);
  expect(engine.left[6007 - BEFORE]).toBeCloseTo(1000 / 1024, 5);
  expect(engine.left[6006 - BEFORE]).toBe(0);
});

test('three thousand bundles may wait, where scsynth drops the 2,049th', async () => {
  for (let i = 0; i < 3000; i++) engine.atFrame(2000 + i * 10, ['/c_set', i, i]);
  await engine.blocks(260);
  expect(engine.host.scheduledBundles).toBe(0);
  engine.send('/c_getn', 0, 3000);
  await engine.blocks(1);
  const values = engine.replies.at(-1)!.args.slice(2);
  expect(values).toEqual(Array.from({ length: 3000 }, (_, i) => i));
});

test('bundles of one moment are carried out in the order in which they came', async () => {
  for (let i = 0; i < 100; i++) engine.atFrame(2000, ['/c_set', 7, i]);
  await engine.blocks(20);
  engine.send('/c_get', 7);
  await engine.blocks(1);
  expect(engine.said).toEqual([['/c_set', 7, 99]]);
});

test('bundles that come out of order are carried out in order of time', async () => {
  engine.atFrame(3000, ['/c_set', 7, 3]);
  engine.atFrame(2000, ['/c_set', 7, 2]);
  await engine.blocks(40);
  engine.send('/c_get', 7);
  await engine.blocks(1);
  expect(engine.said).toEqual([['/c_set', 7, 3]]);
});

test('a late bundle is carried out at once, and said to be late as scsynth says it', async () => {
  await engine.blocks(374); // 375 blocks are one second
  engine.at(0.75, ['/s_new', 'level', 1000, 0, 0]);
  await engine.blocks(1);
  expect(engine.output).toEqual(['late 0.250000000']);
  expect(engine.onset()).toBe(374 * 128);
});

test('a bundle for the very next frame is not late', async () => {
  engine.atFrame(BEFORE, ['/s_new', 'level', 1000, 0, 0]);
  await engine.blocks(1);
  expect(engine.output).toEqual([]);
  expect(engine.onset()).toBe(0);
});

test('a nested bundle is carried out at its own time, and messages beside it at theirs', async () => {
  const inner = encodePacket({
    timetag: scoreTimetag(4000 / 48_000),
    elements: [['/s_new', 'level', 1001, 0, 0]],
  });
  const outer = encodePacket({
    timetag: scoreTimetag(2000 / 48_000),
    elements: [['/s_new', 'level', 1000, 0, 0]],
  });
  const size = new Uint8Array(4);
  new DataView(size.buffer).setInt32(0, inner.length);
  engine.host.receive(new Uint8Array([...outer, ...size, ...inner]));
  await engine.blocks(40);
  expect(engine.left[1999 - BEFORE]).toBe(0);
  expect(engine.left[2000 - BEFORE]).toBe(0.5);
  expect(engine.left[3999 - BEFORE]).toBe(0.5);
  expect(engine.left[4000 - BEFORE]).toBe(1);
});

test('/clearSched drops what waits, also what the engine was already handed', async () => {
  engine.atFrame(BEFORE + 300, ['/s_new', 'level', 1000, 0, 0]);
  engine.atFrame(BEFORE + 30_000, ['/s_new', 'level', 1001, 0, 0]);
  await engine.blocks(1);
  engine.send('/clearSched');
  await engine.blocks(300);
  expect(engine.onset()).toBe(-1);
});

test('an asynchronous command in a timed bundle starts at its time', async () => {
  engine.atFrame(BEFORE + 3000, ['/b_alloc', 1, 100, 1], ['/sync', 5]);
  await engine.blocks(23);
  expect(engine.said).toEqual([]);
  await engine.blocks(1);
  expect(engine.said).toEqual([
    ['/done', '/b_alloc', 1],
    ['/synced', 5],
  ]);
});

test('a correction of the clock moves what waits', async () => {
  engine.host.setStartTime(0.01);
  engine.at(0.1, ['/s_new', 'level', 1000, 0, 0]);
  await engine.blocks(60);
  expect(engine.onset()).toBe(0.09 * 48_000 - BEFORE);
});
