/** The definitions of the library that play buffers, and convolution. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReactNode } from 'react';
import { describe, expect, test } from 'vitest';
import { encodeSoundFile } from '../../src/engine/soundfile/encodeSoundFile.js';
import { At, Effect, Synth, useBuffer } from '../../src/index.js';
import { convolution, grains, pluck, sine, wavetable, wavetables } from '../../src/synthdef/library/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { levelsBelowPeak } from '../listen/listen.js';
import { listen, peakOf, pitchOf, RATE, sines } from '../sampler/samples.js';
import { engines, freshServer } from '../setup/servers.js';

const shapes = wavetables([[1], [0, 1], [1, 0, 1 / 3, 0, 1 / 5]]);
const recording = sines([440], 1);

function Voices(): ReactNode {
  const [tables, sound] = [useBuffer({ data: shapes }), useBuffer({ data: recording })];
  return [0, 0.5, 1].map((position, index) => (
    <At key={position} length={1}>
      <Synth def={wavetable} buf={tables} freq={220} position={position} out={2 * index} release={0.05} />
      <Synth def={grains} buf={sound} freq={660} position={position / 2} out={6 + 2 * index} release={0.05} />
    </At>
  ));
}

const sound = await listen(<Voices />, 1.2, { channels: 12 });
const offset = (channel: number): number =>
  Math.abs(sound.channels[channel]!.subarray(0, RATE).reduce((sum, sample) => sum + sample, 0)) / RATE;

test('wavetable: from table to table, near -12 dBFS, in tune, without an offset, silent after its release', () => {
  expect([0, 2, 4].map((channel) => Math.round(pitchOf(sound, 0.3, 0.9, channel) / 10))).toEqual([
    22, 44, 22,
  ]);
  for (const channel of [0, 2, 4]) {
    expect(peakOf(sound, 0, 1, channel)).toBeGreaterThan(0.16);
    expect(peakOf(sound, 0, 1, channel)).toBeLessThan(0.31);
    expect(offset(channel)).toBeLessThan(0.001);
    expect(peakOf(sound, 1.1, 1.2, channel)).toBe(0);
  }
  const [pure] = levelsBelowPeak(sound.channels[0]!.subarray(0.3 * RATE, 0.9 * RATE), RATE, [330]);
  const [second, third] = levelsBelowPeak(
    sound.channels[4]!.subarray(0.3 * RATE, 0.9 * RATE),
    RATE,
    [440, 660],
  );
  expect(pure).toBeLessThan(-60);
  expect(second).toBeLessThan(-50);
  expect(Math.abs(third! + 9.5)).toBeLessThan(1.5);
});

test('grains: near -12 dBFS, in tune, without an offset, silent after its release', () => {
  for (const channel of [6, 8, 10]) {
    expect(Math.abs(pitchOf(sound, 0.2, 0.9, channel) - 660)).toBeLessThan(8);
    expect(Math.max(peakOf(sound, 0, 1, channel), peakOf(sound, 0, 1, channel + 1))).toBeGreaterThan(0.12);
    expect(peakOf(sound, 0, 1, channel)).toBeLessThan(0.5);
    expect(offset(channel)).toBeLessThan(0.001);
    expect(peakOf(sound, 1.1, 1.2, channel)).toBe(0);
    expect(sound.channels[channel]!.every(Number.isFinite)).toBe(true);
  }
});

test.each<[string, () => unknown, RegExp]>([
  ['no tables', () => wavetables([]), /wavetables needs a table/],
  ['no harmonics', () => wavetables([[1], []]), /table 1 is \[\]. It has the amplitudes of harmonics/],
  ['no number', () => wavetables([[Number.NaN]]), /table 0 is \[NaN\]/],
])('wavetables with %s', (_, make, message) => {
  expect(make).toThrow(message);
});

describe('convolution', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'impulse.wav');
  // Left: as it was, 4,800 frames later. Right: half as loud, 9,600 frames later.
  const samples = new Float32Array(2 * 12_000);
  samples[2 * 4_800] = 1;
  samples[2 * 9_600 + 1] = 0.5;
  writeFileSync(path, encodeSoundFile({ sampleRate: RATE, channels: 2, samples }, 'wav', 'float'));

  function Room(): ReactNode {
    const left = useBuffer({ impulse: path });
    const right = useBuffer({ impulse: path, channel: 1 });
    return (
      <Effect def={convolution} left={left} right={right} gain={0} mix={1} tail={1}>
        <At length={0.05}>
          <Synth def={sine} attack={0.001} release={0.01} />
        </At>
      </Effect>
    );
  }

  test.each(engines)('on %s each side is heard through its own response', async (engine) => {
    const sound = await listen(<Room />, 0.4, { engine });
    const onset = (channel: number): number =>
      sound.channels[channel]!.findIndex((sample) => Math.abs(sample) > 0.01) / RATE;
    // PartConv is late by less than its 2,048 frames.
    expect(onset(0)).toBeGreaterThan(0.1);
    expect(onset(0)).toBeLessThan(0.145);
    expect(onset(1) - onset(0)).toBeCloseTo(0.1, 2);
    expect(peakOf(sound, 0, 0.4, 0)).toBeCloseTo(0.21, 1);
    expect(peakOf(sound, 0, 0.4, 1) / peakOf(sound, 0, 0.4, 0)).toBeCloseTo(0.5, 1);
  });

  test.each<[string, object, RegExp]>([
    ['no path', { impulse: '' }, /useBuffer: impulse is "", not the path of a sound file/],
    ['a channel', { impulse: path, channel: -1 }, /impulse.wav" could not be loaded. channel is -1/],
    ['a size', { impulse: path, fftSize: 1000 }, /could not be loaded. fftSize is 1000. It is a power of 2/],
  ])('%s that is wrong', async (_, source, message) => {
    function Wrong(): ReactNode {
      const left = useBuffer(source as never);
      return <Synth def={convolution} left={left} right={left} />;
    }
    await expect(listen(<Wrong />, 0.1)).rejects.toThrow(message);
  });

  test.each(engines)('without a buffer it is an error on %s, before anything is sent', async (engine) => {
    const message =
      /PartConv needs the impulse response in the control "left", which is not given. Give it the buffer/;
    await expect(listen(<Synth def={convolution} />, 0.1, { engine })).rejects.toThrow(message);
    const server = await freshServer(engine);
    await server.synthDefs.ensure(convolution);
    expect(() => server.nodes.synth(convolution)).toThrow(message);
    expect((await server.status()).synths).toBe(0);
  });

  test('a file that is not there', async () => {
    function Missing(): ReactNode {
      const impulse = useBuffer({ impulse: join(folder, 'gone.wav') });
      return <Synth def={pluck} freq={impulse.duration ?? 440} />;
    }
    await expect(listen(<Missing />, 0.1)).rejects.toThrow(
      /The impulse response of ".*gone.wav" could not be loaded/,
    );
  });
});
