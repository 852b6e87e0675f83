import { stat } from 'node:fs/promises';

/**
 * The longest time that a file may stay unchanged. The limit counts checks instead of time, because a machine
 * may have slept.
 */
export interface StandstillLimit {
  /** Milliseconds from one look to the next. */
  readonly interval: number;
  readonly looks: number;
}

/** A minute: a server writes some thousand frames at a time, of whatever it computes slowly. */
export const STANDSTILL: StandstillLimit = { interval: 1000, looks: 60 };

/**
 * Waits for work whose progress is that a file grows.
 *
 * @param onStandstill - Called when it did not for so long; ends the work.
 */
export async function whileGrowing(
  path: string,
  work: Promise<unknown>,
  { interval, looks }: StandstillLimit,
  onStandstill: () => void,
): Promise<void> {
  let size = -1;
  let still = 0;
  const look = async (): Promise<void> => {
    const now = await sizeOf(path);
    still = now === size ? still + 1 : 0;
    size = now;
    if (still === looks) onStandstill();
  };
  const timer = setInterval(() => void look(), interval);
  try {
    await work;
  } finally {
    clearInterval(timer);
  }
}

/** Bytes of a file; 0 for one that is not there. */
export const sizeOf = async (path: string): Promise<number> => {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
};
