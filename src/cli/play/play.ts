/**
 * `react-collider play FILE`: renders a composition onto an engine until its user ends it.
 */

import { createElement } from 'react';
import { problemOf } from '../../dev/problem.js';
import { configured } from '../config.js';
import { exitCodes } from '../exitCodes.js';
import { exitCodeOf } from '../failure.js';
import { type Composition, loadComposition } from '../loadComposition.js';
import { openOutput } from '../output/openOutput.js';
import { perform } from './perform.js';
import type { PlayOptions } from './playOptions.js';

/** Plays until the time is over, the user interrupts, or something fails; gives the exit code. */
export async function play(path: string, options: PlayOptions): Promise<number> {
  const output = await openOutput(path, options, { takesSaves: false });
  let composition: Composition | undefined;
  let firstError: unknown;
  let code: number;
  try {
    const settings = await configured(path, options);
    composition = await loadComposition(path);
    const { file, component } = composition;
    code = await perform(
      {
        file,
        restartsEngine: output.isWatched,
        piece: (_server, end) => async (openRoot) => {
          const root = openRoot({
            onError: (error) => {
              const problem = end.isOver ? undefined : problemOf(error);
              if (!problem) return end.fail(error);
              // What sounded before sounds on; the exit code says at the end that something was wrong.
              firstError ??= error;
              output.problem(problem);
            },
            onLate: ({ error }) => error && output.late(error),
            onCommit: (commit) => output.commit(commit),
          });
          await root.render(createElement(component));
          return { root, close: async () => {} };
        },
      },
      settings,
      output,
    );
    if (code === exitCodes.ok && firstError !== undefined) code = exitCodeOf(firstError);
  } catch (error) {
    output.failed(error);
    code = exitCodeOf(error);
  } finally {
    await composition?.close();
  }
  output.exit(code);
  return code;
}
