import type { Seconds } from '../units.js';

const PARTS = 10;

/**
 * Calls `act` after this many seconds in which this thread could read replies.
 *
 * A busy thread reads nothing, so its whole absence counts as one tenth at most. The thread reads what
 * arrived before time runs out. A plain timer would fire first and report a server that replied long ago as
 * silent.
 *
 * @returns The function that cancels the call.
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
