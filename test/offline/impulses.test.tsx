import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderToFile } from '../../src/node.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { readSound } from '../listen/listen.js';
import { engines } from '../setup/servers.js';
import { Impulses, onsets, randomBeats, secondsOf } from './impulses.js';

const beats = randomBeats(1000, 84);

test.each(
  engines.flatMap((engine) => [44_100, 48_000].map((sampleRate) => ({ engine, sampleRate }))),
)('a thousand impulses at random beats with tempo ramps are each on their sample: $engine, $sampleRate Hz', async ({
  engine,
  sampleRate,
}) => {
  const path = join(temporaryFolder(), 'impulses.wav');
  await renderToFile(<Impulses beats={beats} />, { path, engine, sampleRate, duration: 60 });
  const found = onsets(readSound(path).channels[0]!);
  const wanted = beats.map((beat) => Math.round(secondsOf(beat) * sampleRate));
  expect(found).toHaveLength(1000);
  const differences = found.map((frame, index) => frame - wanted[index]!);
  expect(Math.max(...differences.map(Math.abs))).toBeLessThanOrEqual(1);
  // All but what falls between two samples to the last digit.
  expect(differences.filter((difference) => difference !== 0).length).toBeLessThanOrEqual(2);
});

test('twenty minutes into a piece an impulse is still on its sample', async () => {
  const path = join(temporaryFolder(), 'late.wav');
  const engine = engines[0]!;
  const late = [634.5, 1199.123];
  const { At, Synth, Transport } = await import('../../src/index.js');
  const { click } = await import('./offlineDefs.js');
  const piece = (
    <Transport bpm={60}>
      {late.map((beat) => (
        <At key={beat} beat={beat}>
          <Synth def={click} />
        </At>
      ))}
    </Transport>
  );
  const format = { sampleRate: 44_100, channels: 1, sampleFormat: 'int16' };
  await renderToFile(piece, { path, engine, duration: 1200, ...format });
  expect(onsets(readSound(path).channels[0]!)).toEqual(late.map((seconds) => Math.round(seconds * 44_100)));
});
