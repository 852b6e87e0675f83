import type { SoundData } from '../soundfile/sound.js';

/**
 * Access of the host to files. It is passed in, because a browser page has no files except those it fetches.
 */
export interface FileAccess {
  /** @throws an error whose `code` is `ENOENT` and the like where the system gives one. */
  read(path: string): Promise<Uint8Array>;
  /**
   * A sound file, decoded: by whom depends on where the host runs, as decoding would keep an AudioWorklet from its
   * sound.
   *
   * @throws SuperColliderError `invalid-file` when it is no sound file, otherwise as `read`.
   */
  readSound(path: string): Promise<SoundData>;
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** The files that a path with `*` and `?` in its last part stands for, in alphabetical order. */
  matching(pattern: string): Promise<readonly string[]>;
  /** The files in a folder that end so, in alphabetical order; the folders in it are left out. */
  inFolder(path: string, ending: string): Promise<readonly string[]>;
}

/** For hosts without files: each command that needs one fails with this reason. */
export const noFiles: FileAccess = {
  read: notFound,
  readSound: notFound,
  write: (path) => Promise.reject(new Error(`this engine has no files to write '${path}' to`)),
  matching: async () => [],
  inFolder: async () => [],
};

function notFound(path: string): Promise<never> {
  return Promise.reject(new Error(`this engine has no files to find '${path}' in`));
}

/** A failure in libsndfile's words, as scsynth passes them on. */
export function couldNotOpen(path: string, cause: unknown): string {
  const { code, message } = cause as { code?: string; message?: string };
  const reason = code === undefined ? message : `System error : ${SYSTEM_WORDS[code] ?? message}`;
  return `File '${path}' could not be opened: ${reason}.\n`;
}

const SYSTEM_WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'No such file or directory',
  EACCES: 'Permission denied',
  EISDIR: 'Is a directory',
  ENOTDIR: 'Not a directory',
  ENOSPC: 'No space left on device',
  EROFS: 'Read-only file system',
};
