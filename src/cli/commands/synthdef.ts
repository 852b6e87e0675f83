import type { Command } from 'commander';
import { exitCodesHelp } from '../exitCodes.js';
import type { SynthdefOptions } from '../tools/synthdef.js';

/** @param onExitCode - Called with the exit code of the command when it has ended. */
export function addSynthdefCommand(program: Command, onExitCode: (code: number) => void): void {
  program
    .command('synthdef')
    .description(
      'Compile, read, write and draw synthdefs: of a .ts or .js module, a .scsyndef or a .scd file.',
    )
    .argument('<file>', 'the module that exports them, or the file that holds them')
    .option('-o, --output <folder>', 'write each to a .scsyndef file in this folder')
    .option('--dump', 'list the units in the order in which they are computed')
    .option('--svg <file>', 'draw the graph')
    .option('--sclang <path>', 'executable of sclang, for .scd files (default: sclang)')
    .addHelpText(
      'after',
      `
Examples:
  $ react-collider synthdef voices.ts
  $ react-collider synthdef voices.ts -o synthdefs
  $ react-collider synthdef ping.scsyndef --dump --svg ping.svg
${exitCodesHelp('compiled, read, written and drawn')}`,
    )
    .action(async (file: string, options: SynthdefOptions) => {
      const { synthdef } = await import('../tools/synthdef.js');
      onExitCode(await synthdef(file, options));
    });
}
