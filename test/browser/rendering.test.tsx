import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderToFile } from 'react-collider/node';
import { expect, test } from 'vitest';
import { readSoundFile } from '../../src/engine/soundfile/readSoundFile.js';
import { DURATION, Rendered } from './inside/rendered.js';
import { builtPage } from './page.js';

const inside = builtPage('test/browser/inside');

test('a piece is rendered in a page to the same bits as in Node', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'react-collider-rendering-'));
  const path = join(folder, 'node.wav');
  const sound = fileURLToPath(new URL('./inside/public/tone.wav', import.meta.url));
  await renderToFile(<Rendered sound={sound} />, { path, engine: 'embedded', duration: DURATION });
  const { channels } = await readSoundFile(path);
  await rm(folder, { recursive: true });

  const { page, errors } = await inside.open({ records: false });
  const bytes = Buffer.from(await page.evaluate(() => window.render('tone.wav')), 'base64');
  const samples = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  expect(channels.map(({ length }) => length)).toEqual([96_000, 96_000]);
  expect(samples.length).toBe(2 * 96_000);
  const inNode = [...channels[0]!, ...channels[1]!];
  expect(inNode.findIndex((sample, index) => sample !== samples[index])).toBe(-1);
  expect(inNode.some((sample) => sample > 0.1)).toBe(true);
  expect(errors).toEqual([]);
});
