/** Samples by sound files, to a server on this machine and back, and a look at the files that it writes. */

import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { checkWritten, settleFile } from '../engine/soundfile/checkWritten.js';
import { decodeSoundFile } from '../engine/soundfile/decodeSoundFile.js';
import { floatWavHeader } from '../engine/soundfile/wavHeader.js';
import type { SoundFiles, TemporarySound } from '../server/buffers.js';
import { writeTemporary } from './writeTemporary.js';

/**
 * Files in the system's folder for temporary ones.
 *
 * @param sharesFolder - Whether a relative path is the same file for us and the server, as for one that we have started.
 */
export const soundFilesFor = (sharesFolder: boolean): SoundFiles => ({
  async check(wanted) {
    if (wanted.frames === 0 || !(sharesFolder || isAbsolute(wanted.path))) return;
    // Of a server on another machine.
    if (!existsSync(wanted.path)) return;
    await checkWritten(wanted);
  },
  async settle(wanted) {
    if (sharesFolder || isAbsolute(wanted.path)) await settleFile(wanted);
  },
  temporary(): TemporarySound {
    const path = join(tmpdir(), `react-collider-${randomUUID()}.wav`);
    return {
      path,
      async write(samples, channels, sampleRate) {
        const floats = samples instanceof Float32Array ? samples : Float32Array.from(samples);
        const header = floatWavHeader(sampleRate, channels, floats.length / channels);
        const bytes = new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);
        await writeTemporary(path, [header, bytes]);
      },
      async read() {
        const { channels } = await decodeSoundFile(await readFile(path));
        const frames = channels[0]?.length ?? 0;
        const samples = new Float32Array(frames * channels.length);
        channels.forEach((channel, index) => {
          for (let frame = 0; frame < frames; frame++)
            samples[frame * channels.length + index] = channel[frame]!;
        });
        return samples;
      },
      remove: () => rm(path, { force: true }),
    };
  },
});
