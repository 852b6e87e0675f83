/** `play` and `dev`: what the command line takes, and its help. */

import { type Command, Option } from 'commander';
import { exitCodesHelp } from '../exitCodes.js';
import type { PlayOptions } from '../play/playOptions.js';
import { configHelp, notNegative, port, positive } from './arguments.js';
import { eventsHelp } from './eventsHelp.js';

/** @param onExitCode - Called with the exit code of the command when it has ended. */
export function addPlayCommand(program: Command, onExitCode: (code: number) => void): void {
  playing(program.command('play'))
    .description('Play a composition: a .tsx, .ts, .jsx or .js file whose default export is a component.')
    .addHelpText(
      'after',
      `
Examples:
  $ react-collider play song.tsx
  $ react-collider play song.tsx --engine embedded --duration 10 --record song.wav
  $ react-collider play song.tsx --engine scsynth --print-osc
${eventsHelp}
${exitCodesHelp('played until the time was over, or until q')}`,
    )
    .action(async (file: string, options: PlayOptions) => {
      const { play } = await import('../play/play.js');
      onExitCode(await play(file, options));
    });
}

/** @param onExitCode - Called with the exit code of the command when it has ended. */
export function addDevCommand(program: Command, onExitCode: (code: number) => void): void {
  playing(program.command('dev'))
    .description('Play a composition and take over every save: state, synths and phase stay.')
    .option('--crossfade <seconds>', 'fade edited definitions into each other (default: 0)', notNegative)
    .option(
      '--quant <beats>',
      'make saves heard at the next multiple of these beats (default: at once)',
      positive,
    )
    .option('--devtools [port]', "connect to React's DevTools, npx react-devtools (default port: 8097)", port)
    .addHelpText(
      'after',
      `
Examples:
  $ react-collider dev song.tsx
  $ react-collider dev song.tsx --engine embedded --print-osc
  $ react-collider dev song.tsx --crossfade 0.5
  $ react-collider dev song.tsx --quant 4 --crossfade 0.5
  $ react-collider dev song.tsx --devtools
  $ react-collider dev song.tsx --json
${eventsHelp}
${exitCodesHelp('played until q')}`,
    )
    .action(async (file: string, options: PlayOptions) => {
      const { dev } = await import('../play/dev.js');
      onExitCode(await dev(file, options));
    });
}

/** Arguments and options of all commands that play. */
function playing(command: Command): Command {
  return command
    .argument('<file>', 'the composition')
    .addOption(
      new Option(
        '-e, --engine <engine>',
        'auto: scsynth where it is installed and boots, else the embedded engine (default: auto)',
      ).choices(['auto', 'scsynth', 'supernova', 'embedded']),
    )
    .option('-d, --duration <seconds>', 'stop after this time', positive)
    .option('-r, --record <file>', 'record what is played to a WAV file')
    .option(
      '--plain',
      'print lines in a terminal, too, instead of drawing a screen (there, ? lists the keys)',
    )
    .option('--print-osc', "print each commit's messages, as lines")
    .option('--json', 'print events as JSON, one a line: see below')
    .option('--latency <seconds>', 'from a commit to the moment when it sounds (default: 0.2)', notNegative)
    .option('--port <n>', 'port of the server (default: a free one)', port)
    .option('--scsynth <path>', 'executable of scsynth (default: $SCSYNTH, PATH, the usual places)')
    .option('--supernova <path>', 'executable of supernova (default: $SUPERNOVA, PATH, the usual places)')
    .option('--device <name>', 'sound device')
    .option('--config <file>', configHelp);
}
