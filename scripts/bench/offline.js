/** W8: ten minutes of 20,000 notes rendered to a file, and the finished score played by scsynth alone. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createElement } from 'react';
import { Note, Pattern, Transport } from '../../dist/index.js';
import { renderToFile, renderToScore, sonicPiSynthDefs } from '../../dist/node.js';
import { interleave } from './timing.js';

const NOTES = 20_000;
const DURATION = 600;

const pitches = Array.from({ length: NOTES }, (_, index) => 40 + ((index * 7) % 40));

/** A note each 30 ms, each half a second long: seventeen at a time. */
const piece = createElement(
  Transport,
  { bpm: 60 },
  createElement(Pattern, { values: pitches, every: DURATION / NOTES, length: 0.5 }, (pitch) =>
    createElement(Note, { def: 'sonic-pi-beep', pitch, amp: 0.05, attack: 0.01, sustain: 0.2, release: 0.3 }),
  ),
);

export async function w8() {
  const folder = mkdtempSync(join(tmpdir(), 'react-collider-bench-'));
  const [score, alone, ours] = ['score.osc', 'alone.wav', 'ours.wav'].map((name) => join(folder, name));
  const library = sonicPiSynthDefs();
  try {
    writeFileSync(score, (await renderToScore(piece, { duration: DURATION, library })).toBytes());
    const options = ['-V', '-1', '-o', '2', '-w', '256', '-n', '8192', '-m', '65536'];
    const times = await interleave(
      5,
      {
        scsynth: () =>
          execFileSync(
            process.env.SCSYNTH ?? 'scsynth',
            ['-N', score, '_', alone, '48000', 'wav', 'float', ...options],
            {
              stdio: 'ignore',
            },
          ),
        ours: () => renderToFile(piece, { duration: DURATION, library, path: ours, engine: 'scsynth' }),
        react: () => renderToScore(piece, { duration: DURATION, library }),
      },
      { warmup: 1 },
    );
    const { react, ...rest } = times;
    return { W8: { ...rest, 'the score alone': react } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
