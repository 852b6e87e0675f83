/**
 * Writes the version of package.json into src/version.ts, from where pages have it, too. `npm version` runs it.
 */

import { readFileSync, writeFileSync } from 'node:fs';

const at = (path) => new URL(`../${path}`, import.meta.url);
const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));

writeFileSync(
  at('src/version.ts'),
  `/** This package's version. Written by scripts/writeVersion.js. */\nexport const version = '${version}';\n`,
);
