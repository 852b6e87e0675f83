/**
 * The command line: what can be said, and what is done for it.
 */

import { createRequire } from 'node:module';
import tab from '@bomb.sh/tab/commander';
import { Command, InvalidArgumentError, Option } from 'commander';
import { addBridgeCommand } from './bridgeCommand.js';
import { eventsHelp } from './eventsHelp.js';
import { exitCodes, exitCodesHelp } from './exitCodes.js';
import type { PlayOptions } from './playOptions.js';
import type { RenderOptions } from './renderComposition.js';
import type { SynthdefOptions } from './synthdefCommand.js';
import { addToolCommands } from './toolCommands.js';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

/** @param onExitCode - Told the exit code of the command that ran. */
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
${exitCodesHelp('done: each command says what that is')}`,
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

/** `completion SHELL` prints a script; what that asks at each Tab is answered by `complete`, which help does not list. */
function addCompletion(program: Command): void {
  tab(program, { completionCommandName: 'completion' });
  const command = program.commands.find((each) => each.name() === 'completion')!;
  command.description('Print a script that completes commands and options in your shell.').addHelpText(
    'after',
    `
Examples:
  $ source <(react-collider completion bash)       in ~/.bashrc
  $ source <(react-collider completion zsh)        in ~/.zshrc
  $ react-collider completion fish > ~/.config/fish/completions/react-collider.fish`,
  );
}

function addPlayCommand(program: Command, onExitCode: (code: number) => void): void {
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
${exitCodesHelp('played until the time was over, or it was told to stop by q')}`,
    )
    .action(async (file: string, options: PlayOptions) => {
      const { play } = await import('./play.js');
      onExitCode(await play(file, options));
    });
}

function addDevCommand(program: Command, onExitCode: (code: number) => void): void {
  playing(program.command('dev'))
    .description('Play a composition and take over every save: state, synths and phase stay.')
    .option('--crossfade <seconds>', 'fade edited definitions into each other (default: 0)', notNegative)
    .option('--devtools [port]', "connect to React's DevTools, npx react-devtools (default port: 8097)", port)
    .addHelpText(
      'after',
      `
Examples:
  $ react-collider dev song.tsx
  $ react-collider dev song.tsx --engine embedded --print-osc
  $ react-collider dev song.tsx --crossfade 0.5
  $ react-collider dev song.tsx --devtools
  $ react-collider dev song.tsx --json
${eventsHelp}
${exitCodesHelp('played until it was told to stop by q')}`,
    )
    .action(async (file: string, options: PlayOptions) => {
      const { dev } = await import('./dev.js');
      onExitCode(await dev(file, options));
    });
}

const configHelp = 'options that are not given here (default: the nearest react-collider.config.ts)';

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

function addRenderCommand(program: Command, onExitCode: (code: number) => void): void {
  program
    .command('render')
    .description('Render a composition to a sound file, faster than it plays.')
    .argument('<file>', 'the composition')
    .requiredOption('-o, --output <file>', 'the sound file, such as out.wav, out.aiff or out.flac')
    .option('-d, --duration <seconds>', 'length of the file', positive)
    .addOption(new Option('--until-silent', 'to the last sound').conflicts('duration'))
    .addOption(
      new Option(
        '-e, --engine <engine>',
        'auto: scsynth where it is installed, else the embedded engine, wav and aiff only (default: auto)',
      ).choices(['auto', 'scsynth', 'supernova', 'embedded']),
    )
    .option('--sample-rate <hertz>', 'default: 48000', whole(1000, 768_000, 'hertz'))
    .option('--channels <n>', 'default: 2', whole(1, 128, 'channels'))
    .option('--sample-format <format>', 'int16, int24, int32 or float (default: float)')
    .option('--header-format <format>', "kind of file (default: by the file's ending)")
    .option('--input <file>', 'a sound file to be heard on the inputs')
    .option('--seed <n>', 'of all random numbers (default: 1)', whole(0, 0xff_ffff, 'a seed'))
    .option('--stems', 'a file for each named group at the top: out-drums.wav')
    .option('--waveform <png>', 'a picture of the waveform')
    .option('--spectrogram <png>', 'a picture of the spectrum over time')
    .option('--piano-roll <png>', 'a picture of the notes')
    .option('--score <file>', 'the score: .osc for scsynth -N, or .json')
    .option('-w, --watch', 'render again whenever a save has changed the score, until Ctrl-C')
    .option('--json', 'print events as JSON, one a line')
    .option('--scsynth <path>', 'executable of scsynth')
    .option('--supernova <path>', 'executable of supernova')
    .option('--config <file>', configHelp)
    .addHelpText(
      'after',
      `
Examples:
  $ react-collider render song.tsx -o song.wav --duration 60
  $ react-collider render song.tsx -o song.flac --until-silent --sample-format int24 --spectrogram song.png
  $ react-collider render song.tsx -o song.wav --duration 60 --stems
  $ react-collider render song.tsx -o song.wav --duration 60 --watch
${exitCodesHelp('rendered to the end')}`,
    )
    .action(async (file: string, options: RenderOptions) => {
      const { render } = await import('./renderCommand.js');
      onExitCode(await render(file, options));
    });
}

function addSynthdefCommand(program: Command, onExitCode: (code: number) => void): void {
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
      const { synthdef } = await import('./synthdefCommand.js');
      onExitCode(await synthdef(file, options));
    });
}

const whole =
  (least: number, most: number, what: string) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most && text.trim() !== '') return value;
    throw new InvalidArgumentError(`It is a whole number (${what}) from ${least} to ${most}.`);
  };

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value)))
    throw new InvalidArgumentError('It is a number of seconds over 0.');
  return value;
}

function notNegative(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && Number.isFinite(value)) || text.trim() === '')
    throw new InvalidArgumentError('It is a number of seconds from 0 up.');
  return value;
}

function port(text: string): number {
  const value = Number(text);
  if (!(Number.isInteger(value) && value >= 1 && value <= 65_535))
    throw new InvalidArgumentError('It is a whole number from 1 to 65535.');
  return value;
}
