import { expect, test } from 'vitest';
import { startBrowser } from '../inspector/inspectorPage.js';
import { scrollThroughManyNodes } from '../inspector/manyNodes.js';

startBrowser();

test('an inspector of 2,000 nodes that change is scrolled at 30 frames a second and more', async () => {
  const { framesPerSecond, linesSeen, steps } = await scrollThroughManyNodes();
  expect(framesPerSecond).toBeGreaterThan(30);
  expect(linesSeen).toBeGreaterThan(100);
  expect(steps).toBeGreaterThan(2);
});
