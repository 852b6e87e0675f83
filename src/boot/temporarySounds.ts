/** Samples by sound files, to a server on this machine and back. */

import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeSoundFile } from '../engine/soundfile/decodeSoundFile.js';
import { floatWavHeader } from '../engine/soundfile/wavHeader.js';
import type { SoundFiles, TemporarySound } from '../server/buffers.js';

/** Files in the system's folder for temporary ones. */
export const temporarySounds: SoundFiles = {
  temporary(): TemporarySound {
    const path = join(tmpdir(), `react-collider-${randomUUID()}.wav`);
    return {
      path,
      async write(samples, channels, sampleRate) {
        const floats = samples instanceof Float32Array ? samples : Float32Array.from(samples);
        const header = floatWavHeader(sampleRate, channels, floats.length / channels);
        const bytes = new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);
        await writeFile(path, [header, bytes]);
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
};
