import { type Command, Option } from 'commander';
import { exitCodesHelp } from '../exitCodes.js';
import type { RenderOptions } from '../render/renderComposition.js';
import { configHelp, positive, whole } from './arguments.js';

/** @param onExitCode - Called with the exit code of the command when it has ended. */
export function addRenderCommand(program: Command, onExitCode: (code: number) => void): void {
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
    .option('--midi <file>', 'the notes as a MIDI file')
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
  $ react-collider render song.tsx -o song.wav --duration 60 --midi song.mid
  $ react-collider render song.tsx -o song.wav --duration 60 --watch
${exitCodesHelp('rendered to the end')}`,
    )
    .action(async (file: string, options: RenderOptions) => {
      const { render } = await import('../render/render.js');
      onExitCode(await render(file, options));
    });
}
