import type { PlayOptions } from './play.js';

/** Plays a composition and takes over every save; gives the exit code. */
export async function dev(path: string, options: PlayOptions): Promise<number> {
  // React Refresh has to be there before React's renderer is loaded, which is with everything else.
  const { prepareForEdits } = await import('../dev/families.js');
  prepareForEdits();
  const { develop } = await import('./devCommand.js');
  return develop(path, options);
}
