import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/setup/longestFirst.js';

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

export default defineConfig({
  // Tests and examples import the package by its own name; here that is the source.
  resolve: {
    alias: [
      { find: /^react-collider$/, replacement: source('index.ts') },
      { find: /^react-collider\/node$/, replacement: source('node.ts') },
      { find: /^react-collider\/browser$/, replacement: source('browser.ts') },
      { find: /^react-collider\/bridge$/, replacement: source('bridge/index.ts') },
      { find: /^react-collider\/server$/, replacement: source('server/index.ts') },
      { find: /^react-collider\/testing$/, replacement: source('testing/index.ts') },
      { find: /^react-collider\/synthdef$/, replacement: source('synthdef/index.ts') },
    ],
  },
  test: {
    globalSetup: ['test/setup/build.ts', 'test/setup/jack.ts'],
    setupFiles: ['test/setup/workerJack.ts'],
    testTimeout: 30_000,
    // What is waited for comes when it comes; vitest's second is no promise of ours.
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 60_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: { name: 'main', include: ['test/**/*.test.{ts,tsx}'], exclude: ['test/listen/**'] },
      },
      {
        // What is measured in real time has the machine to itself, after everything else.
        extends: true,
        test: {
          name: 'listen',
          include: ['test/listen/**/*.test.{ts,tsx}'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
