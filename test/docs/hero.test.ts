import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { decodeSoundFile } from '../../src/engine/soundfile/decodeSoundFile.js';
import { cli, composition } from '../cli/cli.js';

test('the piece at the top of README is heard, and ends without a click', async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, source] = /```tsx\n(.*?)```/s.exec(readme)!;
  const path = composition(source!);
  const take = join(dirname(path), 'hero.wav');
  const { exitCode, stderr } = await cli([
    ...['play', path, '--engine', 'embedded', '--duration', '1'],
    ...['--record', take, '--plain'],
  ]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const { channels, sampleRate } = await decodeSoundFile(await readFile(take));
  const peak = (samples: Float32Array) =>
    samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  for (const samples of channels) {
    expect(peak(samples)).toBeGreaterThan(0.05);
    // 40 dB below the tone: an end without a release is as loud as the tone.
    expect(peak(samples.subarray(-sampleRate / 100))).toBeLessThan(0.0007);
  }
});
