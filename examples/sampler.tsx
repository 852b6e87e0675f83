/**
 * A sampler: one second of sound in a buffer, played at several speeds.
 *
 * Shows: a buffer made of samples. Its synths wait until it is loaded; each plays once, ends by itself,
 * and a new key makes the next one.
 *
 * Run: npx react-collider play examples/sampler.tsx       Stop: Ctrl-C
 */

import { Synth, useBeatValue, useBuffer } from 'react-collider';
import { sampler } from 'react-collider/library';

const SAMPLE_RATE = 48_000;

/** A struck bar: four partials that die away, the higher the sooner. */
const bar = Float32Array.from({ length: SAMPLE_RATE }, (_, frame) => {
  const time = frame / SAMPLE_RATE;
  const partials = [1, 2.76, 5.4, 8.93].map(
    (partial, index) =>
      Math.sin(2 * Math.PI * 220 * partial * time) * Math.exp(-time * 6 * partial) * 0.5 ** index,
  );
  return 0.5 * partials.reduce((sum, value) => sum + value);
});

/** Speeds: a pentatonic melody. */
const melody = [1, 9 / 8, 5 / 4, 3 / 2, 5 / 3, 3 / 2, 5 / 4, 9 / 8];

export default function Sampler() {
  const buffer = useBuffer({ data: bar }, 'bar');
  const step = useBeatValue(0.4); // a beat is a second, as long as no <Transport> says otherwise
  // The last three strokes: each rings on while the next one is played.
  return [step - 2, step - 1, step]
    .filter((stroke) => stroke >= 0)
    .map((stroke) => (
      <Synth key={stroke} def={sampler} buf={buffer} rate={melody[stroke % melody.length]!} amp={0.2} />
    ));
}
