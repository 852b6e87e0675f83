import { afterEach, expect, test, vi } from 'vitest';
import { LatePart } from '../src/latePart.js';

const failures: unknown[] = [];
const note = (reason: unknown) => failures.push(reason);
process.on('unhandledRejection', note);
afterEach(() => {
  expect(failures).toEqual([]);
});

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('what waits for a part is called in order when it is there, and not after the end', async () => {
  let load: (part: string) => void = () => {};
  const loads = vi.fn(() => new Promise<string>((resolve) => (load = resolve)));
  const errors: Error[] = [];
  const part = new LatePart(loads, 'this', (error) => errors.push(error));
  const seen: unknown[] = [];
  part.with((it) => seen.push([it, 1]));
  part.with((it) => seen.push([it, 2]));
  load('part');
  await settled();
  expect(seen).toEqual([
    ['part', 1],
    ['part', 2],
  ]);
  part.with((it) => seen.push([it, 3]));
  part.end();
  await settled();
  expect(seen).toHaveLength(2);
  expect(loads).toHaveBeenCalledOnce();
  expect(errors).toEqual([]);
});

test('a part that does not load is reported once, and tried again at the next use', async () => {
  const loads = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module: /repair-4f.js'))
    .mockRejectedValueOnce(new TypeError('again'))
    .mockResolvedValue('part');
  const errors: Error[] = [];
  const part = new LatePart(loads, 'repair', (error) => errors.push(error));
  const seen: string[] = [];
  for (let use = 0; use < 4; use++) {
    part.with((it) => seen.push(it));
    await settled();
  }
  expect(seen).toEqual(['part', 'part']);
  expect(loads).toHaveBeenCalledTimes(3);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatchObject({
    code: 'not-loaded',
    message:
      'A part of react-collider did not load: Failed to fetch dynamically imported module: /repair-4f.js. The piece ' +
      'goes on without repair. Reload the page: a newer version may have been published.',
  });
});

test('after the end a part that does not load is reported to nobody', async () => {
  const errors: Error[] = [];
  const part = new LatePart(
    () => Promise.reject(new Error('torn down')),
    'this',
    (error) => errors.push(error),
  );
  part.with(() => {});
  part.end();
  await settled();
  expect(errors).toEqual([]);
});
