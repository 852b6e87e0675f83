import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { blip, record } from '../../src/server/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { bootForTest, engines } from '../setup/servers.js';
import { part, peak, readSound } from './listen.js';

describe.runIf(engines.length > 1)('scsynth', () => {
  test('a blip is heard as two tones, and tells nobody of failures', async () => {
    const server = await bootForTest('scsynth');
    const path = join(temporaryFolder(), 'blip.wav');
    const recording = await record(server, { path, duration: 0.6 });
    await blip(server);
    await recording.done;
    const sound = readSound(path);
    const loud = (from: number, to: number) => peak({ ...sound, channels: [part(sound, from, to)] });
    const first = sound.channels[0]!.findIndex((sample) => Math.abs(sample) > 0.005) / 48_000;
    expect(first).toBeGreaterThan(0);
    expect(loud(first, first + 0.1)).toBeCloseTo(0.05, 2);
    expect(loud(first + 0.13, first + 0.18)).toBe(0);
    expect(loud(first + 0.2, first + 0.3)).toBeCloseTo(0.05, 2);
    const failed = server.next('/fail');
    server.sendMessage('/n_free', 4242);
    expect((await failed).args[1]).toBe('Node 4242 not found');
    await server.quit();
  });
});
