import type { PlayOptions } from '../play/playOptions.js';
import { jsonOutput } from './jsonOutput.js';
import type { Output } from './output.js';
import { plainOutput } from './plainOutput.js';

/**
 * The screen in a terminal, else lines.
 *
 * @param file - The composition, as it was given.
 */
export async function openOutput(
  file: string,
  options: PlayOptions,
  how: { readonly takesSaves: boolean },
): Promise<Output> {
  if (options.json) return jsonOutput(file);
  const plain = plainOutput(file, options.printOsc ?? false, how.takesSaves);
  if (options.plain || options.printOsc || !isTerminal()) return plain;
  // What colours the screen reads only this, when it is loaded. See https://no-color.org.
  if (process.env.NO_COLOR) process.env.FORCE_COLOR = '0';
  const { screenOutput } = await import('./screenOutput.js');
  return screenOutput(plain);
}

/** Both ways, and one that can be drawn on. A continuous integration's may claim to be one. */
const isTerminal = (): boolean =>
  process.stdout.isTTY === true &&
  process.stdin.isTTY === true &&
  process.env.TERM !== 'dumb' &&
  !process.env.CI;
