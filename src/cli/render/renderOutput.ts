/** Output of `render`, for people and for programs. */

import { basename } from 'node:path';
import { SingleBar } from 'cli-progress';
import type { Rendered, RenderedFile } from 'react-collider/node';
import { describeFailure, exitCodeOf } from '../failure.js';

export interface RenderOutput {
  progress(done: number): void;
  /** The progress is over, for whatever reason. */
  end(): void;
  rendered(rendered: Rendered, seconds: number): void;
  wrote(path: string): void;
  note(text: string): void;
  /** `--watch`: files were saved, and the score is the same as before. */
  unchanged(files: readonly string[]): void;
  failed(error: unknown, file: string | undefined): void;
}

export function textOutput(): RenderOutput {
  const print = (text: string) => process.stdout.write(`${text}\n`);
  // Only a terminal can have a line drawn over; a file has the results alone.
  const bar = process.stderr.isTTY
    ? new SingleBar({
        format: '{bar} {percentage} % · {left} left',
        barCompleteChar: '█',
        barIncompleteChar: '░',
        hideCursor: true,
        clearOnComplete: true,
      })
    : undefined;
  let start: number | undefined;
  return {
    progress(done) {
      if (!bar) return;
      start ??= performance.now();
      const elapsed = (performance.now() - start) / 1000;
      const left = done > 0 ? formatTime((elapsed / done) * (1 - done)) : '?';
      if (!bar.isActive) bar.start(1000, 0, { left });
      bar.update(Math.floor(done * 1000), { left });
    },
    end: () => bar?.stop(),
    rendered({ engine, files }, seconds) {
      print(engine);
      for (const { path, duration } of files) {
        print(`${basename(path)} · ${duration.toFixed(2)} s, rendered in ${seconds.toFixed(2)} s`);
      }
      for (const file of files) {
        const note = clipping(file);
        if (note !== undefined) print(note);
      }
    },
    wrote: (path) => print(basename(path)),
    note: print,
    unchanged: (files) => print(`${files.join(', ')} changed · the score did not, nothing is rendered`),
    failed: (error, file) => process.stderr.write(`${describeFailure(error, file)}\n`),
  };
}

/** Warns of a level that players and files of integers cut off. */
function clipping({ path, peak }: RenderedFile): string | undefined {
  if (!peak?.isClipped) return undefined;
  const where = `at ${peak.time.toFixed(2)} s on channel ${peak.channel + 1}`;
  return peak.decibels > 0
    ? `Note: ${basename(path)} peaks ${peak.decibels.toFixed(1)} dB above full scale, ${where}: it will be clipped when it is played. Turn it down by as much.`
    : `Note: ${basename(path)} is clipped, first ${where}. Turn it down; --sample-format float says by how much.`;
}

const formatTime = (seconds: number): string =>
  seconds < 60
    ? `${Math.ceil(seconds)} s`
    : `${Math.floor(seconds / 60)} min ${String(Math.ceil(seconds % 60)).padStart(2, '0')} s`;

export function jsonOutput(): RenderOutput {
  const print = (event: object) => process.stdout.write(`${JSON.stringify(event)}\n`);
  let last = -1;
  return {
    progress(done) {
      const percent = Math.floor(done * 100);
      if (percent === last) return;
      last = percent;
      print({ event: 'progress', percent });
    },
    end: () => {},
    rendered: ({ engine, files }, seconds) => print({ event: 'rendered', engine, files, seconds }),
    wrote: (path) => print({ event: 'wrote', path }),
    note: (text) => print({ event: 'note', text }),
    unchanged: (files) => print({ event: 'unchanged', files }),
    failed: (error, file) =>
      print({
        event: 'error',
        code: (error as { code?: unknown }).code ?? null,
        message: error instanceof Error ? error.message : String(error),
        file: file ?? null,
        exitCode: exitCodeOf(error),
      }),
  };
}
