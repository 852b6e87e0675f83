import { lstat, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { exitCodes } from './exitCodes.js';
import { CliError } from './failure.js';

/**
 * Writes a requested file; a part of one does not stay.
 *
 * @throws CliError with the exit code for output.
 */
export async function writeOutput(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (cause) {
    // A device stays, such as /dev/full.
    if (await isPlainFile(path)) await rm(path, { force: true });
    throw cannotWrite(path, cause);
  }
}

/** Writes a file into a folder that may not be there yet. @throws CliError with the exit code for output. */
export async function writeIntoFolder(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true }).catch((cause) => {
    throw cannotWrite(path, cause);
  });
  await writeOutput(path, content);
}

const cannotWrite = (path: string, cause: unknown): CliError =>
  new CliError(`${path} cannot be written: ${(cause as Error).message}.`, exitCodes.output, { cause });

const isPlainFile = (path: string): Promise<boolean> =>
  lstat(path).then(
    (found) => found.isFile(),
    () => false,
  );
