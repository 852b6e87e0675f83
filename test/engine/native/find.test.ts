import { expect, test } from 'vitest';
import { findServer } from '../../../src/engine/native/find.js';
import { shellScript, temporaryFolder } from './programs.js';

test('O36: the path that is given wins over the variable, and the variable over PATH', () => {
  const [given, byVariable] = [shellScript(''), shellScript('')];
  expect(findServer('scsynth', { path: given, env: { SCSYNTH: byVariable, PATH: '' } })).toBe(given);
  expect(findServer('scsynth', { env: { SCSYNTH: byVariable, PATH: '/usr/bin' } })).toBe(byVariable);
});

test('O36: the first on PATH is taken', () => {
  const path = shellScript('');
  const folder = path.slice(0, path.lastIndexOf('/'));
  expect(findServer('scsynth', { env: { PATH: `${temporaryFolder()}:${folder}` } })).toBe(path);
});

test('O36: what was given and is not there is not replaced by another one', () => {
  expect(() => findServer('scsynth', { path: '/nowhere/scsynth', env: { PATH: '/usr/bin' } })).toThrow(
    'scsynth is not at /nowhere/scsynth: there is no such file. It was given by --scsynth.',
  );
  expect(() => findServer('supernova', { env: { SUPERNOVA: '/nowhere/supernova' } })).toThrow(
    'by the variable SUPERNOVA',
  );
  expect(() => findServer('scsynth', { path: shellScript('', 0o644) })).toThrow(
    'that file is not executable',
  );
});

test('O36: when there is none, everything that was looked at is listed', () => {
  const empty = temporaryFolder();
  const find = () => findServer('scsynth', { env: { PATH: `/bin-that-is-not:${empty}` } });
  // The usual places are looked at too, and this machine may have it there.
  try {
    expect(find()).toMatch(/scsynth$/);
  } catch (error) {
    expect(error).toMatchObject({
      code: 'not-found',
      message: expect.stringContaining(`/bin-that-is-not, ${empty}`),
    });
  }
});
