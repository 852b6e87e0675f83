import type { FileHandle } from 'node:fs/promises';

/**
 * Writes all bytes at a position.
 *
 * `FileHandle.write` writes a part when a disk becomes full in the middle, and reports that only by a number.
 * The next write is the one that fails.
 *
 * @throws the system's error.
 */
export async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
