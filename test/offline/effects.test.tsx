/** Effects as they are heard: levels, nesting, bypass, tails and changes of the definition. */

import { join } from 'node:path';
import { type ReactNode, useState } from 'react';
import { describe, expect, test } from 'vitest';
import { At, Effect, Synth, Transport, useBeat } from '../../src/index.js';
import { renderToFile } from '../../src/node.js';
import { CombL, DC, In, Out, SinOsc, synthDef } from '../../src/synthdef/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { readSound } from '../listen/listen.js';
import { engines } from '../setup/servers.js';

const steady = synthDef('steady', { out: 0, level: 0.5 }, (c) => {
  Out.ar(c.out, DC.ar(1).mul([c.level, c.level.neg()]));
});
const uneven = synthDef('uneven', { out: 0 }, (c) => {
  Out.ar(c.out, DC.ar([0.25, 0.5]));
});
const tone = synthDef('tone', { out: 0 }, (c) => {
  Out.ar(c.out, SinOsc.ar(220).mul([0.25, 0.25]));
});
const gain = synthDef('gain', { in: 0, out: 0, level: 1 }, (c) => {
  Out.ar(c.out, In.ar(c.in, 2).mul(c.level));
});
const mono = synthDef('mono', { in: 0, out: 0 }, (c) => {
  Out.ar(c.out, In.ar(c.in, 1).mul(0.5));
});
const monoIn = synthDef('monoIn', { in: 0, out: 0 }, (c) => {
  const input = In.ar(c.in, 1);
  Out.ar(c.out, [input, input]);
});
const echo = synthDef('echo', { in: 0, out: 0 }, (c) => {
  Out.ar(c.out, CombL.ar(In.ar(c.in, 2), 0.2, 0.1, 2));
});

async function hear(piece: ReactNode, duration: number, engine = engines[0]!) {
  const path = join(temporaryFolder(), 'take.wav');
  await renderToFile(piece, { path, engine, duration, sampleRate: 48_000 });
  return readSound(path).channels;
}

const decibels = (level: number): number => 20 * Math.log10(Math.abs(level));

const pieces: Readonly<
  Record<string, { readonly piece: ReactNode; readonly levels: readonly [number, number] }>
> = {
  gain: {
    piece: (
      <Effect def={gain} level={0.5}>
        <Synth def={steady} />
      </Effect>
    ),
    levels: [0.25, -0.25],
  },
  nested: {
    piece: (
      <Effect def={gain} level={0.5}>
        <Effect def={gain} level={0.5}>
          <Synth def={steady} />
        </Effect>
      </Effect>
    ),
    levels: [0.125, -0.125],
  },
  beside: {
    piece: (
      <>
        <Effect def={gain} level={0.5}>
          <Synth def={steady} />
        </Effect>
        <Synth def={steady} />
      </>
    ),
    levels: [0.75, -0.75],
  },
  mix: {
    piece: (
      <Effect def={gain} level={0} mix={0.25}>
        <Synth def={steady} />
      </Effect>
    ),
    levels: [0.375, -0.375],
  },
  bypass: {
    piece: (
      <Effect def={gain} level={0.1} bypass>
        <Synth def={steady} />
      </Effect>
    ),
    levels: [0.5, -0.5],
  },
  'two channels into one, which are mixed': {
    piece: (
      <Effect def={monoIn}>
        <Synth def={uneven} />
      </Effect>
    ),
    levels: [0.375, 0.375],
  },
  'one channel, for each': {
    piece: (
      <Effect def={mono}>
        <Synth def={steady} />
      </Effect>
    ),
    levels: [0.25, -0.25],
  },
};

describe.each(engines)('%s', (engine) => {
  test.each(Object.entries(pieces))('the level behind an effect is that of theory: %s', async (_, {
    piece,
    levels,
  }) => {
    const channels = await hear(piece, 0.3, engine);
    for (const [index, level] of levels.entries()) {
      const heard = channels[index]![12_000]!;
      expect(Math.sign(heard)).toBe(Math.sign(level));
      expect(Math.abs(decibels(heard) - decibels(level))).toBeLessThan(0.1);
    }
  });

  test('the tail of an effect is heard to its end, and then nothing is left', async () => {
    const piece = (
      <Transport bpm={60}>
        <At beat={0} length={0.5}>
          <Effect def={echo}>
            <Synth def={tone} exit="free" />
          </Effect>
        </At>
      </Transport>
    );
    const [left] = await hear(piece, 6, engine);
    const loudest = (from: number, to: number) =>
      Math.max(...left!.subarray(from * 48_000, to * 48_000).map(Math.abs));
    expect(loudest(0.1, 0.5)).toBeGreaterThan(0.2);
    // 60 dB less after two seconds: the echoes are heard until they are below -80 dB.
    expect(loudest(0.6, 0.8)).toBeGreaterThan(0.05);
    expect(loudest(2, 2.2)).toBeGreaterThan(0.0005);
    expect(loudest(5, 6)).toBe(0);
  });

  test('another definition takes over without a step', async () => {
    function Piece() {
      const [level, set] = useState(false);
      useBeat(1, ({ index }) => index === 1 && set(true));
      return (
        <Effect def={level ? mono : gain}>
          <Synth def={steady} />
        </Effect>
      );
    }
    const [left] = await hear(
      <Transport bpm={120}>
        <Piece />
      </Transport>,
      1,
      engine,
    );
    let step = 0;
    for (let frame = 4_800; frame < 48_000; frame++)
      step = Math.max(step, Math.abs(left![frame]! - left![frame - 1]!));
    // 0.5 to 0.25 in 50 ms: a step is no larger than the slope of both fades.
    expect(step).toBeLessThan(0.001);
    expect(left![20_000]).toBeCloseTo(0.5, 4);
    expect(left![47_000]).toBeCloseTo(0.25, 4);
  });
});
