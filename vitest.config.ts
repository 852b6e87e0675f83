import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/setup/longestFirst.js';

/** Pure code: no server, no other program and no build is needed. */
const UNIT = [
  'test/{commands,midi,osc,picture,scene,testing,time}/**/*.test.{ts,tsx}',
  // What is compared with sclang is in a folder of its own.
  'test/patterns/*.test.ts',
  'test/*.test.ts',
  'test/conformance/{rows,table}.test.ts',
  'test/elements/{eventPattern,music,quantize,routine,voices}.test.tsx',
  'test/engine/soundfile/*.test.ts',
  'test/inspector/rows.test.ts',
  'test/transport/{networkError,paced}.test.ts',
  'test/offline/score.test.tsx',
  'test/reconciler/{controlsAlone,missingReturn,places}.test.tsx',
  'test/server/allocators.test.ts',
  'test/synthdef/{file,synthDef,unnoticed}.test.ts',
];

export default defineConfig({
  // Tests and examples import the package by its own name; the paths of tsconfig.json say where its source is.
  resolve: { tsconfigPaths: true },
  test: {
    // A busy machine takes several times as long.
    testTimeout: 120_000,
    // What is waited for comes when it comes; vitest's second is no promise of ours.
    expect: { poll: { timeout: 50_000 } },
    hookTimeout: 120_000,
    // They wait for servers, terminals and pages for a third of their time: three keep two cores busy.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: 'unit', include: UNIT } },
      {
        extends: true,
        test: {
          name: 'main',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/listen/**', ...UNIT],
          globalSetup: ['test/setup/build.ts', 'test/setup/jack.ts'],
          setupFiles: ['test/setup/workerJack.ts'],
        },
      },
      {
        // What is measured in real time has the machine to itself, after everything else.
        extends: true,
        test: {
          name: 'listen',
          include: ['test/listen/**/*.test.{ts,tsx}'],
          globalSetup: ['test/setup/build.ts', 'test/setup/jack.ts'],
          setupFiles: ['test/setup/workerJack.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
