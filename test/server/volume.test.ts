import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { amplitudeOf, type QueryTreeNode, record, type Server } from '../../src/server/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { part, peak, readSound } from '../listen/listen.js';
import { tone } from '../setup/definitions.js';
import { bootForTest, engines } from '../setup/servers.js';

const describeNode = (node: QueryTreeNode): unknown =>
  'children' in node
    ? [node.id, node.children.map(describeNode)]
    : [node.id, node.def, Number(Number(node.controls.volumeAmp ?? 0).toFixed(6))];

const shape = async (server: Server) => (await server.queryTree()).children.map(describeNode);

describe.each(engines)('%s', (engine) => {
  test('V1 D5: the volume is a synth behind the default group, as long as it is not 0 dB', async () => {
    const server = await bootForTest(engine);
    expect(amplitudeOf(-10).toFixed(9)).toBe('0.316227766');
    await server.volume.set(-10);
    expect(await shape(server)).toEqual([
      [1, []],
      [2, 'volumeAmpControl2', 0.316228],
    ]);
    await server.volume.set(100);
    expect(server.volume.decibels).toBe(6);
    await server.volume.set(-200);
    expect(server.volume.decibels).toBe(-90);
    await server.volume.set(-20, 0);
    await server.volume.mute();
    await server.volume.set(-6);
    expect(await shape(server)).toEqual([
      [1, []],
      [2, 'volumeAmpControl2', 0],
    ]);
    const { synth } = server.volume;
    await server.volume.unmute();
    expect(await shape(server)).toEqual([
      [1, []],
      [2, 'volumeAmpControl2', 0.501187],
    ]);
    await server.volume.set(0);
    await synth!.ended(2);
    expect(await shape(server)).toEqual([[1, []]]);
    expect(() => server.volume.set(Number.NaN)).toThrow('Volume is NaN');
    await server.quit();
  });

  test('V2 V3 R4: volume, mute and hooks hold over freeAll, over somebody who frees it, and over a reboot, in order', async () => {
    const server = await bootForTest(engine);
    const order: string[] = [];
    server.hooks.add(() => {
      order.push(server.volume.synth === undefined ? 'hook before volume' : 'hook after volume');
      server.nodes.group({ permanent: true });
    });
    await server.volume.set(-20);
    await server.freeAll({ allClients: true });
    const sorted = async () => {
      const [group, volume] = (await shape(server)) as [[number, unknown[]], unknown[]];
      return [group[0], group[1].length, ...volume.slice(1)];
    };
    expect(await sorted()).toEqual([1, 1, 'volumeAmpControl2', 0.1]);
    await server.freeAll();
    expect(await sorted()).toEqual([1, 1, 'volumeAmpControl2', 0.1]);
    const begun = server.next('/n_go');
    server.sendMessage('/n_free', server.volume.synth!.id);
    await begun;
    expect(await sorted()).toEqual([1, 1, 'volumeAmpControl2', 0.1]);
    await server.reboot();
    expect(await sorted()).toEqual([1, 1, 'volumeAmpControl2', 0.1]);
    expect(order.at(-1)).toBe('hook before volume');
    await server.quit();
  });
});

describe.each(engines.filter((engine) => engine !== 'embedded'))('%s', (engine) => {
  test('V4 V6: a recording is as long as it was asked to be, with the volume in it, and loses nothing at its end', async () => {
    const server = await bootForTest(engine);
    await server.volume.set(-20, 0);
    await server.nodes.play(tone, { amp: 0.5 });
    const path = join(temporaryFolder(), 'take.wav');
    const recording = await record(server, {
      path,
      duration: 1.2,
      sampleFormat: 'int16',
      bufferFrames: 16_384,
    });
    const progress: number[] = [];
    recording.onProgress((seconds) => progress.push(seconds));
    await recording.done;
    const sound = readSound(path);
    expect(sound.channels).toHaveLength(2);
    expect(Math.abs(sound.channels[0]!.length / 48_000 - 1.2)).toBeLessThan(0.01);
    expect(peak(sound)).toBeCloseTo(0.05, 2);
    expect(peak({ ...sound, channels: [part(sound, 1.1, 1.2)] })).toBeCloseTo(0.05, 2);
    expect(progress).toContain(1);
    expect(recording.state).toBe('stopped');
    expect(server.buffers.numberInUse).toBe(0);
    await server.quit();
  });

  test('V5: what is paused is not recorded, and wrong steps are refused', async () => {
    const server = await bootForTest(engine);
    const path = join(temporaryFolder(), 'take.aiff');
    const recording = await record(server, {
      path,
      channels: 1,
      headerFormat: 'aiff',
      sampleFormat: 'int24',
    });
    expect(() => recording.resume()).toThrow('it cannot resume, which takes one that is paused');
    const told = (address: string) => server.next(address);
    const off = told('/n_off');
    recording.pause();
    await off;
    expect(recording.state).toBe('paused');
    await expect(recording.start()).rejects.toThrow('it cannot start, which takes one that is prepared');
    const on = told('/n_on');
    recording.resume();
    await on;
    await recording.stop();
    await recording.stop();
    expect(server.buffers.numberInUse).toBe(0);
    await expect(record(server, { path: '/nowhere/take.wav' })).rejects.toMatchObject({
      code: 'command-failed',
    });
    await expect(record(server, { path, headerFormat: 'mp3' })).rejects.toMatchObject({
      code: 'invalid-argument',
    });
    await expect(record(server, { path: '' })).rejects.toThrow('Path of the recording is ""');
    expect(server.buffers.numberInUse).toBe(0);
    await server.quit();
  });
});

test('V4: the embedded engine records its outputs, and says what it cannot', async () => {
  const server = await bootForTest('embedded');
  await server.nodes.play(tone, { amp: 0.5 });
  const path = join(temporaryFolder(), 'take.wav');
  const recording = await record(server, { path });
  expect(() => recording.pause()).toThrow(expect.objectContaining({ code: 'unsupported' }));
  await new Promise((resolve) => setTimeout(resolve, 100));
  await recording.stop();
  expect(peak(readSound(path))).toBeCloseTo(0.5, 2);
  await expect(record(server, { path, sampleFormat: 'int16' })).rejects.toMatchObject({
    code: 'unsupported',
  });
  await server.quit();
});
