/** The command line: its commands, and what holds for all of them. */

import { createRequire } from 'node:module';
import { Command } from 'commander';
import { addBridgeCommand } from './commands/bridge.js';
import { addCompletion } from './commands/completion.js';
import { addDevCommand, addPlayCommand } from './commands/playing.js';
import { addRenderCommand } from './commands/render.js';
import { addSynthdefCommand } from './commands/synthdef.js';
import { addToolCommands } from './commands/tools.js';
import { exitCodes, exitCodesHelp } from './exitCodes.js';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

/** @param onExitCode - Called with the exit code of the command when it has ended. */
export function createProgram(onExitCode: (code: number) => void): Command {
  const program = new Command('react-collider')
    .description("React for SuperCollider's audio server: plays and renders JSX compositions.")
    .version(version)
    .showSuggestionAfterError()
    .showHelpAfterError('(react-collider --help lists commands and options)')
    .addHelpText(
      'after',
      `
Examples:
  $ react-collider new my-piece
  $ react-collider dev song.tsx
  $ react-collider render song.tsx -o song.wav --duration 60
  $ react-collider doctor
${exitCodesHelp('done; the help of each command says more')}`,
    )
    .exitOverride((error) => {
      process.exit(error.exitCode === 0 ? exitCodes.ok : exitCodes.usage);
    });

  addPlayCommand(program, onExitCode);
  addDevCommand(program, onExitCode);
  addRenderCommand(program, onExitCode);
  addSynthdefCommand(program, onExitCode);
  addBridgeCommand(program, onExitCode);
  addToolCommands(program, onExitCode);
  addCompletion(program);
  return program;
}
