/** What handles of buffers and buses do, files among them. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Case } from './cases.js';

const codeOf = async (act: () => unknown): Promise<unknown> => {
  try {
    await act();
    return 'done';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

const noDisk = { expected: 'unsupported', reason: 'it streams nothing from or to the disk' };

export const bufferHandleCases: readonly Case[] = [
  {
    id: 'C80',
    rows: ['U1', 'U6', 'U8'],
    title: 'buses are blocks of our own; a part shares its channels and is gone with it',
    run: async ({ server }) => {
      const bus = server.controlBuses.bus(4);
      const part = bus.channel(1, 2);
      bus.set(1, 2, 3, 4);
      part.fill(9);
      const values = await bus.getRange();
      const next = server.controlBuses.bus(1);
      const distance = next.index - bus.index;
      bus.free();
      const again = server.controlBuses.bus(2);
      const isReused = again.index === bus.index;
      const twice = await codeOf(() => bus.free());
      const gone = await codeOf(() => part.set(1));
      next.free();
      again.free();
      return [values, distance, isReused, twice, gone];
    },
    expected: [[1, 9, 9, 4], 4, true, 'stale-handle', 'stale-handle'],
  },
  {
    id: 'C81',
    rows: ['P10', 'P11', 'P13', 'P24'],
    title: 'samples are set, filled and read, and nothing is done with a buffer that is freed',
    run: async ({ server }) => {
      const buffer = await server.buffers.alloc(4, 2);
      buffer.set([0, 0.5], [7, -0.5]);
      buffer.setRange(1, [0.25, 0.75]);
      buffer.fill(1, 3, 2);
      const all = [...(await buffer.getRange())];
      const some = await buffer.get(7, 0);
      await buffer.free();
      return [all, some, await codeOf(() => buffer.set([0, 1])), await codeOf(() => buffer.getRange())];
    },
    expected: [[0.5, 0.25, 0.75, 1, 1, 0, 0, -0.5], [-0.5, 0.5], 'stale-handle', 'stale-handle'],
  },
  {
    id: 'C82',
    rows: ['P18', 'P19', 'P20', 'P21', 'P22'],
    title: 'data comes and goes by messages and by files, and a buffer is copied, and taken by its number',
    run: async ({ server }) => {
      const samples = Float32Array.from({ length: 5000 }, (_, index) => index / 8192);
      const byMessages = await server.buffers.data(samples, { channels: 2 });
      const byFile = await server.buffers.data(samples, { channels: 2, by: 'file' });
      const copy = await server.buffers.copy(byFile);
      const taken = await server.buffers.at(copy.number);
      const same = (values: ArrayLike<number>) =>
        values.length === 5000 && samples.every((value, index) => value === values[index]);
      const results = [
        same(await byMessages.getRange()),
        same(await byMessages.getByFile()),
        same(await byFile.getRange()),
        same(await taken.getRange()),
        [taken.frames, taken.channels],
      ];
      await Promise.all([byMessages, byFile, copy].map((buffer) => buffer.free()));
      return results;
    },
    expected: [true, true, true, true, [2500, 2]],
  },
  {
    id: 'C83',
    rows: ['P4', 'P9'],
    title: 'a part of a file is read to a place in a buffer',
    run: async ({ server, folder }) => {
      const path = join(folder, 'ramp.wav');
      const source = await server.buffers.data([0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875], {
        channels: 2,
      });
      await source.write(path, { headerFormat: 'wav', sampleFormat: 'float' });
      await source.zero();
      await source.read(path, { startFrame: 1, frames: 2, bufferStartFrame: 2 });
      await source.close();
      const values = [...(await source.getRange())];
      await source.free();
      return values;
    },
    expected: [0, 0, 0, 0, 0.25, 0.375, 0.5, 0.625],
  },
  {
    id: 'C84',
    rows: ['P5'],
    title: 'one channel of a file is read into a buffer of one',
    run: async ({ server, folder }) => {
      const path = join(folder, 'two.wav');
      const source = await server.buffers.data([0, 0.125, 0.25, 0.375], { channels: 2 });
      await source.write(path, { headerFormat: 'wav', sampleFormat: 'float' });
      const right = await server.buffers.alloc(2);
      const result = await codeOf(() => right.read(path, { fileChannels: [1] }));
      const values = [...(await right.getRange())];
      await Promise.all([source.free(), right.free()]);
      return [result, values];
    },
    expected: ['done', [0.125, 0.375]],
    except: {
      supernova: {
        expected: ['command-failed', [0, 0]],
        reason: 'it takes all channels of the file, and refuses them for a buffer of one',
      },
    },
  },
  {
    id: 'C85',
    rows: ['P15', 'P16', 'P9'],
    title: 'a buffer is opened to write to the disk, and to read from it',
    run: async ({ server, folder }) => {
      const path = join(folder, 'long.wav');
      const opened = await codeOf(async () => {
        const out = await server.buffers.streamTo(path, { bufferFrames: 8192 });
        await out.close();
        await out.free();
      });
      if (opened !== 'done') return opened;
      const source = await server.buffers.data(
        Float32Array.from({ length: 20_000 }, (_, index) => index / 32_768),
      );
      await source.write(path, { headerFormat: 'wav', sampleFormat: 'float' });
      const cued = await server.buffers.cue(path, { startFrame: 100, bufferFrames: 8192 });
      const first = [...(await cued.getRange(0, 2))].map((value) => value * 32_768);
      await cued.close();
      await Promise.all([source.free(), cued.free()]);
      return [existsSync(path), first];
    },
    expected: [true, [100, 101]],
    except: { embedded: noDisk },
  },
  {
    id: 'C86',
    rows: ['P17'],
    title: 'buffers of a group have numbers in a row, and are freed together',
    run: async ({ server }) => {
      const group = await server.buffers.group(3, 16, 2);
      const [first, ...rest] = [...group].map(({ number }) => number);
      const { frames, channels } = await [...group][2]!.query();
      await group.free();
      return [rest.map((number) => number - first!), frames, channels, server.buffers.numberInUse];
    },
    expected: [[1, 2], 16, 2, 0],
  },
  {
    id: 'C87',
    rows: ['P23', 'D5'],
    title: 'a buffer is played by a definition of our own, and the synth ends with it',
    run: async ({ server }) => {
      const buffer = await server.buffers.data(new Float32Array(480).fill(0.1));
      const synth = await buffer.play({ amp: 0 });
      await synth.ended(5);
      await buffer.free();
      return [synth.def, (await server.status()).synths];
    },
    expected: ['sampler', 0],
  },
];
