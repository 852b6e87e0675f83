/**
 * What `npm test` runs: the system's programs, the build, then every check, and one line of counts.
 *
 * Options are handed to Vitest, such as a file name; with some, only Vitest runs.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { installSystem } from './install-system.js';

const only = process.argv.slice(2);

const missing = installSystem();
if (missing.length > 0 && process.env.CI) {
  console.log(`Missing under CI: ${missing.join(', ')}.`);
  console.log('0 passed, 1 failed');
  process.exit(1);
}

const counts = { passed: 0, failed: 0, skipped: 0 };

const options = (args) => ['--no-install', ...args];

/** Runs a program; its output is shown as it comes. */
function run(name, args) {
  console.log(`\n── ${name}`);
  return spawnSync('npx', options(args), { stdio: 'inherit' }).status === 0;
}

function count(isRight) {
  if (isRight) counts.passed += 1;
  else counts.failed += 1;
}

/** Runs programs beside each other; the output of each is shown when it has ended. */
async function checkAll(checks) {
  const runs = Object.entries(checks).map(async ([name, args]) => {
    const { all, failed } = await execa('npx', options(args), { all: true, reject: false });
    console.log(`\n── ${name}\n${all}`);
    count(!failed);
  });
  await Promise.all(runs);
}

const folder = mkdtempSync(join(tmpdir(), 'react-collider-tests-'));

/** The package as it is built; `npm pack` would build it again beside those who read it. */
function pack() {
  const words = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const { stdout } = spawnSync('npm', words, { encoding: 'utf8' });
  return join(folder, JSON.parse(stdout)[0].filename);
}

count(run('build', ['tsc', '-p', 'tsconfig.build.json']));
// What is exported has to be there when the package is checked.
spawnSync(process.execPath, ['scripts/buildInspector.js'], { stdio: 'inherit' });
if (only.length === 0) {
  await checkAll({
    types: ['tsc', '--noEmit'],
    'types of scripts': ['tsc', '--noEmit', '-p', 'scripts'],
    'format and lint': ['biome', 'check', '--error-on-warnings'],
    'unused code and dependencies (knip)': ['knip'],
    'package exports (publint)': ['publint', '--strict'],
    'package types (attw)': ['attw', pack(), '--profile', 'esm-only'],
  });
}

const report = join(folder, 'report.json');
const tested = run('tests (Vitest)', [
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...only,
]);
try {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  counts.passed += numPassedTests;
  counts.failed += numFailedTests + brokenFiles.length;
  counts.skipped += numPendingTests + numTodoTests;
  // A run that fails without a failed test failed in its set-up, or after the tests.
  if (!tested && numFailedTests + brokenFiles.length === 0) counts.failed += 1;
} catch {
  counts.failed += 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
console.log(`\n${counts.passed} passed, ${counts.failed} failed${skipped}`);
process.exitCode = counts.failed === 0 ? 0 : 1;
