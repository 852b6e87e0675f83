import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Player, SoundDevice } from '../../../src/engine/embedded/soundDevice.js';

const format = { sampleRate: 48_000, channels: 2 };
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedded-'));
});
afterAll(() => rm(folder, { recursive: true }));

const shell = (script: string): Player => ({ command: 'sh', arguments: () => ['-c', script] });

test('what is written arrives at the player’s standard input, sample by sample', async () => {
  const path = join(folder, 'played');
  const { device } = await SoundDevice.open(format, undefined, [shell(`head -c 7688 > ${path}`)]);
  const ended = new Promise<string>((resolve) => device?.onEnd(resolve));
  device?.write(Float32Array.of(0.5, -0.5));
  expect(await ended).toBe('sh has ended'); // 20 ms of silence and one frame were all it took
  const bytes = await readFile(path);
  const silence = 0.02 * 48_000 * 8;
  expect(bytes.length).toBe(silence + 8);
  expect([bytes.readFloatLE(silence), bytes.readFloatLE(silence + 4)]).toEqual([0.5, -0.5]);
  device?.close();
});

test('players that are missing or fail are passed over, with what they said', async () => {
  const { device, reasons } = await SoundDevice.open(format, undefined, [
    { command: 'no-such-player', arguments: () => [] },
    shell('echo cannot open the device >&2; exit 1'),
    shell('cat > /dev/null'),
  ]);
  expect(device?.name).toBe('sh');
  expect(reasons).toEqual(['no-such-player: not installed', 'sh: cannot open the device']);
  device?.close();
});

test('a player that does not take its sound is noticed', async () => {
  const { device } = await SoundDevice.open(format, undefined, [shell('sleep 60')]);
  for (let i = 0; i < 20; i++) device?.write(new Float32Array(9600)); // two seconds
  expect(device?.waiting(format)).toBeGreaterThan(1);
  device?.close();
});

test('a player that falls back to another device is asked last for one by name', async () => {
  const players = [{ ...shell('cat > /dev/null'), command: 'sh', fallsBack: true }, shell('exit 1')];
  const named = await SoundDevice.open(format, 'headphones', players);
  expect(named.reasons).toEqual(['sh: ended at once']);
  named.device?.close();
  const usual = await SoundDevice.open(format, undefined, players);
  expect(usual.reasons).toEqual([]);
  usual.device?.close();
});
