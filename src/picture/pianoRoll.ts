import type { Seconds } from '../units.js';
import { BACKGROUND, between, type Color, type PictureOptions } from './canvas.js';
import { Plot } from './plot.js';

/** As much of a note as is drawn. */
export interface DrawnNote {
  /** Start, in seconds. */
  readonly time: Seconds;
  /** End, in seconds. */
  readonly end: Seconds;
  /** MIDI note number; what has none stands in a row of its own at the bottom. */
  readonly pitch: number | undefined;
  /** Amplitude; louder notes are brighter. */
  readonly amp: number | undefined;
  /** Name of its definition. */
  readonly def: string;
  /** Name of its element, where it has one. */
  readonly name: string | undefined;
}

/** One for each name or synthdef. */
const COLORS: readonly Color[] = [
  [110, 190, 255],
  [255, 170, 90],
  [130, 220, 140],
  [240, 120, 160],
  [190, 150, 255],
  [240, 220, 110],
];

/**
 * A picture of notes: time from left to right, pitch from bottom to top, a colour for each voice, the louder the
 * brighter. Lines stand at round times and below each C, and the names of the voices above.
 *
 * @returns The bytes of a PNG file.
 */
export function drawPianoRoll(
  notes: readonly DrawnNote[],
  duration: Seconds,
  options: PictureOptions = {},
): Uint8Array {
  const plot = new Plot(options);
  const pitches = notes.flatMap(({ pitch }) => (pitch === undefined ? [] : [pitch]));
  const lowest = Math.floor(Math.min(60, ...pitches)) - 2;
  const highest = Math.ceil(Math.max(60, ...pitches)) + 2;
  const row = plot.height / (highest - lowest + 1);
  const y = (pitch: number) => Math.floor((highest - pitch) * row);
  plot.timeAxis(duration);
  for (let c = Math.ceil(lowest / 12) * 12; c <= highest; c += 12) {
    // The line stands below its row, as a keyboard has one between B and C; the name in the row.
    plot.levelLine(y(c - 0.5), '');
    plot.levelLine(y(c), `C${c / 12 - 1}`, false);
  }
  if (pitches.length < notes.length) plot.levelLine(y(lowest), 'none', false);
  const voices = [...new Set(notes.map(voiceOf))];
  const colorOf = (voice: string): Color => COLORS[voices.indexOf(voice) % COLORS.length]!;
  const x = (time: Seconds) => Math.floor((time / duration) * plot.width);
  for (const note of notes) {
    const loudness = Math.max(0.35, Math.min(1, 0.3 + 2 * (note.amp ?? 0.3)));
    const top = y((note.pitch ?? lowest) + 0.45);
    const bottom = Math.max(top + 1, y((note.pitch ?? lowest) - 0.45));
    // A gap of a pixel keeps one note from the next on the same pitch.
    const end = Math.max(x(note.time) + 1, x(note.end) - 1);
    plot.fill(x(note.time), top, end, bottom, between(BACKGROUND, colorOf(voiceOf(note)), loudness));
  }
  plot.levelUnit('pitch');
  plot.legend(voices.map((voice) => ({ text: voice, color: colorOf(voice) })));
  return plot.toPng();
}

const voiceOf = ({ name, def }: DrawnNote): string => name ?? def;
