import { SuperColliderError } from '../../errors.js';

/**
 * A file that a piece asks for.
 *
 * @param read - Reads a file of this machine; `undefined` where there are none.
 * @throws SuperColliderError `invalid-file` when it cannot be read.
 */
export function readPieceFile(read: ((path: string) => Uint8Array) | undefined, path: string): Uint8Array {
  if (!read)
    throw new SuperColliderError(
      'invalid-file',
      `"${path}" cannot be read: a page has no files. Fetch it and pass its bytes.`,
    );
  try {
    return read(path);
  } catch (cause) {
    throw new SuperColliderError('invalid-file', `"${path}" could not be read: ${(cause as Error).message}`, {
      cause,
    });
  }
}
