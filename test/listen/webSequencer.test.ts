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

/**
 * Compares the distances of strokes with a step: the median to 5 ms, each to 30 ms. A step that the busy thread of a page
 * renders too late is heard at once, 10 to 13 ms off on a machine that ran other tests.
 */
function expectSteps(times: readonly number[], step: number): void {
  const off = times.slice(1).map((time, index) => Math.abs(time - times[index]! - step));
  expect(off.toSorted((a, b) => a - b)[off.length >> 1]).toBeLessThan(0.005);
  expect(Math.max(...off)).toBeLessThan(0.03);
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
  expectSteps(slow, 0.5);

  await page.getByLabel('Beats a minute').fill('240');
  const second = await page.evaluate(() => window.recordings[0]!.context.currentTime);
  const fast = strokes(await heard(page, second + 0.6, second + 1.7));
  expect(fast.length).toBeGreaterThanOrEqual(4);
  expectSteps(fast, 0.25);

  await expect
    .poll(() => page.getByLabel('left').evaluate((meter) => (meter as HTMLMeterElement).value))
    .toBeGreaterThan(0.02);
  // A busy machine renders steps late, and the page says so.
  expect(errors.filter((error) => !/was carried out [\d.]+ m?s late/.test(error))).toEqual([]);
});
