/** Frames a second depend on the machine. How much longer a frame takes with twenty times as many nodes does not. */

import { expect, test } from 'vitest';
import { startBrowser } from './inspectorPage.js';
import { scrollThroughNodes } from './manyNodes.js';

startBrowser();

test('a frame of 2,000 nodes that change and are scrolled costs little more than a frame of 100', async () => {
  const few = await scrollThroughNodes(1);
  const many = await scrollThroughNodes(20);
  expect(many.processorTime / few.processorTime).toBeLessThan(4);
  expect(many.linesSeen).toBeGreaterThan(100);
  expect(many.steps).toBeGreaterThan(2);
});
