import { expect, test } from 'vitest';
import { builtPage, heard } from '../browser/page.js';

const inside = builtPage('test/browser/inside');

test('beats are a tenth of a second apart, to the frame', async () => {
  const { page, errors } = await inside.open();
  await page.mouse.click(5, 5);
  await page.evaluate(() => window.server.start());
  await page.evaluate(() => window.show('Beats'));
  const now = await page.evaluate(() => window.recordings[0]!.context.currentTime);
  const { samples } = await heard(page, 0, now + 1.5);
  const onsets = [...samples.keys()].filter((frame) => Math.abs(samples[frame]!) > 0.2);
  const distances = onsets.slice(1).map((frame, index) => frame - onsets[index]!);
  expect(distances.length).toBeGreaterThan(8);
  // The clock may be followed by a millisecond a second, and a beat lies between two frames.
  expect(distances.filter((frames) => Math.abs(frames - 4800) > 49)).toEqual([]);
  expect(errors).toEqual([]);
});
