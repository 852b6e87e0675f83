import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hostConfig } from '../src/reconciler/hostConfig.js';
import { version } from '../src/version.js';

test('React is told the version of package.json: `node scripts/writeVersion.js` writes it', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(version).toBe(manifest.version);
  expect(hostConfig({ current: 0 }).rendererVersion).toBe(version);
});
