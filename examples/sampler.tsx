/**
 * A sampler: a struck bar at three pitches, made of samples of ours, and a melody across three octaves.
 *
 * Shows: an instrument from a map of notes to samples, velocity layers, and where it goes: `<Pattern def>`, `<Note def>`.
 *
 * Run: npx react-collider play examples/sampler.tsx       Stop: Ctrl-C
 */

import { Effect, Loop, Note, Pattern, Transport } from 'react-collider';
import { plate, presets } from 'react-collider/library';
import { bind, inf, rand, seq } from 'react-collider/patterns';
import { useSampler } from 'react-collider/sampler';

const SAMPLE_RATE = 48_000;

/** A struck bar: partials that die away, the higher the sooner. A hard mallet has more of the high ones. */
const bar = (freq: number, hardness: number) => ({
  data: Float32Array.from({ length: 2 * SAMPLE_RATE }, (_, frame) => {
    const time = frame / SAMPLE_RATE;
    const partials = [1, 2.76, 5.4, 8.93].map(
      (partial, index) =>
        Math.sin(2 * Math.PI * freq * partial * time) * Math.exp(-time * 3 * partial) * hardness ** index,
    );
    return 0.6 * partials.reduce((sum, value) => sum + value);
  }),
  sampleRate: SAMPLE_RATE,
  once: true,
});

const layers = (freq: number) => [
  { ...bar(freq, 0.2), velocity: [0, 0.6] as const },
  { ...bar(freq, 0.7), velocity: [0.6, 1] as const },
];

const bars = { A3: layers(220), A4: layers(440), A5: layers(880) };

const melody = bind({
  scale: [0, 2, 4, 7, 9],
  degree: seq([0, 2, 4, 3, 5, rand([6, 7, 8])], inf),
  velocity: rand([0.4, 0.55, 0.9], inf),
  amp: 0.25,
  dur: 0.5,
});

export default function Bars() {
  const instrument = useSampler(bars, { name: 'bars' });
  return (
    <Transport bpm={96}>
      <Effect def={plate} {...presets.plate.vocal}>
        <Pattern values={melody} def={instrument} />
        <Loop beats={8}>
          <Note def={instrument} pitch="C3" velocity={1} length={4} />
        </Loop>
      </Effect>
    </Transport>
  );
}
