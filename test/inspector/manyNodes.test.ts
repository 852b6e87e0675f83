/**
 * Frames a second depend on what else the machine does; here it is the processor's time for one. The frames are counted
 * where nothing else runs, in `test/listen/inspectorFrames.test.ts`.
 */

import { expect, test } from 'vitest';
import { startBrowser } from './inspectorPage.js';
import { scrollThroughManyNodes } from './manyNodes.js';

startBrowser();

test('while 2,000 nodes change and are scrolled, a frame takes less than a thirtieth of a second', async () => {
  const { processorTime, linesSeen, steps } = await scrollThroughManyNodes();
  expect(processorTime).toBeLessThan(1 / 30);
  expect(linesSeen).toBeGreaterThan(100);
  expect(steps).toBeGreaterThan(2);
});
