/** Takes out of a sound file what is another one each time that the same sound is written. */

import { type FileHandle, open, stat } from 'node:fs/promises';
import { setSerial } from './oggSerial.js';
import { writeAll } from './writeAll.js';

/** Chunks before the samples lie in the first kilobyte of what libsndfile writes. */
const HEAD = 4096;

/**
 * Sets the time stamp of libsndfile's PEAK chunk (WAV and AIFF of floats) to 0, and the serial number of an Ogg
 * stream to 1.
 *
 * Two files of one score are then equal to the last byte. Other files stay as they are.
 */
export async function makeReproducible(path: string): Promise<void> {
  if (!(await stat(path)).isFile()) return;
  const file = await open(path, 'r+');
  try {
    await setSerial(file);
    const stamp = await timeStampAt(file);
    if (stamp !== undefined) await writeAll(file, new Uint8Array(4), stamp);
  } finally {
    await file.close();
  }
}

async function timeStampAt(file: FileHandle): Promise<number | undefined> {
  const bytes = new Uint8Array(HEAD);
  const { bytesRead } = await file.read(bytes, 0, HEAD, 0);
  const view = new DataView(bytes.buffer, 0, bytesRead);
  const name = (offset: number): string => String.fromCharCode(...bytes.subarray(offset, offset + 4));
  const littleEndian = name(0) !== 'FORM';
  if (littleEndian && !(/^RIFF|RF64$/.test(name(0)) && name(8) === 'WAVE')) return undefined;
  for (let offset = 12; offset + 16 <= bytesRead; ) {
    if (name(offset) === 'PEAK') return offset + 12;
    const size = view.getUint32(offset + 4, littleEndian);
    offset += 8 + size + (size % 2);
  }
  return undefined;
}
