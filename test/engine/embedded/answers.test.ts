import { beforeEach, expect, test } from 'vitest';
import { encodePacket } from '../../../src/osc/encode.js';
import { Offline } from './offline.js';
import { lacking, level, noise, telling } from './soundDefs.js';

let engine: Offline;

beforeEach(async () => {
  engine = await Offline.boot();
  await engine.define(level);
});

test('/notify registers once, and answers a repeat and a farewell as scsynth does', async () => {
  engine.send('/notify', 1);
  engine.send('/notify', 1);
  engine.send('/notify', 0);
  engine.send('/notify', 0);
  await engine.blocks(1);
  expect(engine.said).toEqual([
    ['/done', '/notify', 0, 64],
    ['/fail', '/notify', 'notify: already registered\n', 0],
    ['/done', '/notify'],
    ['/fail', '/notify', 'not registered\n'],
  ]);
});

test('only a registered client hears of nodes', async () => {
  engine.send('/s_new', 'level', 1000, 0, 0);
  await engine.blocks(1);
  expect(engine.said).toEqual([]);
  engine.send('/notify', 1);
  engine.send('/n_free', 1000);
  await engine.blocks(1);
  expect(engine.said).toEqual([
    ['/n_end', 1000, 0, -1, -1, 0],
    ['/done', '/notify', 0, 64],
  ]);
});

test('/status counts what there is, and tells the real sample rate', async () => {
  engine.send('/s_new', 'level', 1000, 0, 0);
  engine.send('/g_new', 1, 0, 0);
  engine.send('/status');
  await engine.blocks(1);
  expect(engine.said).toEqual([['/status.reply', 1, 3, 1, 2, 1, 0, 0, 48_000, 48_000]]);
});

test('/version says scsynth', async () => {
  engine.send('/version');
  await engine.blocks(1);
  expect(engine.replies[0]!.args.slice(0, 4)).toEqual(['scsynth', 3, 14, '.1']);
});

test('/n_go of a completion message comes before the /done of its command', async () => {
  engine.send('/notify', 1);
  await engine.blocks(1);
  engine.replies.length = 0;
  engine.send('/d_recv', noise, encodePacket(['/s_new', 'noise', 1000, 0, 0]));
  engine.send('/sync', 3);
  await engine.blocks(1);
  expect(engine.said).toEqual([
    ['/n_go', 1000, 0, -1, -1, 0],
    ['/done', '/d_recv'],
    ['/synced', 3],
  ]);
});

test('a definition with a unit generator that the engine lacks fails and names it', async () => {
  engine.send('/d_recv', lacking);
  await engine.blocks(1);
  expect(engine.said).toEqual([['/fail', '/d_recv', "UGen 'MouseX' not installed."]]);
});

test('a definition with SendTrig is taken, with a warning that nothing will be sent', async () => {
  engine.send('/d_recv', telling);
  await engine.blocks(1);
  expect(engine.said).toEqual([['/done', '/d_recv']]);
  expect(engine.output).toEqual([
    'WARNING: a definition has SendTrig, which sends nothing on the embedded engine. Write the value to a ' +
      'control bus with Out.kr, and ask with /c_get.',
  ]);
});

test.each([
  ['a double', [{ type: 'double', value: 1 }]],
  ['a blob', [new Uint8Array(4)]],
] as const)('%s in an array, which would hang scsynth, is refused', async (_, array) => {
  engine.send('/s_new', 'level', 1000, 0, 0);
  engine.send('/n_set', 1000, 'level', array);
  engine.send('/n_set', 1000, 'level', [0.25, 'c3', 1]);
  engine.send('/sync', 1);
  await engine.blocks(1);
  expect(engine.said).toEqual([
    [
      '/fail',
      '/n_set',
      'an array of anything but int32, float32 and strings, which would crash or hang the engine',
    ],
    ['/synced', 1],
  ]);
});

test('an unknown command fails by its name, and those after it are carried out', async () => {
  engine.at(0, ['/nope', 1], ['/c_set', 3, 4], ['/c_get', 3]);
  await engine.blocks(1);
  expect(engine.said).toEqual([
    ['/fail', '/nope', 'Command not found'],
    ['/c_set', 3, 4],
  ]);
});

test('a command number and an address without slash stand for the command', async () => {
  const numbered = encodePacket(['/x', 6, 5]);
  numbered.set([0, 0, 0, 25]); // c_set
  engine.host.receive(numbered);
  const slashless = encodePacket(['/b_alloc', 2, 10, 1]).subarray(12);
  engine.host.receive(new Uint8Array([...new TextEncoder().encode('b_alloc\0'), ...slashless]));
  engine.send('/c_get', 6);
  await engine.blocks(1);
  expect(engine.said).toEqual([
    ['/c_set', 6, 5],
    ['/done', '/b_alloc', 2],
  ]);
});

test('failures of nodes are told to the client and printed', async () => {
  engine.send('/n_set', 12_345, 'freq', 1);
  engine.send('/s_new', 'nope', 1000, 0, 0);
  await engine.blocks(1);
  expect(engine.said).toEqual([
    ['/fail', '/n_set', 'Node 12345 not found'],
    ['/fail', '/s_new', 'SynthDef not found'],
  ]);
  expect(engine.output).toContain('FAILURE IN SERVER /n_set Node 12345 not found');
});

test('/dumpOSC prints what comes until it is turned off', async () => {
  engine.send('/dumpOSC', 1);
  engine.at(0, ['/n_set', 0, 'freq', 440.5]);
  engine.send('/status');
  engine.send('/dumpOSC', 0);
  engine.send('/sync', 1);
  expect(engine.output).toEqual(['[ "#bundle", 0, [ "/n_set", 0, "freq", 440.5 ] ]', '[ "/dumpOSC", 0 ]']);
});

test('/quit is answered, after what came before it, and then the engine ends', async () => {
  engine.send('/sync', 1);
  engine.send('/quit');
  await engine.blocks(2);
  expect(engine.said).toEqual([
    ['/synced', 1],
    ['/done', '/quit'],
  ]);
  expect(engine.quits).toBe(1);
});

test('noise is the same each time when the seed is', async () => {
  const heard: number[][] = [];
  for (const seed of [1, 1, 2]) {
    const host = await Offline.boot({ seed });
    await host.define(noise);
    host.atFrame(1000, ['/s_new', 'noise', 1000, 0, 0]);
    await host.blocks(10);
    heard.push(host.left);
  }
  expect(new Set(heard[0]).size).toBeGreaterThan(100);
  expect(heard[1]).toEqual(heard[0]);
  expect(heard[2]).not.toEqual(heard[0]);
});
