/** Rendering a composition into the files that a command line names. */

import { basename, extname, resolve } from 'node:path';
import { type ComponentType, createElement } from 'react';
import {
  drawPianoRoll,
  drawSpectrogram,
  drawWaveform,
  midiFileOf,
  notesOf,
  type RenderToFileOptions,
  readSoundFile,
  renderToFile,
  stemPath,
} from 'react-collider/node';
import type { Configured } from '../config.js';
import { exitCodes } from '../exitCodes.js';
import { CliError } from '../failure.js';
import { writeOutput } from '../writeOutput.js';
import type { RenderOutput } from './renderOutput.js';

/** Options of `render`. */
export interface RenderOptions {
  readonly output: string;
  readonly duration?: number;
  readonly untilSilent?: boolean;
  readonly engine?: NonNullable<RenderToFileOptions['engine']>;
  readonly sampleRate?: number;
  readonly channels?: number;
  readonly headerFormat?: string;
  readonly sampleFormat?: string;
  readonly input?: string;
  readonly seed?: number;
  readonly stems?: boolean;
  readonly score?: string;
  readonly midi?: string;
  readonly waveform?: string;
  readonly spectrogram?: string;
  readonly pianoRoll?: string;
  readonly json?: boolean;
  readonly scsynth?: string;
  readonly supernova?: string;
  readonly config?: string;
  readonly watch?: boolean;
}

/** Options that decide what the score is. */
export function scoreOptions(options: Configured<RenderOptions>): Omit<RenderToFileOptions, 'path'> {
  const { untilSilent, server, synthDefs, seed } = options;
  return {
    duration: untilSilent ? 'until-silent' : lengthOf(options),
    sampleRate: options.sampleRate ?? server?.sampleRate,
    channels: options.channels ?? server?.numOutputBusChannels,
    server,
    synthDefs,
    seed,
  };
}

export async function renderComposition(
  component: ComponentType,
  options: Configured<RenderOptions>,
  output: RenderOutput,
  signal: AbortSignal,
): Promise<void> {
  const { engine, stems, score, midi, waveform, spectrogram, pianoRoll } = options;
  const path = resolve(options.output);
  const start = performance.now();
  const rendered = await renderToFile(createElement(component), {
    ...scoreOptions(options),
    path,
    engine,
    executable: engine === 'supernova' ? options.supernova : options.scsynth,
    headerFormat: options.headerFormat,
    sampleFormat: options.sampleFormat,
    input: options.input === undefined ? undefined : resolve(options.input),
    stems,
    signal,
    onProgress: (done) => output.progress(done),
  });
  output.end();
  output.rendered(rendered, (performance.now() - start) / 1000);
  const { score: written, files } = rendered;
  if (written.duration > 1 && written.entries.every(({ time }) => time === 0)) output.note(NOTHING_HAPPENS);
  if (score !== undefined) {
    const isJson = extname(score).toLowerCase() === '.json';
    await save(score, isJson ? JSON.stringify(written) : written.toBytes(), output);
  }
  if (midi !== undefined) await save(midi, midiFileOf(written), output);
  if (pianoRoll !== undefined) {
    await save(
      pianoRoll,
      drawPianoRoll(notesOf(written), written.duration, { title: basename(path) }),
      output,
    );
  }
  if (waveform === undefined && spectrogram === undefined) return;
  for (const file of files) {
    const sound = await readSoundFile(file.path);
    const title = basename(file.path);
    const named = (picture: string) => (file.stem === undefined ? picture : stemPath(picture, file.stem));
    if (waveform !== undefined) await save(named(waveform), drawWaveform(sound, { title }), output);
    if (spectrogram !== undefined) await save(named(spectrogram), drawSpectrogram(sound, { title }), output);
  }
}

/** A piece of timers looks like this: it plays, and stands still when it is rendered. */
const NOTHING_HAPPENS =
  'Note: nothing happens after the beginning. Timers (setTimeout, setInterval) do not run in the time of a piece that is ' +
  'rendered; useBeat and useBeatValue do.';

function lengthOf({ duration }: RenderOptions): number {
  if (duration !== undefined) return duration;
  throw new CliError(
    'How long? Say --duration SECONDS, or --until-silent for a piece that comes to an end.',
    exitCodes.usage,
  );
}

async function save(path: string, content: string | Uint8Array, output: RenderOutput): Promise<void> {
  await writeOutput(path, content);
  output.wrote(path);
}
