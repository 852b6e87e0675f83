/**
 * `react-collider render FILE -o out.wav`: a composition as sound files and pictures, as fast as it can be.
 */

import { configured } from '../config.js';
import { exitCodes } from '../exitCodes.js';
import { exitCodeOf } from '../failure.js';
import { type Composition, loadComposition } from '../loadComposition.js';
import { type RenderOptions, renderComposition } from './renderComposition.js';
import { jsonOutput, textOutput } from './renderOutput.js';

/**
 * Renders a composition; gives the exit code. Ctrl-C gives up and leaves no file. With `watch` it renders again
 * whenever a save has changed the score, until Ctrl-C.
 */
export async function render(path: string, options: RenderOptions): Promise<number> {
  const output = options.json ? jsonOutput() : textOutput();
  const giveUp = new AbortController();
  const onInterrupt = () => giveUp.abort(exitCodes.interrupted);
  const onTerminate = () => giveUp.abort(exitCodes.terminated);
  process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate);
  let composition: Composition | undefined;
  try {
    const settings = await configured(path, options);
    if (options.watch) {
      const { renderWatched } = await import('./renderWatched.js');
      await renderWatched(path, settings, output, giveUp.signal);
      return Number(giveUp.signal.reason);
    }
    composition = await loadComposition(path);
    await renderComposition(composition.component, settings, output, giveUp.signal);
    return exitCodes.ok;
  } catch (error) {
    output.end();
    if (giveUp.signal.aborted) return Number(giveUp.signal.reason);
    output.failed(error, composition?.file);
    return exitCodeOf(error);
  } finally {
    process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate);
    await composition?.close();
  }
}
