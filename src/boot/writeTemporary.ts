import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { SuperColliderError } from '../errors.js';

/**
 * Writes a file that takes something to the server, and is removed then.
 *
 * @throws SuperColliderError `write-failed`.
 */
export async function writeTemporary(path: string, data: Parameters<typeof writeFile>[1]): Promise<void> {
  try {
    await writeFile(path, data);
  } catch (cause) {
    await rm(path, { force: true });
    throw new SuperColliderError(
      'write-failed',
      `${path}, which is to take data to the server, cannot be written: ${(cause as Error).message}. ` +
        `Make room in ${tmpdir()}, or let TMPDIR name another folder.`,
      { cause },
    );
  }
}
