/**
 * A JACK server of our own for each worker of the test run, with a driver that needs no sound device.
 *
 * Native servers find it by `JACK_DEFAULT_SERVER`. JACK asks all its clients before it lets another one in, and refuses
 * it when one of them does not answer, so that a test that pauses its scsynth would keep those of other files from
 * booting. Without jackd, the tests on native servers are skipped on a developer's machine, and fail where CI is set.
 */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';
import { jackOfWorker } from './workerJack.js';

const NATIVE = ['scsynth', 'supernova', 'jackd'];

declare module 'vitest' {
  interface ProvidedContext {
    /** The programs that are missing for tests on native servers. */
    readonly missing: readonly string[];
    /** Whether sclang is installed. */
    readonly sclang: boolean;
  }
}

export default async function setup({ provide, vitest }: TestProject): Promise<() => Promise<void>> {
  const missing = NATIVE.filter((program) => !isInstalled(program));
  provide('missing', missing);
  const sclang = isInstalled('sclang');
  provide('sclang', sclang);
  if (!sclang && process.env.CI)
    throw new Error('sclang is missing in CI. Run scripts/install-system.js as root.');
  if (missing.length > 0) {
    if (process.env.CI)
      throw new Error(`Missing in CI: ${missing.join(', ')}. Run scripts/install-system.js as root.`);
    return async () => {};
  }
  const run = `react-collider-test-${process.pid}`;
  // Each project of the configuration is set up; the first one's servers are for all.
  if (process.env.REACT_COLLIDER_TEST_JACK === run) return async () => {};
  const jackds: ChildProcess[] = [];
  // Of all projects: one that runs its files one by one has one worker.
  for (let worker = 1; worker <= Number(vitest.config.maxWorkers); worker++)
    jackds.push(await startJack(jackOfWorker(run, worker)));
  process.env.REACT_COLLIDER_TEST_JACK = run;
  process.env.JACK_NO_START_SERVER = '1';
  return async () => {
    const left = serversRunning(run);
    const dead = jackds.filter(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null);
    await Promise.all(jackds.map(stopJack));
    if (dead.length > 0) throw new Error(`${dead.length} of ${jackds.length} JACK servers died meanwhile.`);
    if (left.length > 0) throw new Error(`Servers were left behind by the tests:\n${left.join('\n')}`);
  };
}

function isInstalled(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Processes of scsynth and supernova that these tests started, one a line; those that are dead and only not yet
 * waited for are none. Others that run on the machine have another JACK server in their environment.
 */
function serversRunning(run: string): string[] {
  try {
    const lines = execFileSync('pgrep', ['-a', '^(scsynth|supernova)$'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .trim()
      .split('\n');
    return lines.filter((line) => !line.includes('<defunct>') && isOurs(line, run));
  } catch {
    return [];
  }
}

/** A process whose environment cannot be read counts as ours. */
function isOurs(line: string, run: string): boolean {
  try {
    return readFileSync(`/proc/${line.split(' ')[0]}/environ`, 'utf8').includes(
      `JACK_DEFAULT_SERVER=${run}-`,
    );
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

/** JACK's own list of servers has eight places. One that was killed keeps its place for ever. */
const REGISTRY = '/dev/shm/jack-shm-registry';
const ATTEMPTS = 10;

/** Starts a JACK server; resolves when clients may come. While others have all places, it waits for one. */
export async function startJack(name: string): Promise<ChildProcess> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryToStartJack(name);
    } catch (error) {
      if (attempt === ATTEMPTS || !String(error).includes('Too many servers')) throw error;
      if (!isRunning('jackd')) rmSync(REGISTRY, { force: true });
      await delay(500);
    }
  }
}

async function tryToStartJack(name: string): Promise<ChildProcess> {
  const jackd = spawn(
    'jackd',
    ['--no-realtime', '-n', name, '-p', '512', '-d', 'dummy', '-r', '48000', '-p', '256'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [jackd.stdout, jackd.stderr]) stream.on('data', (data) => (output += data));
  // The dummy driver says nothing when it is ready; clients come by this socket.
  const socket = `/dev/shm/jack_${name}_${process.getuid?.()}_0`;
  const end = Date.now() + 10_000;
  while (!existsSync(socket)) {
    if (jackd.exitCode !== null || jackd.signalCode !== null || Date.now() > end) {
      jackd.kill('SIGKILL');
      throw new Error(`jackd did not start (exit code ${jackd.exitCode}):\n${output}`);
    }
    await delay(20);
  }
  return jackd;
}

function isRunning(program: string): boolean {
  try {
    execFileSync('pgrep', ['-x', program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export function stopJack(jackd: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    jackd.once('exit', () => resolve());
    if (jackd.exitCode !== null || jackd.signalCode !== null) resolve();
    jackd.kill('SIGTERM');
  });
}
