import { expect, test } from 'vitest';
import { builtPage, type Heard, heard } from '../browser/page.js';

const sequencer = builtPage('examples/web-sequencer');

/** When strokes begin: loud samples with nothing loud in the twentieth of a second before. */
function strokes({ samples, sampleRate, from }: Heard): number[] {
  const times: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const [frame, sample] of samples.entries()) {
    if (Math.abs(sample) < 0.02) continue;
    if (frame - last > sampleRate / 20) times.push(from + frame / sampleRate);
    last = frame;
  }
  return times;
}

test('what is clicked into the grid is heard at its steps, also in a new tempo, and the meters show it', async () => {
  const { page, errors } = await sequencer.open();
  await page.getByLabel('hat 1').check();
  await page.getByLabel('hat 5').check();
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  const first = await page.evaluate(() => window.recordings[0]!.context.currentTime);
  const slow = strokes(await heard(page, first + 0.3, first + 2.6));
  expect(slow.length).toBeGreaterThanOrEqual(4);
  expect(slow.length).toBeLessThanOrEqual(5);
  for (const [index, time] of slow.slice(1).entries()) expect(time - slow[index]!).toBeCloseTo(0.5, 2);

  await page.getByLabel('Beats a minute').fill('240');
  const second = await page.evaluate(() => window.recordings[0]!.context.currentTime);
  const fast = strokes(await heard(page, second + 0.6, second + 1.7));
  expect(fast.length).toBeGreaterThanOrEqual(4);
  for (const [index, time] of fast.slice(1).entries()) expect(time - fast[index]!).toBeCloseTo(0.25, 2);

  await expect
    .poll(() => page.getByLabel('left').evaluate((meter) => (meter as HTMLMeterElement).value))
    .toBeGreaterThan(0.02);
  expect(errors).toEqual([]);
});
