import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { RECONCILER_VERSION } from '../src/reconciler/fibers.js';
import { hostConfig } from '../src/reconciler/hostConfig.js';
import { version } from '../src/version.js';

test('React’s internals are read of the version that they were written for', () => {
  const { version: installed } = JSON.parse(
    readFileSync(new URL('../node_modules/react-reconciler/package.json', import.meta.url), 'utf8'),
  );
  expect(installed).toBe(RECONCILER_VERSION);
});

test('React is told the version of package.json: `node scripts/writeVersion.js` writes it', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(version).toBe(manifest.version);
  expect(hostConfig({ current: 0 }).rendererVersion).toBe(version);
});
