/** Ramps of live values: what the server computes, against the ideal way at each sample. */

import { join } from 'node:path';
import type { ReactNode } from 'react';
import { describe, expect, test } from 'vitest';
import {
  type LiveValue,
  type RampCurve,
  Synth,
  Transport,
  tempo,
  useBeat,
  useDerived,
  useLiveValue,
  useTransport,
  type ValuePoint,
} from '../../src/index.js';
import { renderToFile } from '../../src/node.js';
import { audioRate, DC, Out, synthDef } from '../../src/synthdef/index.js';
import { curveAt } from '../../src/values/curve.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { readSound } from '../listen/listen.js';
import { engines, type TestEngine } from '../setup/servers.js';

/** Plays the values of its controls: of one at audio rate, and of one at control rate. */
const level = synthDef('level', { out: 0, fast: audioRate(0), slow: 0 }, (c) => {
  Out.ar(c.out, [c.fast, DC.ar(1).mul(c.slow)]);
});

const RATE = 48_000;

async function channelsOf(
  engine: TestEngine,
  piece: ReactNode,
  duration = 1,
): Promise<readonly Float32Array[]> {
  const path = join(temporaryFolder(), 'ramp.wav');
  await renderToFile(piece, { path, engine, duration, sampleRate: RATE });
  return readSound(path).channels;
}

/** The largest distance of samples from a function of their number. */
const farthest = (
  samples: Float32Array,
  ideal: (sample: number) => number,
  from = 0,
  to = samples.length,
) => {
  let worst = 0;
  for (let sample = from; sample < to; sample++)
    worst = Math.max(worst, Math.abs(samples[sample]! - ideal(sample)));
  return worst;
};

const between = (low: number, value: number, high: number) => Math.min(high, Math.max(low, value));

/** A value in both controls; `act` gets it at each beat. */
function Piece({
  first,
  act,
}: {
  readonly first: number;
  readonly act: (value: LiveValue, beat: number) => void;
}) {
  const value = useLiveValue(first);
  useBeat(1, ({ beat }) => act(value, beat));
  return <Synth def={level} fast={value} slow={value} />;
}

describe.each(engines)('%s, offline', (engine) => {
  test('a ramp is the ideal line to one float32 step at each sample', async () => {
    const [fast, slow] = await channelsOf(
      engine,
      // Beat 1 is in the middle of a control block.
      <Transport bpm={123}>
        <Piece first={3} act={(value, beat) => beat === 1 && value.ramp(103, { seconds: 0.25 })} />
      </Transport>,
    );
    const start = Math.round((60 / 123) * RATE);
    const ideal = (sample: number) => 3 + 100 * between(0, (sample - start) / 12_000, 1);
    const step = 2 ** -17; // of numbers from 64 to 128
    expect(farthest(fast!, ideal)).toBeLessThanOrEqual(step);
    // At control rate each block has the value of its first sample; a product with sound comes to that in the course of it.
    const size = engine === 'embedded' ? 128 : 64;
    for (let sample = size; sample < slow!.length; sample += size)
      expect(Math.abs(slow![sample]! - ideal(sample - size))).toBeLessThanOrEqual(2 * step);
  });

  test('each curve has its formula', async () => {
    const curves: readonly (readonly [RampCurve, from: number, to: number])[] = [
      ['exp', 20, 2000],
      ['sin', 0, 1],
      ['welch', 0, 1],
      ['welch', 1, 0],
      ['sqr', 0, 4],
      ['cub', 0, 8],
      ['hold', 1, 2],
      ['step', 1, 2],
      [4, 0, 1],
      [-4, 1, -1],
    ];
    const [fast] = await channelsOf(
      engine,
      <Transport bpm={450}>
        <Piece
          first={0}
          act={(value, beat) => {
            const [curve, from, to] = curves[beat - 1] ?? ['lin', 0, 0];
            value.set(from);
            value.ramp(to, { seconds: 0.1, curve });
          }}
        />
      </Transport>,
      1.5,
    );
    for (const [index, [curve, from, to]] of curves.entries()) {
      const start = 6400 * (index + 1);
      const ideal = (sample: number) =>
        sample === start ? from : curveAt(curve, from, to, Math.min(1, (sample - start) / 4800));
      // A jump may be two samples beside its time.
      const isJump = (sample: number) => curve === 'hold' && Math.abs(sample - start - 4800) <= 2;
      for (let sample = start + (curve === 'step' ? 2 : 0); sample < start + 6300; sample++) {
        const beside = Math.abs(fast![sample]! - ideal(sample)) / Math.max(1, Math.abs(to - from));
        if (beside > (curve === 'hold' ? 1e-4 : 2e-5) && !isJump(sample))
          expect([curve, sample - start, fast![sample]]).toEqual([curve, ideal(sample)]);
      }
    }
  });

  test('points have their times, also more of them than an envelope holds', async () => {
    const points: ValuePoint[] = Array.from({ length: 150 }, (_, index) => [
      0.003 * (index + 1),
      index % 2 ? 0 : 10,
    ]);
    const [fast] = await channelsOf(
      engine,
      // Envelopes follow each other at edges of control blocks, so that nothing is a block early.
      <Transport bpm={225}>
        <Piece first={0} act={(value, beat) => beat === 1 && value.follow(points)} />
      </Transport>,
    );
    const start = 12_800;
    const ideal = (sample: number) => {
      const way = between(0, (sample - start) / 144, 150);
      return way % 2 <= 1 ? 10 * (way % 2) : 10 * (2 - (way % 2));
    };
    // A line of 3 ms is off by a part of a sample where its length is a float32.
    expect(farthest(fast!, ideal)).toBeLessThan(0.001);
  });

  test('a ramp in the middle of another, a set and a stop begin where the value is', async () => {
    const seen: number[] = [];
    const [fast] = await channelsOf(
      engine,
      // Beats are at the edges of control blocks of all engines.
      <Transport bpm={450}>
        <Piece
          first={0}
          act={(value, beat) => {
            if (beat === 1) value.ramp(1, { seconds: 0.4 });
            if (beat === 2) seen.push(value.get());
            if (beat === 3) value.ramp(0, { seconds: 0.5, curve: -2 });
            if (beat === 5) value.stop();
            if (beat === 7) value.set(0.75);
            if (beat === 8) value.ramp(0.25, { seconds: 0.05, curve: 'exp' });
          }}
        />
      </Transport>,
    );
    const at = (beat: number) => beat * 6400;
    const stopped = curveAt(-2, 2 / 3, 0, 12_800 / 24_000);
    const ideal = (sample: number) => {
      if (sample < at(3)) return between(0, (sample - at(1)) / 19_200, 1);
      if (sample < at(5)) return curveAt(-2, 2 / 3, 0, (sample - at(3)) / 24_000);
      if (sample < at(7)) return stopped;
      return sample < at(8) ? 0.75 : curveAt('exp', 0.75, 0.25, Math.min(1, (sample - at(8)) / 2400));
    };
    expect(farthest(fast!, ideal)).toBeLessThan(1e-6);
    expect(seen[0]).toBeCloseTo(1 / 3, 10);
  });

  test('a change of tempo bends a ramp in beats, and so does a tempo that moves', async () => {
    function Faster() {
      const transport = useTransport();
      useBeat(1, ({ beat }) => beat === 2 && transport.setTempo(240));
      return null;
    }
    const inBeats = (value: LiveValue, beat: number) => beat === 1 && value.ramp(1, { beats: 2 });
    const [changed] = await channelsOf(
      engine,
      <Transport bpm={120}>
        <Piece first={0} act={inBeats} />
        <Faster />
      </Transport>,
      1.5,
    );
    const beat = (sample: number) => (sample < RATE ? sample / 24_000 : 2 + (sample - RATE) / 12_000);
    expect(farthest(changed!, (sample) => between(0, (beat(sample) - 1) / 2, 1))).toBeLessThan(1e-6);
    const map = tempo([0, 120], [1, 120, 'ramp'], [3, 240]);
    const [moving] = await channelsOf(
      engine,
      <Transport bpm={map}>
        <Piece first={0} act={inBeats} />
      </Transport>,
      1.5,
    );
    // 32 lines in place of the curve.
    expect(farthest(moving!, (sample) => between(0, (map.beatAt(sample / RATE) - 1) / 2, 1))).toBeLessThan(
      2e-4,
    );
  });

  test('a ramp in beats stands with its transport', async () => {
    const seen: number[] = [];
    function Stopping({ value }: { readonly value: LiveValue }) {
      const transport = useTransport();
      useBeat(1, ({ beat }) => {
        if (beat === 1) value.ramp(1, { beats: 2, transport });
        if (beat === 2) transport.pause();
      });
      return null;
    }
    function Whole() {
      const value = useLiveValue(0);
      useBeat(0.5, () => seen.push(value.get()));
      return (
        <>
          <Synth def={level} fast={value} slow={value} />
          <Transport bpm={225}>
            <Stopping value={value} />
          </Transport>
        </>
      );
    }
    const [fast] = await channelsOf(engine, <Whole />, 2);
    expect(farthest(fast!, (sample) => between(0, (sample - 12_800) / 25_600, 0.5))).toBeLessThan(1e-6);
    expect(seen[1]).toBeCloseTo(0.5, 10);
  });

  test('a derived value moves with its sources, in lines', async () => {
    function Derived() {
      const a = useLiveValue(0);
      const b = useLiveValue(1);
      const product = useDerived([a, b], (x, y) => x * x * y);
      useBeat(1, ({ beat }) => {
        if (beat === 1) a.ramp(1, { seconds: 12_800 / RATE });
        if (beat === 1) b.ramp(3, { seconds: 6400 / RATE });
      });
      return <Synth def={level} fast={product} slow={product} />;
    }
    const [fast] = await channelsOf(
      engine,
      <Transport bpm={225}>
        <Derived />
      </Transport>,
    );
    const ideal = (sample: number) => {
      const x = between(0, (sample - 12_800) / 12_800, 1);
      return x * x * between(1, 1 + 4 * x, 3);
    };
    expect(farthest(fast!, ideal)).toBeLessThan(1e-3);
  });
});
