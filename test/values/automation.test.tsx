/** Values that follow a timeline, a spring or a time. */

import { join } from 'node:path';
import type { ReactNode } from 'react';
import { describe, expect, test } from 'vitest';
import {
  At,
  Automation,
  Synth,
  Transport,
  useBeat,
  useLiveValue,
  useSmooth,
  useSpring,
  useTransport,
} from '../../src/index.js';
import { renderToFile } from '../../src/node.js';
import { audioRate, Out, synthDef } from '../../src/synthdef/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { readSound } from '../listen/listen.js';
import { engines } from '../setup/servers.js';

const level = synthDef('level', { out: 0, value: audioRate(0) }, (c) => Out.ar(c.out, c.value));
const RATE = 48_000;
/** Samples of a beat: whole control blocks of all engines. */
const BEAT = 12_800;

async function samplesOf(engine: (typeof engines)[number], piece: ReactNode): Promise<Float32Array> {
  const path = join(temporaryFolder(), 'moving.wav');
  const whole = <Transport bpm={225}>{piece}</Transport>;
  await renderToFile(whole, { path, engine, duration: 1.5, sampleRate: RATE });
  return readSound(path).channels[0]!;
}

function farthest(samples: Float32Array, ideal: (beat: number) => number, from = 0, to = 1.5 * RATE): number {
  let worst = 0;
  for (let sample = Math.ceil(from); sample < to; sample++)
    worst = Math.max(worst, Math.abs(samples[sample]! - ideal(sample / BEAT)));
  return worst;
}

describe.each(engines)('%s, offline', (engine) => {
  test('an automation has its number at each beat, also in a loop, after a seek and in an <At>', async () => {
    function Piece() {
      const [once, round, within] = [useLiveValue(9), useLiveValue(9), useLiveValue(9)];
      const transport = useTransport();
      useBeat(1, ({ beat }) => {
        if (beat === 4) transport.seek(1);
      });
      return (
        <>
          <Automation
            of={once}
            points={[
              [1, 2],
              [2, 4],
              [3, 1, 'step'],
            ]}
          />
          <Synth def={level} value={once} />
          <Automation
            of={round}
            points={[
              [0, 0],
              [0.5, 1],
              [1.5, 0],
            ]}
            loop
          />
          <Synth def={level} value={round} out={1} />
          <At beat={2} length={1}>
            <Automation
              of={within}
              points={[
                [0, 5],
                [1, 6],
              ]}
            />
            <Synth def={level} value={within} out={1} />
          </At>
        </>
      );
    }
    const path = join(temporaryFolder(), 'automation.wav');
    await renderToFile(
      <Transport bpm={225}>
        <Piece />
      </Transport>,
      { path, engine, duration: 1.5, sampleRate: RATE },
    );
    const [once, round] = readSound(path).channels;
    const sought = (beat: number) => (beat < 4 ? beat : beat - 3);
    const first = (beat: number) => (beat < 1 ? 2 : beat <= 2 ? 2 + 2 * (beat - 1) : 1);
    const isJump = (sample: number) => Math.abs(((sample + 2) % BEAT) - 2) <= 2;
    const wrong: unknown[] = [];
    for (let sample = 3; sample < 1.5 * RATE; sample++) {
      if (isJump(sample)) continue;
      const beat = sought(sample / BEAT);
      const turn = beat % 1.5;
      const wave = turn < 0.5 ? 2 * turn : 1.5 - turn;
      const inside = beat >= 2 && beat < 3 ? 5 + (beat - 2) : 0;
      // A loop that turns within a control block begins with it: half a block of the longest.
      const near = Math.abs(turn) < 0.02 || turn > 1.48 ? 0.02 : 1e-5;
      if (Math.abs(once![sample]! - first(beat)) >= 1e-5) wrong.push([sample, once![sample], first(beat)]);
      if (Math.abs(round![sample]! - wave - inside) >= near)
        wrong.push([sample, round![sample], wave + inside]);
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  test('a spring swings past its goal and stands there; its speed goes on when the goal changes', async () => {
    function Piece() {
      const goal = useLiveValue(0);
      const value = useSpring(goal, { stiffness: 900, damping: 12 });
      useBeat(1, ({ beat }) => {
        if (beat === 1) goal.set(1);
        if (beat === 2) goal.set(0);
      });
      return <Synth def={level} value={value} />;
    }
    const samples = await samplesOf(engine, <Piece />);
    const root = Math.sqrt(900 - 36);
    const wave = (seconds: number, distance: number, speed: number) =>
      Math.exp(-6 * seconds) *
      (distance * Math.cos(root * seconds) + ((speed + 6 * distance) / root) * Math.sin(root * seconds));
    const second = BEAT / RATE;
    const rise = (seconds: number) => 1 + wave(seconds, -1, 0);
    const speed = (rise(second + 1e-6) - rise(second)) / 1e-6;
    const ideal = (beat: number) => {
      if (beat < 1) return 0;
      return beat < 2 ? rise((beat - 1) * second) : wave((beat - 2) * second, rise(second), speed);
    };
    // 96 lines, and envelopes that follow each other within a control block.
    expect(farthest(samples, ideal)).toBeLessThan(0.05);
    expect(Math.max(...samples)).toBeGreaterThan(1.4);
    expect(samples.at(-1)).toBeCloseTo(0, 1);
  });

  test('a smooth value takes its time for each change, from where it is', async () => {
    function Piece() {
      const value = useLiveValue(0);
      const smooth = useSmooth(value, (2 * BEAT) / RATE);
      useBeat(1, ({ beat }) => {
        if (beat === 1) value.set(1);
        if (beat === 2) value.set(-0.5);
      });
      return <Synth def={level} value={smooth} />;
    }
    const samples = await samplesOf(engine, <Piece />);
    const ideal = (beat: number) => {
      if (beat < 2) return Math.max(0, (beat - 1) / 2);
      return 0.5 - Math.min(2, beat - 2) / 2;
    };
    expect(farthest(samples, ideal)).toBeLessThan(1e-5);
  });
});

test.each([
  [[], 'needs points'],
  [
    [
      [1, 0],
      [0, 1],
    ],
    'the points go up in time; point 2 is at 0',
  ],
  [
    [
      [0, 0],
      [1, 1, 'exp'],
    ],
    'an exponential way from 0 to 1 reaches or crosses 0',
  ],
  [
    [
      [0, 0],
      [1, 1, 'bend'],
    ],
    'there is no curve "bend"',
  ],
  [[[0, Number.NaN]], 'point 1 was given NaN'],
] as const)('the points %j are refused', async (points, message) => {
  function Piece() {
    const value = useLiveValue(0);
    return <Automation of={value} points={points as never} />;
  }
  const path = join(temporaryFolder(), 'never.wav');
  await expect(renderToFile(<Piece />, { path, engine: 'embedded', duration: 1 })).rejects.toThrow(message);
});
