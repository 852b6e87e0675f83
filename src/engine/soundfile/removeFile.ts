import { lstat, rm } from 'node:fs/promises';

/** Removes what was begun and is given up; what is no plain file, such as /dev/null, stays. */
export async function removeFile(path: string): Promise<void> {
  const isPlain = await lstat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (isPlain) await rm(path, { force: true });
}
