import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { builtPage, gestures, heard, onsetAfter, peakOf, pitchAt } from '../browser/page.js';

type Gesture = readonly [type: string, time: number];

const keyboard = builtPage('examples/web-keyboard');

test('a click starts it, and keys held with the mouse and on the keyboard sound at their pitch at once', async () => {
  const { page, errors } = await keyboard.open();
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('button', { name: 'A4' }).hover();
  await page.mouse.down();
  await delay(700); // how long a key is held is what the user does
  await page.mouse.up();
  await delay(600); // and how long the next one is waited for
  await page.keyboard.down('d');
  await delay(700);
  await page.keyboard.up('d');
  const times = (await gestures(page)).slice(2);
  const [[, pressed], [, released], [, second], [, end]] = times as [Gesture, Gesture, Gesture, Gesture];
  const sound = await heard(page, 0, end + 1);
  expect(peakOf(sound, 0, pressed)).toBe(0);
  expect(onsetAfter(sound, pressed) - pressed).toBeLessThan(0.15);
  expect(pitchAt(sound, pressed + 0.2)).toBeCloseTo(440, -1);
  expect(peakOf(sound, released + 0.5, second)).toBeLessThan(0.001);
  expect(onsetAfter(sound, second) - second).toBeLessThan(0.15);
  expect(pitchAt(sound, second + 0.2)).toBeCloseTo(329.6, -1);
  expect(errors).toEqual([]);
});
