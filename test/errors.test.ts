import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { controlHint, errorCodes, nearest, SuperColliderError } from '../src/errors.js';
import { version } from '../src/version.js';

test('docs/errors.md has a section for each code, and no other', () => {
  const text = readFileSync(new URL('../docs/errors.md', import.meta.url), 'utf8');
  const sections = [...text.matchAll(/^### `([a-z-]+)`$/gm)].map(([, code]) => code);
  expect(sections.toSorted()).toEqual([...errorCodes].toSorted());
});

test('an error has the address of its section, of this version', () => {
  const { help } = new SuperColliderError('late-bundle', 'The bundle came too late.');
  expect(help).toBe(`https://unpkg.com/react-collider@${version}/docs/errors.md#late-bundle`);
});

test.each([
  ['frq', ['freq', 'amp', 'gate'], 'freq'],
  ['ferq', ['freq', 'amp'], 'freq'],
  ['Freq', ['freq'], 'freq'],
  ['sonic-pi-beeb', ['sonic-pi-beep', 'sonic-pi-fm'], 'sonic-pi-beep'],
  ['banana', ['freq', 'amp'], undefined],
  ['x', ['y'], 'y'],
  ['a', [], undefined],
])('the nearest to %s among %j is %s', (written, names, found) => {
  expect(nearest(written, names)).toBe(found);
});

test.each([
  ['880', true, ' Give the number 880 without quotes, in JSX freq={880}.'],
  ['880', false, ' Give the number 880 without quotes.'],
  ['A4', true, ' For a pitch, use <Note pitch="A4"> or pitchToHertz(\'A4\').'],
  ['f#3', false, " For a pitch, use pitchToHertz('f#3')."],
  ['kick.wav', true, " For a sound file, use useBuffer('kick.wav') and give what it returns."],
  ['kick.wav', false, " For a sound file, give the buffer that server.buffers.read('kick.wav') returns."],
  ['loud', true, ''],
  [Number.NaN, true, ''],
])('a control that is %s has a hint', (value, inJsx, hint) => {
  expect(controlHint('freq', value, inJsx)).toBe(hint);
});
