import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
// @ts-expect-error: the scripts are JavaScript
import { released } from '../scripts/releaseChangelog.js';

const changelog = readFileSync(new URL('../CHANGELOG.md', import.meta.url), 'utf8');

test('a release takes the unreleased changes, and the next ones have their place', () => {
  const text: string = released(changelog, '99.0.0', '2099-01-31');
  expect(text).toContain('\n## Unreleased\n\n## 99.0.0 (2099-01-31)\n\n### ');
  expect(text.replace('## 99.0.0 (2099-01-31)\n', '').replace('## Unreleased\n\n', '## Unreleased\n')).toBe(
    changelog,
  );
});

test('a release without a change, and a version that was released, are refused', () => {
  expect(() =>
    released(`# Changelog\n\n## Unreleased\n\n## 0.1.0 (2026-01-01)\n\n- A.\n`, '0.2.0', ''),
  ).toThrow('CHANGELOG.md lists nothing under "Unreleased".');
  expect(() => released(`## Unreleased\n\n- B.\n\n## 0.1.0 (2026-01-01)\n\n- A.\n`, '0.1.0', '')).toThrow(
    'CHANGELOG.md has version 0.1.0 already.',
  );
  expect(() => released('# Changelog\n', '0.1.0', '')).toThrow('no heading "## Unreleased"');
});

test('changes are listed under the kinds of Keep a Changelog', () => {
  const kinds = [...changelog.matchAll(/^### (.*)$/gm)].map(([, kind]) => kind);
  const known = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];
  expect(kinds.filter((kind) => !known.includes(kind!))).toEqual([]);
});
