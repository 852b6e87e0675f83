import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Bytes that are no room for sound. */
const LITTLE = 1_000_000;

/** Tells if the disk of a file has next to no room left. */
export const isFull = async (path: string): Promise<boolean> => (await bytesLeft(path)) < LITTLE;

/** Why a file is likely to be cut off, and what to do. */
export async function room(path: string): Promise<string> {
  const left = await bytesLeft(path);
  return left < LITTLE
    ? `Its disk has ${left.toLocaleString('en-US')} bytes left: make room there, or write to another disk.`
    : 'Its disk may have been full, or files have a limit here (ulimit -f).';
}

/** For whoever writes here; infinite where that is not told. */
async function bytesLeft(path: string): Promise<number> {
  const space = await statfs(dirname(path)).catch(() => undefined);
  return space ? space.bavail * space.bsize : Number.POSITIVE_INFINITY;
}
