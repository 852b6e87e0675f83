/** What is wrong is refused by name, whatever method it is given to. */

import { describe, expect, test } from 'vitest';
import { type BootOptions, boot, connect, freePort } from '../../src/node.js';
import { Bundler, blip, Recorder, record, Servers } from '../../src/server/index.js';
import { tone } from '../setup/definitions.js';
import { bootForTest, engines, freshServer } from '../setup/servers.js';

test.each<[Record<string, unknown>, string]>([
  [
    { engine: 'scsynthesizer' },
    'Engine is "scsynthesizer". It is one of "auto", "scsynth", "supernova", "embedded".',
  ],
  [{ onPortInUse: 'kill' }, 'onPortInUse is "kill". It is one of "fail", "connect".'],
  [{ timeout: Number.NaN }, 'timeout is NaN. It is a number of seconds over 0.'],
  [{ latency: -1 }, 'latency is -1. It is a number of seconds from 0 up.'],
  [{ clientId: 32 }, 'clientId is 32. It is a whole number from 0 to 31.'],
  [{ heartbeat: { interval: -1 } }, 'heartbeat.interval is -1'],
  [{ heartbeat: { tolerance: 0 } }, 'heartbeat.tolerance is 0'],
  [{ numBuffers: 3 }, 'Server option numBuffers is 3'],
  [{ bufers: 8 }, 'There is no server option "bufers". Did you mean "numBuffers"?'],
])('boot(%j) is refused, and nothing is left running', async (options, message) => {
  await expect(boot({ engine: 'embedded', ...options } as BootOptions)).rejects.toThrow(message);
});

test('connect refuses what is no port, and options that are none', async () => {
  await expect(connect({ port: 0.5 })).rejects.toMatchObject({ code: 'invalid-option' });
  await expect(connect({ hots: 'x' } as never)).rejects.toThrow('There is no server option "hots".');
  await expect(connect({ host: '' })).rejects.toThrow('host is ""');
  await expect(connect({ reconnectInterval: -1 })).rejects.toThrow('reconnectInterval is -1');
  await expect(boot({ engine: 'embedded', bootTimeout: 0 })).rejects.toThrow('bootTimeout is 0');
});

test('a server refuses moments, parts and things that are none', async () => {
  const server = await freshServer('embedded');
  const set = () => server.controlBuses.at(0).set(1);
  const wrong: [() => unknown, string][] = [
    [() => server.at(Number.NaN, set), 'A timetag needs seconds since 1970, got NaN'],
    [() => server.at(Date.now(), set), 'If the time came from Date.now(), divide it by 1000.'],
    [() => server.send([{ type: '/c_set', values: [[0, Number.NaN]] }]), '/c_set: argument 2 is NaN'],
    [() => server.sendMessage('/c_set', undefined as never), 'is undefined'],
    [() => server.volume.set('loud' as never), 'Volume is "loud"'],
    [() => server.volume.set(0, Number.NaN), 'Lag of the volume is NaN'],
    [() => new Recorder(server, { path: 'a.wav', bus: -1 }), 'Bus to record is -1'],
    [() => new Recorder(server, { path: 'a.wav', channels: 0 }), 'Channels to record is 0'],
    [() => new Recorder(server, { path: 'a.wav', duration: Number.NaN }), 'Duration of the recording is NaN'],
    [() => server.synthDefs.free(''), 'Name of the synthdef is ""'],
    [() => new Bundler(server, 'soon' as never), 'Time of the bundle is "soon"'],
    [() => server.audioBuses.group(0), 'The number of buses in a group is 0'],
    [() => server.audioBuses.at(1, 20_000), 'Its channels is 20000'],
  ];
  for (const [act, message] of wrong) expect(act, message).toThrow(message);
  await expect(server.synthDefs.loadFolder('')).rejects.toThrow('Path of the folder is ""');
  expect(await server.controlBuses.at(0).get()).toBe(0);
});

test('A4 P24: what is wrong, freed or of another server is refused before anything is sent, by every method', async () => {
  const server = await bootForTest('embedded', { heartbeat: { interval: Number.POSITIVE_INFINITY } });
  const other = await bootForTest('embedded', { heartbeat: { interval: Number.POSITIVE_INFINITY } });
  const synth = await server.nodes.play(tone);
  const buffer = await server.buffers.alloc(8);
  const theirs = { bus: other.controlBuses.bus(), buffer: await other.buffers.alloc(8) };
  const freed = { bus: server.controlBuses.bus(), buffer: await server.buffers.alloc(8) };
  freed.bus.free();
  await freed.buffer.free();
  const none = undefined as never;
  // The picture of the nodes asks for the tree once; that is none of what is counted here.
  await server.tree.resync();
  const { packetsSent } = server.engine.transport.counts;
  const wrong: [() => unknown, string][] = [
    [() => synth.set({ out: theirs.bus }), 'control bus 0 belongs to another server'],
    [() => synth.set({ out: freed.bus }), 'control bus 0 is freed already'],
    [() => synth.set({ out: theirs.buffer }), 'Buffer 0 belongs to another server'],
    [() => synth.set({ out: freed.buffer }), 'Buffer 1 is freed already'],
    [() => synth.map({ out: theirs.bus }), 'control bus 0 belongs to another server'],
    [() => synth.map({ out: freed.bus }), 'control bus 0 is freed already'],
    [() => server.nodes.synth('tone', { out: theirs.bus }), 'control bus 0 belongs to another server'],
    [() => server.nodes.grain('tone', { out: freed.bus }), 'control bus 0 is freed already'],
    [() => server.nodes.forget(other.nodes.synthAt(1000)), 'belongs to another server'],
    [() => synth.run('no' as never), 'running is "no". It is one of true, false.'],
    [() => synth.get('', 'freq'), 'name of the control is ""'],
    [() => synth.getRange(-1, 1), 'index of the control is -1'],
    [() => synth.command(0, ''), 'name of the command is ""'],
    [() => synth.ended(Number.NaN), 'timeout is NaN'],
    [() => server.queryTree(-1 as never), 'Id of the group is -1'],
    [() => server.queryTree('x' as never), 'Id of the group is "x"'],
    [() => server.nodes.synthAt(0), 'Id of the synth is 0'],
    [() => buffer.copyFrom(theirs.buffer), 'Buffer 0 belongs to another server'],
    [() => buffer.copyFrom(freed.buffer), 'Buffer 1 is freed already'],
    [() => buffer.prepareConvolution(theirs.buffer, 64), 'Buffer 0 belongs to another server'],
    [() => buffer.prepareConvolution(buffer, 65), 'fftSize is 65. It is a power of two.'],
    [() => buffer.normalize(Number.NaN), 'peak is NaN'],
    [() => freed.buffer.play(), 'Buffer 1 is freed already'],
    [() => server.buffers.copy(freed.buffer), 'Buffer 1 is freed already'],
    [() => server.sync(-1), 'timeout is -1. It is a number of seconds over 0.'],
    [() => server.request({ type: '/status' }, { timeout: Number.NaN }), 'timeout is NaN'],
    [() => server.next('/x', undefined, { timeout: 0 }), 'timeout is 0'],
    [() => server.on('', () => {}), 'Address to listen for is ""'],
    [() => server.on('/tr', none), 'What listens for it is undefined. It is a function.'],
    [() => server.hooks.add(none), 'A hook is undefined. It is a function.'],
    [() => server.reportErrors(0 as never), 'on is 0. It is one of true, false.'],
    [() => server.dumpOsc('all' as never), 'mode is "all"'],
    [() => server.sendMessage(''), 'The command of a message is ""'],
    [() => server.sendMessage(0, 1), 'or a command number from 1 to 64'],
    [() => server.sendMessage(4242), 'The command of a message is 4242'],
    [() => server.dumpTree(-1 as never), 'Id of the group is -1'],
    [() => server.dumpTree(undefined, { timeout: 0 }), 'timeout is 0'],
    [() => Object.assign(synth.controls, { fre: 1 }), 'has no control "fre". It has: freq, amp, pan, out.'],
    [() => Object.assign(synth.controls, { freq: Number.NaN }), 'control "freq" is NaN'],
    [() => synth.set({ freq: '880' }), 'Give the number 880 without quotes.'],
    [() => synth.set({ freq: 'F#4' }), "use pitchToHertz('F#4')"],
    [() => synth.set({ freq: 'kick.wav' }), "server.buffers.read('kick.wav')"],
    [() => Reflect.deleteProperty(synth.controls, 'freq'), 'a control cannot be deleted'],
    [() => server.synthDefs.ensure(none), 'ensure() was given no definition.'],
    [() => blip(server, -1), 'Latency of the blip is -1'],
    [() => new Recorder(server, { path: 'a.wav', time: Number.NaN }), 'Time of the recording is NaN'],
    [() => new Recorder(server, { path: 'a.wav', duration: -1 }), 'Duration of the recording is -1'],
    [() => new Recorder(server, { path: 'a.wav', bufferFrames: 1 }), 'bufferFrames is 1'],
    [() => new Recorder(server, { path: 'a.wav', sampleFormat: 'int17' }), 'sampleFormat is "int17"'],
    [() => new Servers().add(server, ''), 'Name of the server is ""'],
    [() => server.reboot({ options: { numBuffers: 0 } }), 'Server option numBuffers is 0'],
  ];
  for (const [act, message] of wrong) {
    const said = await (async () => act())().then(
      () => 'nothing was refused',
      (error: Error) => error.message,
    );
    expect(said, `${act}`).toContain(message);
  }
  expect(await synth.get()).toEqual([]);
  expect(await buffer.get()).toEqual([]);
  buffer.set();
  server.nodes.forget();
  expect(server.engine.transport.counts.packetsSent - packetsSent).toBe(0);
  await other.quit();
  await server.quit();
});

test('L15 A4: an offline server refuses everything that would be sent', async () => {
  const server = await boot({ engine: 'embedded' });
  const bus = server.controlBuses.bus();
  await server.quit();
  const offline = { code: 'server-offline' };
  expect(() => bus.set(1)).toThrow(expect.objectContaining(offline));
  expect(() => server.freeDefaultGroup()).toThrow(expect.objectContaining(offline));
  expect(() => server.dumpOsc()).toThrow(expect.objectContaining(offline));
  for (const act of [
    () => server.status(),
    () => server.version(),
    () => server.queryTree(),
    () => server.sync(),
    () => server.ping(),
    () => server.freeAll(),
    () => server.reset(),
    () => server.sendDefaultGroups(),
    () => server.register(),
    () => blip(server),
    () => record(server, { path: '/tmp/never.wav' }),
    () => server.bind(() => server.sendMessage('/c_set', 0, 1)),
    () =>
      server.bind(function* () {
        yield server.sync();
      }),
  ]) {
    await expect(act(), String(act)).rejects.toMatchObject({
      code: expect.stringMatching(/server-offline|transport-closed/),
    });
  }
  await server.unregister();
  await server.disconnect();
  server.leave();
});

describe.runIf(engines.length > 1)('scsynth', () => {
  test('L3: a port that is taken by a server may be connected to instead', async () => {
    const port = await freePort('udp', '127.0.0.1');
    const servers = new Servers();
    const owner = await bootForTest('scsynth', { port, servers, name: 'first' });
    const guest = await boot({ engine: 'scsynth', port, servers, onPortInUse: 'connect' });
    expect([owner.isOwner, guest.isOwner, guest.clientId]).toEqual([true, false, 1]);
    await guest.disconnect();
    await owner.quit();
  });
});
