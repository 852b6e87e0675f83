import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { A2K, In, Out, synthDef } from '../../src/synthdef/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { bootForTest, engines, freshServer } from '../setup/servers.js';

/** Writes what is on two audio buses to two control buses. */
const meter = synthDef('meter', { from: 0, to: 0 }, (c) => Out.kr(c.to, A2K.kr(In.ar(c.from, 2))));

const ramp = (length: number) => Float32Array.from({ length }, (_, index) => index / length);

describe.each(engines)('%s', (engine) => {
  test('P18 P19 P20 P21: samples go into a buffer and come back, by messages and by files', async () => {
    const server = await freshServer(engine);
    const samples = ramp(30_000);
    const byMessages = await server.buffers.data(samples, { channels: 2 });
    expect([byMessages.frames, byMessages.channels]).toEqual([15_000, 2]);
    expect(await byMessages.getRange()).toEqual(samples);
    expect(await byMessages.getByFile()).toEqual(samples);
    const byFile = await server.buffers.data(samples, { channels: 2, by: 'file', sampleRate: 44_100 });
    expect(byFile.info).toEqual({ frames: 15_000, channels: 2, sampleRate: 44_100 });
    expect(byFile.duration).toBeCloseTo(0.340136, 5);
    expect(await byFile.getRange(29_990)).toEqual(samples.subarray(29_990));
    const copy = await server.buffers.copy(byFile);
    expect(await copy.getRange()).toEqual(samples);
    await copy.free();
    expect(server.buffers.numberInUse).toBe(2);
  });

  test('P8 P10 P11 P13: single samples are set, filled, zeroed and read', async () => {
    const server = await freshServer(engine);
    const buffer = await server.buffers.alloc(8);
    buffer.set([0, 0.5], [3, -0.5]);
    buffer.fill(0.25, 4, 2);
    expect([...(await buffer.getRange())]).toEqual([0.5, 0, 0, -0.5, 0.25, 0.25, 0, 0]);
    expect(await buffer.get(3, 0)).toEqual([-0.5, 0.5]);
    await buffer.zero();
    expect(await buffer.getRange()).toEqual(new Float32Array(8));
  });

  test('P17: numbers in a row belong to a group, and are free again with it', async () => {
    const server = await freshServer(engine);
    const first = await server.buffers.alloc(4);
    const group = await server.buffers.group(3, 16, 2);
    expect([...group].map(({ number, frames, channels }) => [number, frames, channels])).toEqual([
      [1, 16, 2],
      [2, 16, 2],
      [3, 16, 2],
    ]);
    await first.free();
    await group.free();
    expect(server.buffers.numberInUse).toBe(0);
    expect((await server.buffers.alloc(4)).number).toBe(0);
  });

  test('P12: waves are computed as the server computes them', async () => {
    const server = await freshServer(engine);
    const buffer = await server.buffers.alloc(16);
    await buffer.generate('sine1', [1], { wavetable: false });
    expect([...(await buffer.getRange(0, 5))].map((value) => value.toFixed(3))).toEqual([
      '0.000',
      '0.383',
      '0.707',
      '0.924',
      '1.000',
    ]);
    await buffer.generate('sine3', [1, 0.5, Math.PI / 2], { wavetable: false, normalize: false });
    expect((await buffer.get(0))[0]).toBeCloseTo(0.5, 5);
    await buffer.normalize(0.8);
    expect((await buffer.get(0))[0]).toBeCloseTo(0.8, 5);
    const table = await server.buffers.alloc(32);
    await table.generate('cheby', [1]);
    expect((await table.getRange()).every(Number.isFinite)).toBe(true);
    const stereo = await server.buffers.alloc(16, 2);
    await expect(stereo.generate('sine1', [1])).rejects.toMatchObject({ code: 'invalid-argument' });
    const target = await server.buffers.alloc(8);
    await target.copyFrom(buffer, { start: 2, sourceStart: 0, count: 3 });
    expect([...(await target.getRange(0, 2))]).toEqual([0, 0]);
    expect((await target.get(2))[0]).toBeCloseTo(0.8, 5);
  });

  test('P2 P3 P4 P5 P6 P22: a file is written, read anew, in part, and by channels', async () => {
    const server = await freshServer(engine);
    const path = join(temporaryFolder(), 'ramp.wav');
    const source = await server.buffers.data(ramp(2048), { channels: 2 });
    await source.write(path, { headerFormat: 'wav', sampleFormat: 'float' });
    expect(statSync(path).size).toBeGreaterThanOrEqual(8192);
    const whole = await server.buffers.read(path);
    expect(whole.info).toMatchObject({ frames: 1024, channels: 2, sampleRate: 48_000 });
    const part = await server.buffers.read(path, { startFrame: 1000, frames: 10 });
    expect(await part.getRange()).toEqual(ramp(2048).subarray(2000, 2020));
    const right = await server.buffers.read(path, { fileChannels: [1] });
    expect([...(await right.getRange(0, 2))]).toEqual([1 / 2048, 3 / 2048]);
    await right.zero();
    const left = await server.buffers.alloc(4, 2);
    await left.read(path, { startFrame: 2, frames: 2, bufferStartFrame: 1 });
    expect([...(await left.getRange())].map((value) => value * 2048)).toEqual([0, 0, 4, 5, 6, 7, 0, 0]);
    // supernova 3.13 takes all channels of the file, whichever are asked for, and refuses them for one.
    if (engine === 'supernova') return;
    const one = await server.buffers.alloc(4);
    await one.read(path, { fileChannels: [1], startFrame: 2, frames: 2, bufferStartFrame: 1 });
    expect([...(await one.getRange())].map((value) => value * 2048)).toEqual([0, 5, 7, 0]);
  });

  test('what is read into a buffer is said in frames, and when the file goes on beyond its end', async () => {
    const server = await freshServer(engine);
    const path = join(temporaryFolder(), 'steps.wav');
    const source = await server.buffers.data(ramp(200), { channels: 2 });
    await source.write(path);
    const short = await server.buffers.alloc(40, 2);
    expect(await short.read(path)).toEqual({ frames: 40, isCut: true });
    expect(await short.read(path, { startFrame: 60 })).toEqual({ frames: 40, isCut: false });
    expect(await short.read(path, { startFrame: 90 })).toEqual({ frames: 10, isCut: false });
    expect(await short.read(path, { bufferStartFrame: 35, frames: 6 })).toEqual({ frames: 5, isCut: true });
    expect(await short.read(path, { frames: 40 })).toEqual({ frames: 40, isCut: false });
    expect(await short.copyFrom(source, { start: 20 })).toBe(60);
    expect(await source.copyFrom(short, { start: 4, sourceStart: 60 })).toBe(20);
    await expect(short.write(path, { frames: 41 })).rejects.toThrow('frames is 41');
    expect(server.buffers.numberInUse).toBe(2);
  });

  test('B11 P9: what needs a buffer is carried out as soon as it is there', async () => {
    const server = await freshServer(engine);
    const infos: unknown[][] = [];
    const end = server.on('/b_info', ({ args }) => infos.push(args.slice(0, 3)));
    const query = (number: number) => ['/b_query', number] as const;
    const buffer = await server.buffers.alloc(64, 2, query);
    expect(infos).toEqual([[0, 64, 2]]);
    const path = join(temporaryFolder(), 'silence.wav');
    await buffer.write(path, { completion: query(0) });
    const whole = await server.buffers.read(path, { completion: query(1) });
    const infosBefore = infos.length;
    await buffer.read(path, { completion: query(0) });
    // The file is read once more, into another buffer, to know how much of it that was.
    expect(infos.splice(infosBefore + 2)).toEqual([[2, 64, 2]]);
    await buffer.close(query(0));
    await buffer.free(query(0));
    await whole.free();
    // Reading asks by itself what it has read.
    expect(infos.map(([number, frames]) => [number, frames])).toEqual([
      [0, 64],
      [0, 64],
      [1, 64],
      [1, 64],
      [0, 64],
      [0, 64],
      [0, 64],
      [0, 0],
    ]);
    end();
  });

  test('P23 D5: a buffer is played with one or two channels, and ends by itself unless it loops', async () => {
    const server = await freshServer(engine);
    const bus = server.audioBuses.bus(2);
    const heard = server.controlBuses.bus(2);
    await server.nodes.play(meter, { from: bus, to: heard }, { action: 'tail' });
    const mono = await server.buffers.data(new Float32Array(2400).fill(0.5));
    const once = await mono.play({ out: bus, amp: 0.4 });
    await once.ended(2);
    const looped = await mono.play({ out: bus, amp: 0.4, rate: 2, loop: true, pan: -1 });
    expect(await looped.get('rate', 'loop', 'amp')).toEqual([2, 1, Math.fround(0.4)]);
    await expect
      .poll(async () => (await heard.getRange()).map((value) => value.toFixed(3)))
      .toEqual(['0.200', '0.000']);
    looped.release();
    await looped.ended(2);
    const stereo = await server.buffers.data(new Float32Array(96_000).fill(0.25), {
      channels: 2,
      by: 'file',
    });
    const both = await stereo.play({ out: bus, amp: 1 });
    await expect
      .poll(async () => (await heard.getRange()).map((value) => value.toFixed(3)))
      .toEqual(['0.250', '0.250']);
    both.free();
    const three = await server.buffers.alloc(8, 3);
    await expect(three.play()).rejects.toThrow('Buffer 2 has 3 channels; play() has one or two.');
    await expect(mono.play({ pan: Number.NaN })).rejects.toThrow('Buffer 0: pan is NaN');
    await expect(mono.play({ startFrame: 2400 })).rejects.toThrow('Buffer 0: startFrame is 2400');
    await three.free();
    await expect(three.play()).rejects.toThrow('is freed already');
  });

  test('P2 A3: what the server refuses is told with its words, and the number is free again', async () => {
    const server = await freshServer(engine);
    await expect(server.buffers.read('/nope.wav')).rejects.toMatchObject({
      code: 'command-failed',
      message: expect.stringMatching(
        engine === 'supernova'
          ? /refused \/b_allocRead for buffer 0: /
          : /File '\/nope\.wav' could not be opened/,
      ),
    });
    expect(server.buffers.numberInUse).toBe(0);
  });

  test('P24: what is wrong is refused by name before anything is sent', async () => {
    const server = await bootForTest(engine);
    const other = await bootForTest('embedded');
    const buffer = await server.buffers.alloc(8);
    const stranger = await other.buffers.alloc(8);
    const freed = await server.buffers.alloc(8);
    await freed.free();
    const before = server.engine.transport.counts.packetsSent;
    const wrong: [() => unknown, string][] = [
      [() => server.buffers.alloc(0), 'frames is 0. It is a whole number from 1 up.'],
      [() => server.buffers.alloc(-4), 'frames is -4'],
      [() => server.buffers.alloc(1.5), 'frames is 1.5'],
      [() => server.buffers.alloc(8, 0), 'channels is 0'],
      [() => server.buffers.alloc(2 ** 29, 2), 'takes 4 GB. 2 GB is the most.'],
      [() => server.buffers.group(0, 8), 'The number of buffers in a group is 0'],
      [() => server.buffers.read(''), 'Path of the sound file is ""'],
      [() => server.buffers.read('a.wav', { startFrame: -1 }), 'startFrame is -1'],
      [() => server.buffers.at(8192), 'Number of the buffer is 8192. It is a whole number from 0 to 8191.'],
      [() => server.buffers.data([]), 'It is a list of finite numbers'],
      [() => server.buffers.data([1, Number.NaN]), 'value 2 is NaN'],
      [() => server.buffers.data([1, 2, 3], { channels: 2 }), 'not a whole number of frames'],
      [() => buffer.set([8, 1]), 'sample is 8. It is a whole number from 0 to 7.'],
      [() => buffer.set([0, Number.NaN]), 'value is NaN'],
      [() => buffer.fill(0, 4, 5), 'number of samples is 5. It is a whole number from 1 to 4.'],
      [() => buffer.setRange(0, new Float32Array(9)), 'number of samples is 9'],
      [() => buffer.getRange(8), 'sample is 8'],
      [
        () => buffer.write('a.wav', { headerFormat: 'mp3' }),
        'headerFormat is "mp3". It is one of "aiff", "wav"',
      ],
      [() => buffer.write('a.wav', { sampleFormat: 'int17' }), 'sampleFormat is "int17"'],
      [() => buffer.generate('sine2', [1]), 'sine2 takes 2 numbers for each partial, and was given 1.'],
      [() => buffer.generate('sine9' as never, [1]), 'routine is "sine9"'],
      [() => buffer.copyFrom(stranger), 'belongs to another server'],
      [() => buffer.read('a.wav', { fileChannels: [0, 1] }), 'number of channels to read is 2'],
      [() => freed.zero(), 'is freed already'],
      [() => freed.free(), 'is freed already'],
    ];
    for (const [act, message] of wrong) {
      await expect((async () => act())(), message).rejects.toThrow(message);
    }
    expect(server.engine.transport.counts.packetsSent - before).toBeLessThanOrEqual(1); // a heartbeat
    await server.quit();
    await expect(server.buffers.alloc(8)).rejects.toMatchObject({ code: 'server-offline' });
    await expect(buffer.zero()).rejects.toMatchObject({ code: 'server-offline' });
    await other.quit();
  });

  test('U1 U2 U3 U4 U6 U8: buses are set and read, shared in parts, and given back once', async () => {
    const server = await freshServer(engine);
    const bus = server.controlBuses.bus(4);
    bus.set(1, 2, 3, 4);
    expect(await bus.getRange()).toEqual([1, 2, 3, 4]);
    const part = bus.channel(1, 2);
    expect(part.map).toBe(`c${bus.index + 1}`);
    part.fill(9);
    expect(await bus.getRange()).toEqual([1, 9, 9, 4]);
    expect(() => part.free()).toThrow('is not a bus of its own');
    expect(server.outputBus).toMatchObject({ index: 0, channels: 2 });
    expect(server.inputBus).toMatchObject({ index: 2, channels: 2 });
    const group = server.audioBuses.group(3, 2);
    expect([...group].map(({ index, map }) => [index, map])).toEqual([
      [4, 'a4'],
      [6, 'a6'],
      [8, 'a8'],
    ]);
    expect(() => group.whole.set(1)).toThrow('cannot be set: only synths write to audio buses');
    group.free();
    expect(server.audioBuses.numberInUse).toBe(0);
    expect(() => [...group][0]!.channel(0)).toThrow('is freed already');
    bus.free({ clear: true });
    expect(() => part.set(1)).toThrow('is freed already');
    expect(() => bus.free()).toThrow('is freed already');
    expect(await server.controlBuses.at(bus.index, 4).getRange()).toEqual([0, 0, 0, 0]);
    expect(() => server.controlBuses.at(16_384)).toThrow('Index of the control bus is 16384');
    expect(() => server.controlBuses.bus(0)).toThrow('from 1 up, not 0');
  });
});

describe.each(engines.filter((engine) => engine !== 'embedded'))('%s', (engine) => {
  test('P9 P15 P16: long files are streamed from and to the disk', async () => {
    const server = await freshServer(engine);
    const path = join(temporaryFolder(), 'long.wav');
    const source = await server.buffers.data(ramp(4096), { by: 'file', sampleRate: 48_000 });
    await source.write(path);
    const cue = await server.buffers.cue(path, { bufferFrames: 1024 });
    expect(await cue.getRange(0, 16)).toEqual(ramp(4096).subarray(0, 16));
    expect(cue.info).toMatchObject({ frames: 1024, channels: 1 });
    await cue.close();
    await cue.free();
    const wide = await server.buffers.data(ramp(8 * 2048), { channels: 8, by: 'file' });
    await wide.write(path);
    const eight = await server.buffers.cue(path, { startFrame: 1, bufferFrames: 1024 });
    expect(eight.channels).toBe(8);
    expect(await eight.getRange(0, 16)).toEqual(ramp(8 * 2048).subarray(8, 24));
    await eight.close();
    await eight.free();
    await wide.free();
    const target = join(temporaryFolder(), 'out.aiff');
    const out = await server.buffers.streamTo(target, {
      channels: 2,
      headerFormat: 'aiff',
      sampleFormat: 'int24',
    });
    expect(existsSync(target)).toBe(true);
    await out.close();
    await out.free();
    expect(server.buffers.numberInUse).toBe(1);
  });
});

test('P15 P16: the embedded engine says that it streams nothing', async () => {
  const server = await bootForTest('embedded');
  await expect(server.buffers.cue('a.wav')).rejects.toMatchObject({ code: 'unsupported' });
  await server.quit();
});
