/** A thousand impulses at random beats with tempo ramps, and where each belongs. */

import { At, Synth, seededRandom, Transport, tempo } from '../../src/index.js';
import { click } from './offlineDefs.js';

const random = seededRandom('a thousand impulses');

/**
 * Random beats that go up and lie within `length` beats.
 *
 * @param least - The smallest distance, where the largest is `least` + 1 and all are scaled alike.
 */
export function randomBeats(count: number, length: number, least = 0.01): number[] {
  const gaps = Array.from({ length: count }, () => least + random.number());
  const scale = length / gaps.reduce((sum, gap) => sum + gap, 0);
  let beat = 0;
  return gaps.map((gap) => {
    beat += gap * scale;
    return beat;
  });
}

/** 120 bpm to beat 16, evenly up to 240 at beat 48, 90 from there, and evenly down to 30 from 64 to 80. */
const ramps = tempo([0, 120], [16, 120, 'ramp'], [48, 240], [48.001, 90], [64, 90, 'ramp'], [80, 30]);

export const Impulses = ({ beats }: { readonly beats: readonly number[] }) => (
  <Transport bpm={ramps}>
    {beats.map((beat) => (
      <At key={beat} beat={beat}>
        <Synth def={click} />
      </At>
    ))}
  </Transport>
);

/** Seconds from beat 0, from the integrals of the tempos, written out. */
export function secondsOf(beat: number): number {
  const steady = (from: number, bpm: number) => ((beat - from) * 60) / bpm;
  const ramp = (from: number, bpm: number, slope: number, to = beat) =>
    (60 / slope) * Math.log(1 + (slope * (to - from)) / bpm);
  if (beat <= 16) return steady(0, 120);
  if (beat <= 48) return 8 + ramp(16, 120, 120 / 32);
  const at48 = 8 + ramp(16, 120, 120 / 32, 48);
  if (beat <= 48.001) return at48 + steady(48, 240);
  const at48001 = at48 + (0.001 * 60) / 240;
  if (beat <= 64) return at48001 + steady(48.001, 90);
  const at64 = at48001 + ((64 - 48.001) * 60) / 90;
  if (beat <= 80) return at64 + ramp(64, 90, -60 / 16);
  return at64 + ramp(64, 90, -60 / 16, 80) + steady(80, 30);
}

/** Where samples are beyond a threshold. */
export function onsets(samples: Float32Array, threshold = 0.1): number[] {
  const frames: number[] = [];
  for (let frame = 0; frame < samples.length; frame++) {
    if (Math.abs(samples[frame]!) > threshold) frames.push(frame);
  }
  return frames;
}
