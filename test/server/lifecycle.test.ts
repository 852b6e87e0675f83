import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { boot, type ConnectOptions, connect, freePort, killServers, runningServers } from '../../src/node.js';
import {
  type LifecycleEvent,
  type OutputEvent,
  parseOutput,
  type Server,
  Servers,
} from '../../src/server/index.js';
import { tone } from '../setup/definitions.js';
import { bootForTest, engines } from '../setup/servers.js';

const natives = engines.filter((engine) => engine !== 'embedded');
const hasNative = natives.length > 0;

/** The next event of a type. */
const event = (server: Server, type: LifecycleEvent['type']): Promise<LifecycleEvent> =>
  new Promise((resolve) => {
    const end = server.onLifecycle((candidate) => {
      if (candidate.type !== type) return;
      end();
      resolve(candidate);
    });
  });

const connectTo = ({ engine, options }: Server, more: ConnectOptions = {}) =>
  connect({
    port: Number(engine.transport.description.split(':')[1]),
    maxLogins: options.maxLogins,
    ...more,
  });

describe.each(engines)('%s', (engine) => {
  test('L7 L15: quitting ends the process; then everything rejects, and quitting again is nothing', async () => {
    const server = await boot({ engine });
    expect(server.state).toBe('online');
    expect(server.isOwner).toBe(true);
    const begun = performance.now();
    await server.quit();
    expect(performance.now() - begun).toBeLessThan(2500);
    expect(server.state).toBe('offline');
    expect(server.exit).toMatchObject({ wasRequested: true });
    await expect(server.status()).rejects.toMatchObject({ code: 'server-offline' });
    expect(() => server.sendMessage('/n_free', 1000)).toThrow(
      expect.objectContaining({ code: 'server-offline', message: expect.stringContaining('is offline') }),
    );
    await server.quit();
  });

  test('L9 L14: a reboot goes through every state in order, with other options and what is done between', async () => {
    const server = await bootForTest(engine, { latency: 0.05 });
    const seen: string[] = [];
    server.onLifecycle(({ type }) => seen.push(type));
    await server.reboot({
      options: { numControlBusChannels: 512, maxLogins: 1 },
      before: () => void seen.push('before'),
    });
    expect(seen).toEqual(['quitting', 'offline', 'before', 'booting', 'connecting', 'registered', 'online']);
    expect(server.options.numControlBusChannels).toBe(512);
    expect(server.epoch).toBe(2);
    expect(server.latency).toBe(0.05);
    await expect(server.reboot({ options: { numBuffers: 3 } })).rejects.toMatchObject({
      code: 'invalid-option',
    });
    expect(server.state).toBe('online');
    await server.quit();
  });
});

test.each(engines)('L7: await using quits %s at the end of the block', async (engine) => {
  let server: Server;
  {
    await using inside = await boot({ engine });
    server = inside;
    expect(server.state).toBe('online');
  }
  expect(server.state).toBe('offline');
});

describe.each(natives)('%s', (engine) => {
  test('L5 L6 L7: a second client may leave, and may end the server only by force', async () => {
    const owner = await bootForTest(engine, { maxLogins: 2 });
    const guest = await connectTo(owner);
    expect([owner.clientId, guest.clientId]).toEqual([0, 1]);
    expect([owner.isOwner, guest.isOwner]).toEqual([true, false]);
    await expect(guest.quit()).rejects.toMatchObject({
      code: 'not-server-owner',
      message: expect.stringContaining('quit({ force: true })'),
    });
    await expect(guest.reboot()).rejects.toMatchObject({ code: 'not-server-owner' });
    await guest.disconnect();
    expect([owner.state, guest.state]).toEqual(['online', 'offline']);
    expect(await owner.status()).toMatchObject({ synths: 0 });
    const again = await connectTo(owner);
    expect(again.clientId).toBe(1);
    const gone = event(owner, 'offline');
    await again.quit({ force: true });
    expect(await gone).toMatchObject({ reason: { code: 0 } });
    expect(again.state).toBe('offline');
  });

  test('L11 V3: killed while 500 nodes sound: noticed within two seconds, its reason kept, and a reboot brings volume and hooks back', async () => {
    const server = await bootForTest(engine);
    await server.synthDefs.ensure(tone);
    await server.volume.set(-6);
    server.hooks.add(() => void server.nodes.group({ permanent: true }));
    server.at(undefined, () => {
      for (let index = 0; index < 500; index++) server.nodes.synth(tone, { amp: 0.0001, freq: 100 + index });
    });
    await server.sync();
    expect(await server.status()).toMatchObject({ synths: 501 });
    const question = server.request({ type: 'raw', message: ['/never'] });
    const disconnected = new Promise((resolve) => server.onDisconnect(resolve));
    const begun = performance.now();
    process.kill(server.engine.pid!, 'SIGKILL');
    const told = question.catch((error) => error);
    expect(await disconnected).toMatchObject({ signal: 'SIGKILL', wasRequested: false });
    expect(performance.now() - begun).toBeLessThan(2000);
    expect(server.exit?.lastOutput.length).toBeGreaterThan(0);
    expect(await told).toMatchObject(
      engine === 'scsynth'
        ? { code: expect.stringMatching(/command-failed|server-offline/) }
        : { code: 'server-offline' },
    );
    await expect(server.sync()).rejects.toMatchObject({ code: 'server-offline' });
    await server.reboot();
    expect(await server.status()).toMatchObject({ synths: 1, groups: 3 });
    const tree = await server.queryTree();
    expect(tree.children.map(({ id }) => id)).toEqual([1, 3]);
    expect(tree.children[1]).toMatchObject({ def: 'volumeAmpControl2' });
    await server.quit();
  });

  test('L13: a server that stops answering is unresponsive, and responsive when it goes on', async () => {
    const server = await bootForTest(engine, { heartbeat: { interval: 0.1, tolerance: 3 }, timeout: 0.3 });
    const silent = event(server, 'unresponsive');
    process.kill(server.engine.pid!, 'SIGSTOP');
    await silent;
    expect(server.state).toBe('online');
    expect(server.isResponsive).toBe(false);
    await expect(
      server.request({ type: '/b_alloc', number: 3, frames: 8, channels: 1 }),
    ).rejects.toMatchObject({
      code: 'timeout',
      message: expect.stringMatching(
        /^The server did not answer \/b_alloc for buffer 3 within 0\.3 s\. It last spoke \d+\.\d s ago/,
      ),
    });
    const back = event(server, 'responsive');
    process.kill(server.engine.pid!, 'SIGCONT');
    await back;
    expect(server.isResponsive).toBe(true);
    await server.quit();
  });

  test('L8: a client whose server dies notices it, and connects again to the next one on that port', async () => {
    const port = await freePort('udp', '127.0.0.1');
    const owner = await bootForTest(engine, { port });
    const guest = await connectTo(owner, {
      reconnectInterval: 0.1,
      // A machine that others use may be silent for seconds.
      heartbeat: { interval: 0.1, patience: 100 },
      timeout: 1,
    });
    const lost = event(guest, 'offline');
    const back = event(guest, 'online');
    process.kill(owner.engine.pid!, 'SIGKILL');
    expect(await lost).toMatchObject({ wasRequested: false });
    await owner.reboot();
    await back;
    expect(await guest.status()).toMatchObject({ synths: 0 });
    // supernova answers before it can register clients, so that it may take a second connection.
    expect(guest.epoch).toBeGreaterThanOrEqual(2);
    await guest.disconnect();
    await owner.quit();
  });
});

describe.runIf(hasNative)('scsynth', () => {
  test('L13: with restart, one that hangs is booted anew', async () => {
    const server = await bootForTest('scsynth', {
      restart: true,
      heartbeat: { interval: 0.05, patience: 8 },
    });
    const { pid } = server.engine;
    const back = event(server, 'online');
    process.kill(pid!, 'SIGSTOP');
    await back;
    expect(server.engine.pid).not.toBe(pid);
    expect(await server.status()).toMatchObject({ groups: 2 });
    await server.quit();
  });

  test('L12: a program that ends gives its login back, and one that crashes does not', async () => {
    const owner = await bootForTest('scsynth', { maxLogins: 2 });
    const port = Number(owner.engine.transport.description.split(':')[1]);
    const client = async (end: string): Promise<void> => {
      const program = `
        const { connect } = await import(${JSON.stringify(new URL('../../dist/node.js', import.meta.url).href)});
        const server = await connect({ port: ${port} });
        if (server.clientId !== 1) throw new Error('client ' + server.clientId);
        ${end}`;
      const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'inherit' });
      await once(child, 'exit');
    };
    await client('process.exit(0)');
    const guest = await connectTo(owner);
    expect(guest.clientId).toBe(1);
    await guest.disconnect();
    await client("process.kill(process.pid, 'SIGKILL'); await new Promise(() => {})");
    await expect(connectTo(owner)).rejects.toMatchObject({
      code: 'too-many-clients',
      message: expect.stringContaining('has no login left'),
    });
    await owner.quit();
  });

  test('L3: a second server on its port is refused before it starts, and the first goes on', async () => {
    const server = await bootForTest('scsynth');
    const port = Number(server.engine.transport.description.split(':')[1]);
    await expect(boot({ engine: 'scsynth', port })).rejects.toMatchObject({
      code: 'port-in-use',
      message: expect.stringContaining(`Port ${port} (udp at 127.0.0.1) is in use by another program`),
    });
    expect(await server.status()).toMatchObject({ groups: 2 });
    await server.quit();
  });

  test('A3: what it prints comes as events: failures, late bundles, missing units', async () => {
    const server = await bootForTest('scsynth');
    const events: OutputEvent[] = [];
    const isLate = new Promise<void>((resolve) => {
      server.onOutput((output) => {
        events.push(output);
        if (output.type === 'late') resolve();
      });
    });
    server.sendMessage('/n_set', 4242, 'freq', 1);
    server.at(Date.now() / 1000 - 1, () => server.controlBuses.at(0).set(1));
    await isLate;
    expect(events).toContainEqual({
      type: 'failure',
      command: '/n_set',
      reason: 'Node 4242 not found',
      line: 'FAILURE IN SERVER /n_set Node 4242 not found',
    });
    const late = events.find(({ type }) => type === 'late');
    expect(late).toMatchObject({ seconds: expect.closeTo(1, 0) });
    await server.quit();
  });

  test('O20: by TCP a password is asked for, and told', async () => {
    const server = await bootForTest('scsynth', { protocol: 'tcp', password: 'sesame' });
    expect(await server.version()).toMatchObject({ program: 'scsynth', major: 3 });
    expect(String(server)).toContain(' -p (hidden)');
    expect(String(server)).not.toContain('sesame');
    await server.unregister();
    const guest = await connectTo(server, { protocol: 'tcp', password: 'sesame' });
    expect(await guest.status()).toMatchObject({ synths: 0 });
    await guest.disconnect();
    await server.quit();
    await expect(
      boot({ engine: 'scsynth', protocol: 'tcp', password: 'sesame', extra: ['--nonsense'] }),
    ).rejects.toMatchObject({
      code: 'boot-failed',
      message: expect.not.stringContaining('sesame'),
    });
    await expect(boot({ engine: 'supernova', protocol: 'tcp', password: 'sesame' })).rejects.toMatchObject({
      code: 'invalid-option',
      message: expect.stringContaining('password is for scsynth'),
    });
  });

  test('a second client by TCP is refused, as scsynth could not tell it from the first', async () => {
    const owner = await bootForTest('scsynth', { protocol: 'tcp', maxLogins: 4 });
    await expect(connectTo(owner, { protocol: 'tcp' })).rejects.toMatchObject({
      code: 'too-many-clients',
      message: expect.stringContaining('has a client by TCP already'),
    });
    expect(await owner.status()).toMatchObject({ groups: 2 });
    await owner.quit();
  });

  test('L6: unregistered we hear of no nodes, and registered again we do', async () => {
    const server = await bootForTest('scsynth');
    const heard: unknown[] = [];
    server.on('/n_go', ({ args }) => heard.push(args[0]));
    await server.unregister();
    server.sendMessage('/g_new', 1000, 0, 1);
    await server.sync();
    await server.register();
    server.sendMessage('/g_new', 1001, 0, 1);
    await server.next('/n_go', ({ args }) => args[0] === 1001);
    expect(heard).toEqual([1001]);
    await server.quit();
  });

  test('L10: servers that run are found by their process and port, and one may be killed', async () => {
    const server = await bootForTest('scsynth');
    const { pid } = server.engine;
    const found = (await runningServers()).find((candidate) => candidate.pid === pid);
    const port = Number(server.engine.transport.description.split(':')[1]);
    expect(found).toMatchObject({ program: 'scsynth', port });
    const gone = event(server, 'offline');
    expect(await killServers((candidate) => candidate.pid === pid)).toHaveLength(1);
    expect(await gone).toMatchObject({ wasRequested: false, reason: { signal: 'SIGKILL' } });
  });

  test('L16: a registry knows its servers by name, frees their nodes and quits them', async () => {
    const servers = new Servers();
    const first = await bootForTest('scsynth', { servers, maxLogins: 4 });
    const guest = await connectTo(first, { servers, name: 'guest' });
    expect(servers.all).toEqual([first, guest]);
    expect([...servers.named.keys()]).toEqual(['server', 'guest']);
    expect(servers.default).toBe(first);
    servers.default = guest;
    expect(servers.default).toBe(guest);
    expect(() => servers.add(guest, 'other')).toThrow('is among the servers already');
    expect(() => servers.add({} as Server, 'guest')).toThrow('There is a server named "guest" already');
    first.sendMessage('/g_new', 1000, 0, 1);
    await first.sync();
    await servers.freeAll();
    expect(await first.status()).toMatchObject({ groups: 2 });
    await servers.quitAll();
    expect(servers.all.map(({ state }) => state)).toEqual(['offline', 'offline']);
    servers.remove(first);
    expect(servers.all).toEqual([guest]);
  });

  test('L17 I12: it says what it is, how it was started and which client we are', async () => {
    const server = await bootForTest('scsynth', { maxLogins: 4 });
    expect(String(server)).toMatch(
      /^<Server online scsynth 3\.\d+.*, client 0 of 4 \[\S*scsynth -u \d+ -B 127\.0\.0\.1 .*\]>$/,
    );
    await server.quit();
    expect(String(server)).toContain('<Server offline ');
  });
});

test('L5 A4: connecting where nothing answers says where, and what might be wrong', async () => {
  const port = await freePort('udp', '127.0.0.1');
  await expect(connect({ port, timeout: 0.3 })).rejects.toMatchObject({
    code: 'timeout',
    message: `No server answered at udp 127.0.0.1:${port} within 0.3 s. Is one running there, and does it let other machines in (scsynth -B 0.0.0.0)?`,
  });
});

test.each([
  ['late 0.123456789', { type: 'late', seconds: 0.123456789 }],
  ['FAILURE IN SERVER /s_new SynthDef not found', { type: 'failure', command: '/s_new' }],
  ['*** ERROR: failed to open UDP socket: address in use.', { type: 'error' }],
  ['ERROR: Could not add SynthDef x.', { type: 'error', reason: 'Could not add SynthDef x.' }],
  ["alloc failed, increase server's memory allocation", { type: 'error' }],
  ["UGen 'Nope' not installed.", { type: 'missing-unit', name: 'Nope' }],
  ['UGen(SinOsc): -0.25', { type: 'poll', label: 'UGen(SinOsc)', value: -0.25 }],
  ['Supernova ready', { type: 'ready' }],
  ["JackDriver: client name is 'SuperCollider'", { type: 'text' }],
])('a line of output, %s, is understood', (line, event) => {
  expect(parseOutput(line)).toMatchObject({ line, ...event });
});
