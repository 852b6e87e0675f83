/**
 * Gives the changes under "Unreleased" in CHANGELOG.md the version of package.json and the date. `npm version` runs it.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const UNRELEASED = '## Unreleased\n';

/**
 * The changelog of a release.
 *
 * @param {string} text - CHANGELOG.md before it.
 * @param {string} version - Such as `1.0.0`.
 * @param {string} date - Such as `2026-11-28`.
 * @throws Error when nothing is listed under "Unreleased", or the version is there already.
 */
export function released(text, version, date) {
  const [head, rest] = text.split(UNRELEASED);
  if (head === undefined || rest === undefined)
    throw new Error('CHANGELOG.md has no heading "## Unreleased", or several.');
  if (text.includes(`\n## ${version} `)) throw new Error(`CHANGELOG.md has version ${version} already.`);
  const [changes = ''] = rest.split(/^## /m);
  if (!/^- /m.test(changes)) throw new Error('CHANGELOG.md lists nothing under "Unreleased".');
  return `${head}${UNRELEASED}\n## ${version} (${date})\n${rest}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const at = (path) => new URL(`../${path}`, import.meta.url);
  const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  const path = at('CHANGELOG.md');
  writeFileSync(path, released(readFileSync(path, 'utf8'), version, new Date().toISOString().slice(0, 10)));
}
