/** A disk that becomes full while something is recorded, or written from a buffer: neither server notices it. */

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Recording, Synth } from '../../src/index.js';
import { createRoot } from '../../src/node.js';
import { record, type Server } from '../../src/server/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { ping } from '../setup/definitions.js';
import { fillDisk, limitableServer } from '../setup/fullDisk.js';
import { bootForTest, engines } from '../setup/servers.js';

const folder = temporaryFolder();

/** Half a second of two channels of floats at 48 kHz. */
const ROOM = 200_000;

describe.each(engines.filter((engine) => engine !== 'embedded'))('%s', (engine) => {
  async function serverOnFullDisk(): Promise<Server> {
    const server = await bootForTest(engine, { path: limitableServer(engine) });
    fillDisk(server.engine.pid!, ROOM);
    return server;
  }

  test('a recording that is cut off is an error at its end', async () => {
    const server = await serverOnFullDisk();
    const path = join(folder, `${engine}-take.wav`);
    const recording = await record(server, { path, bufferFrames: 16_384 });
    await new Promise<void>((resolve) => {
      recording.onProgress((count) => count >= 2 && resolve());
    });
    const failure = await recording.stop().catch((error) => error);
    expect(failure).toMatchObject({
      code: 'write-failed',
      message: expect.stringMatching(
        /take\.wav cannot be written to its end: 24,9\d\d of 9\d,\d\d\d frames are there/,
      ),
    });
    await expect(recording.done).rejects.toBe(failure);
    expect(recording.state).toBe('stopped');
    expect(statSync(path).size).toBe(ROOM);
    expect([server.buffers.numberInUse, server.controlBuses.numberInUse]).toEqual([0, 0]);

    const short = await record(server, { path: join(folder, `${engine}-short.wav`), duration: 0.3 });
    await short.done;
    const long = await record(server, { path: join(folder, `${engine}-long.wav`), duration: 1 });
    await expect(long.done).rejects.toMatchObject({ code: 'write-failed' });
    await server.quit();
  });

  test('<Recording> tells the root when it is cut off', async () => {
    const server = await serverOnFullDisk();
    const path = join(folder, `${engine}-part.wav`);
    const errors: Error[] = [];
    const root = createRoot(server, { onError: (error) => errors.push(error) });
    await new Promise<void>((resolve) => {
      void root.render(
        <>
          <Synth def={ping} length={1} onEnd={() => resolve()} />
          <Recording path={path} />
        </>,
      );
    });
    await root.unmount();
    expect(errors).toMatchObject([{ code: 'write-failed', message: expect.stringContaining(path) }]);
    expect(server.buffers.numberInUse).toBe(0);
    await server.quit();
  });

  test('a buffer that does not fit is an error', async () => {
    const server = await serverOnFullDisk();
    const buffer = await server.buffers.alloc(48_000, 2);
    const path = join(folder, `${engine}-buffer`);
    for (const header of ['wav', 'aiff', 'w64']) {
      await expect(buffer.write(`${path}.${header}`, { headerFormat: header })).rejects.toMatchObject({
        code: 'write-failed',
      });
    }
    await buffer.write(`${path}.wav`, { frames: 20_000, startFrame: 10_000 });
    await buffer.write(`${path}.wav`, { startFrame: 30_000 });
    await expect(buffer.getByFile()).rejects.toMatchObject({ code: 'write-failed' });
    await server.quit();
  });
});
