import type { Seconds } from '../units.js';

const PARTS = 10;

/**
 * Calls after so many seconds in which this thread could have heard.
 *
 * While the thread is busy nothing is read, so its whole absence counts as one tenth at most, and what came meanwhile is
 * read before time runs out. A plain timer would be called first of all: a server that had answered long ago would be
 * said to be silent.
 *
 * Returns the function that takes it back.
 */
export function setResponsiveTimeout(seconds: Seconds, act: () => void): () => void {
  let left = PARTS;
  let timer: ReturnType<typeof setTimeout>;
  const next = (): void => {
    timer = setTimeout(
      () => {
        left -= 1;
        if (left === 0) act();
        else next();
      },
      (seconds * 1000) / PARTS,
    );
  };
  next();
  return () => clearTimeout(timer);
}
