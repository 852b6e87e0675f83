import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

export default defineConfig({
  // Tests and examples import the package by its own name; here that is the source.
  resolve: {
    alias: [
      { find: /^react-collider$/, replacement: source('index.ts') },
      { find: /^react-collider\/node$/, replacement: source('node.ts') },
      { find: /^react-collider\/server$/, replacement: source('server/index.ts') },
      { find: /^react-collider\/synthdef$/, replacement: source('synthdef/index.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/setup/build.ts', 'test/setup/jack.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
