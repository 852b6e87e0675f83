/** What is recorded live is what is rendered offline. */

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Note, Pattern, Transport, tempo } from '../../src/index.js';
import { createRoot, renderToFile } from '../../src/node.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { beep } from '../offline/offlineDefs.js';
import { bootForTest } from '../setup/servers.js';
import { readSound } from './listen.js';

const NOTES = 12;

const Piece = ({ onOver }: { readonly onOver?: () => void }) => (
  <Transport bpm={tempo([0, 120, 'ramp'], [6, 240])}>
    <Pattern values={Array.from({ length: NOTES }, (_, index) => 60 + index)} every={0.5} length={4}>
      {(pitch, { index }) => (
        <Note def={beep} pitch={pitch} {...(index === NOTES - 1 && onOver && { onEnd: onOver })} />
      )}
    </Pattern>
  </Transport>
);

test('a recording on the embedded engine is the rendering, to a sample of time', { retry: 2 }, async () => {
  const [live, offline] = ['live.wav', 'offline.wav'].map((name) => join(temporaryFolder(), name));
  const server = await bootForTest('embedded', { device: 'none' });
  const recording = await server.engine.record!(live!);
  const root = createRoot(server, { latency: 0.1, lookahead: 0.5 });
  await new Promise<void>((resolve) => void root.render(<Piece onOver={resolve} />));
  await recording.stop();
  await root.unmount();
  await renderToFile(<Piece />, { path: offline!, duration: 3, engine: 'embedded' });

  const [recorded] = readSound(live!).channels;
  const [rendered] = readSound(offline!).channels;
  const first = (samples: Float32Array) => samples.findIndex((sample) => Math.abs(sample) > 1e-3);
  const shift = first(recorded!) - first(rendered!);
  const length = Math.round(2.1 * 48_000);
  let [difference, loudest] = [0, 0];
  for (let frame = 0; frame < length; frame++) {
    difference = Math.max(difference, Math.abs(recorded![frame + shift]! - rendered![frame]!));
    loudest = Math.max(loudest, Math.abs(rendered![frame]!));
  }
  expect(loudest).toBeGreaterThan(0.09);
  // A tone of 494 Hz that is one sample early or late is another by 6 % of its amplitude, and two may sound at once.
  expect(difference).toBeLessThan(0.14 * loudest);
});
