/**
 * `react-collider dev FILE`: plays a composition, and takes over every save.
 */

import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Session } from '../../dev/session.js';
import { configured } from '../config.js';
import { exitCodes } from '../exitCodes.js';
import { CliError, exitCodeOf } from '../failure.js';
import { openOutput } from '../output/openOutput.js';
import { perform } from './perform.js';
import type { PlayOptions } from './playOptions.js';

/** Plays until the time is over, the user interrupts, or the engine is gone for good; gives the exit code. */
export async function develop(
  path: string,
  options: PlayOptions,
  connectDevTools: () => Promise<void>,
): Promise<number> {
  const output = await openOutput(path, options, { takesSaves: true });
  let code: number;
  try {
    checkFile(path);
    await connectDevTools();
    const settings = await configured(path, options);
    code = await perform(
      {
        file: path,
        restartsEngine: true,
        piece: (server) => (openRoot) =>
          Session.start({
            file: path,
            crossfade: settings.crossfade ?? 0,
            quant: settings.quant,
            createRoot: (own) => openRoot({ onLate: ({ error }) => error && output.late(error), ...own }),
            onCommit: (commit) => output.commit(commit),
            onUpdate: (update) => output.update(update, server),
            onProblem: (problem) => output.problem(problem),
          }),
      },
      settings,
      output,
    );
  } catch (error) {
    output.failed(error);
    code = exitCodeOf(error);
  }
  await output.exit(code);
  return code;
}

function checkFile(path: string): void {
  const file = resolve(path);
  if (existsSync(file) && statSync(file).isFile()) return;
  throw new CliError(`${path} does not exist (looked for ${file}).`, exitCodes.composition);
}
