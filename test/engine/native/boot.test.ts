import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, inject, test } from 'vitest';
import { bootNative } from '../../../src/engine/native/boot.js';
import { freePort } from '../../../src/engine/native/ports.js';
import { isAlive, shellScript } from './programs.js';

const env = process.env;
const programs = inject('missing').length === 0 ? (['scsynth', 'supernova'] as const) : [];

describe.each(programs)('%s', (program) => {
  test.each([
    'udp',
    'tcp',
  ] as const)('L1 L4 L7 O1 O2: boots and quits by %s, and its process is gone', async (protocol) => {
    const engine = await bootNative(program, { env, options: { protocol } });
    expect(engine.description).toMatch(
      new RegExp(`^${program} 3\\.\\d+\\.\\d+.* · 48000 Hz · 2 out · ${protocol} 127\\.0\\.0\\.1:\\d+$`),
    );
    expect(isAlive(engine.pid!)).toBe(true);
    const reason = await engine.quit();
    expect(reason).toMatchObject({ wasRequested: true });
    expect(isAlive(engine.pid!)).toBe(false);
    expect(await engine.quit()).toBe(reason);
  });

  test('L11 A2: SIGKILL is noticed, with the signal and the last words', async () => {
    const engine = await bootNative(program, { env });
    process.kill(engine.pid!, 'SIGKILL');
    const reason = await engine.exited;
    expect(reason).toMatchObject({ signal: 'SIGKILL', wasRequested: false });
    expect(reason.lastOutput.length).toBeGreaterThan(0);
    await engine.quit();
  });

  test('O24 L1: without news (verbosity -1) there is no ready line, and it boots all the same', async () => {
    const engine = await bootNative(program, {
      env,
      options: program === 'scsynth' ? { verbosity: -1 } : {},
    });
    await engine.quit();
  });
});

describe.runIf(programs.length > 0)('scsynth', () => {
  test('leaves no shared memory behind when it is killed', async () => {
    const port = await freePort('udp', '127.0.0.1');
    const engine = await bootNative('scsynth', { env, options: { port } });
    process.kill(engine.pid!, 'SIGKILL');
    await engine.exited;
    expect(existsSync(`/dev/shm/SuperColliderServer_${port}`)).toBe(false);
    await engine.quit();
  });

  test('L2: a flag that it does not know ends the boot with its own words', async () => {
    await expect(bootNative('scsynth', { env, options: { extra: ['--nonsense'] } })).rejects.toMatchObject({
      code: 'boot-failed',
      message: expect.stringMatching(
        /^scsynth ended while starting \(exit code 1\)\. Its last words: ".*nonsense/,
      ),
    });
  });

  test.for([
    'scsynth',
    'supernova',
  ] as const)('L2 L18 O37: %s without JACK says what to start', async (program) => {
    await expect(
      bootNative(program, { env: { ...env, JACK_DEFAULT_SERVER: 'nobody' } }),
    ).rejects.toMatchObject({
      code: 'boot-failed',
      message: expect.stringContaining('No sound device could be opened: start JACK'),
    });
  });
});

test('L3: a port that is taken is found before anything is started', async () => {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  const path = shellScript('echo started > "$0.ran"');
  await expect(bootNative('scsynth', { path, options: { port } })).rejects.toMatchObject({
    code: 'port-in-use',
    message: expect.stringContaining(`Port ${port} (udp at 127.0.0.1) is in use`),
  });
  expect(existsSync(`${path}.ran`)).toBe(false);
  await new Promise<void>((resolve) => socket.close(() => resolve()));
});

test('L2: a server that dies while booting is reported with its last words', async () => {
  const path = shellScript('echo "Loading plugins"; echo "*** ERROR: out of ideas" >&2; exit 3');
  await expect(bootNative('scsynth', { path })).rejects.toMatchObject({
    code: 'boot-failed',
    message: expect.stringContaining('scsynth ended while starting (exit code 3). Its last words: "'),
  });
  await expect(bootNative('scsynth', { path })).rejects.toThrow('*** ERROR: out of ideas');
});

test('L1 A5: a server that never gets ready is ended at the deadline', async () => {
  const path = shellScript('echo "pid $$"; exec sleep 60');
  const error: Error = await bootNative('scsynth', { path, timeout: 0.3 }).then(
    () => new Error('it booted'),
    (reason) => reason,
  );
  expect(error.message).toContain('scsynth did not become ready within 0.3 s');
  const pid = Number(/pid (\d+)/.exec(error.message)?.[1]);
  expect(isAlive(pid)).toBe(false);
});

test.runIf(programs.length > 0)('a server that JACK refuses once is started again', async () => {
  // JACK's own words when a client of before is still there. The second start is that of the real server.
  const refused = 'echo "Cannot open SuperCollider client"; echo "could not initialize audio."; exit 134';
  const path = shellScript(`[ -e "$0.ran" ] && exec scsynth "$@"; touch "$0.ran"; ${refused}`);
  const engine = await bootNative('scsynth', { path, env });
  expect(isAlive(engine.pid!)).toBe(true);
  await engine.quit();
  // Without a JACK server there is nothing to wait for.
  const none = shellScript(`echo x >> "$0.ran"; echo "jack server is not running"; ${refused}`);
  await expect(bootNative('scsynth', { path: none, env })).rejects.toThrow('No sound device could be opened');
  expect(readFileSync(`${none}.ran`, 'utf8')).toBe('x\n');
});
