/** The examples that count beats, rendered: when their notes begin, which pitches they have, and that one hears it. */

import { join } from 'node:path';
import { type ComponentType, createElement } from 'react';
import { describe, expect, test } from 'vitest';
import Canon from '../../examples/canon.js';
import Drift from '../../examples/drift.js';
import Generative from '../../examples/generative.js';
import KickAndHat from '../../examples/kick-and-hat.js';
import Polymetre from '../../examples/polymetre.js';
import Song from '../../examples/song.js';
import { pitchToHertz } from '../../src/index.js';
import { type Length, notesOf, renderToFile, renderToScore, type ScoreNote } from '../../src/node.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { frequencyOf, levelsBelowPeak, part, peak, readSound } from '../listen/listen.js';
import { engines } from '../setup/servers.js';

const folder = temporaryFolder();

async function perform(piece: ComponentType, duration: Length, seed = 1) {
  const score = await renderToScore(createElement(piece), { duration, seed });
  const notes = notesOf(score);
  return {
    score,
    notes,
    /** Times and pitches of what has a name or a synthdef. */
    of: (name: string) =>
      notes
        .filter((note) => note.name === name || note.def === name)
        .map(({ time, pitch }) => [round(time), pitch === undefined ? undefined : round(pitch)]),
  };
}

const round = (value: number) => Number(value.toFixed(4));

async function sound(piece: ComponentType, duration: Length, channels = 2) {
  const path = join(folder, `${piece.name}.wav`);
  await renderToFile(createElement(piece), { path, duration, channels, engine: engines[0] });
  const heard = readSound(path);
  expect(peak(heard)).toBeLessThan(0.9);
  return heard;
}

/** How much louder 10 ms are than the 10 ms before, both high-passed, in decibels. */
function rise(heard: Awaited<ReturnType<typeof sound>>, time: number): number {
  const energy = (from: number) => {
    const samples = part(heard, from, from + 0.01);
    let sum = 1e-9;
    for (let index = 1; index < samples.length; index++) sum += (samples[index]! - samples[index - 1]!) ** 2;
    return sum;
  };
  return 10 * Math.log10(energy(time) / energy(Math.max(0, time - 0.0105)));
}

describe('drift', () => {
  test('four voices enter one after another, and what moves them never stands still', async () => {
    const { of } = await perform(Drift, 9);
    expect(of('pad').map(([time]) => time)).toEqual([0, 2, 4, 6]);
    const { channels, sampleRate } = await sound(Drift, 9);
    const level = (from: number) =>
      Math.max(...channels[0]!.slice(from * sampleRate, (from + 1) * sampleRate).map(Math.abs));
    expect(level(8)).toBeGreaterThan(0.05);
    expect(level(8)).not.toBeCloseTo(level(7), 3);
  });
});

describe('kick-and-hat', () => {
  const beat = 60 / 124;
  test('has a kick on each beat, a clap on two and four, and hats that swing', async () => {
    const { of } = await perform(KickAndHat, 8 * beat);
    const kicks = [0, 1, 2, 3, 4, 5, 6, 7].map((index) => round(index * beat));
    expect(of('kick').map(([time]) => time)).toEqual(kicks);
    expect(of('clap').map(([time]) => time)).toEqual([1, 3, 5, 7].map((index) => round(index * beat)));
    // Of two sixteenths the first takes 58 %: the second one is at 0.29 instead of 0.25 beats.
    const hats = of('hat').map(([time]) => Number(((time as number) / beat).toFixed(3)));
    expect(hats.slice(0, 11)).toEqual([0, 0.5, 0.79, 1.29, 1.5, 2, 2.29, 2.79, 3, 3.5, 3.79]);
  });

  test('is heard so: each kick is a rise of the sound within two milliseconds', async () => {
    const heard = await sound(KickAndHat, 4 * beat);
    for (const index of [1, 2, 3]) expect(rise(heard, index * beat)).toBeGreaterThan(5);
    expect(rise(heard, 0.29 * beat)).toBeLessThan(2); // the second sixteenth is a rest
  });
});

describe('canon', () => {
  const beat = 60 / 132;
  const melody = [
    [0, 60],
    [1, 62],
    [2, 64],
    [3, 60],
    [4, 60],
    [5, 62],
    [6, 64],
    [7, 60],
    [8, 64],
    [9, 65],
    [10, 67],
  ];
  test('has the melody in each voice, two bars after the one before, and comes to an end', async () => {
    const { of, notes, score } = await perform(Canon, 'until-silent');
    for (const voice of [0, 1, 2]) {
      const found = of(`voice ${voice + 1}`);
      expect(found).toHaveLength(32);
      expect(found.slice(0, 11)).toEqual(
        melody.map(([at, pitch]) => [round((at! + 8 * voice) * beat), pitch]),
      );
    }
    expect(notes).toHaveLength(96);
    // The last note sounds for 0.8 of its two beats, and is released in 0.2 s.
    expect(score.duration).toBeCloseTo(47.6 * beat + 0.2, 1);
  });

  test('is heard so: the first voice alone, then two in harmony', async () => {
    const heard = await sound(Canon, 12 * beat);
    const at = (from: number, notes: readonly number[]) =>
      levelsBelowPeak(
        part(heard, from * beat + 0.02, from * beat + 0.3),
        heard.sampleRate,
        notes.map(frequencyOf),
      );
    expect(at(1, [62])[0]).toBeGreaterThan(-1);
    expect(at(1, [60.5, 63.5]).every((level) => level < -15)).toBe(true);
    // Beat 10: G in the first voice, E in the second.
    expect(at(10, [67, 64]).every((level) => level > -9)).toBe(true);
  });
});

describe('polymetre', () => {
  const beat = 60 / 150;
  test('has loops of three, four and five beats, the last in sextuplets', async () => {
    const { of } = await perform(Polymetre, 11.9 * beat);
    const beats = (name: string) =>
      of(name).map(([time, pitch]) => [Number(((time as number) / beat).toFixed(3)), pitch]);
    expect(beats('three').filter(([, pitch]) => pitch === 72)).toEqual([
      [0, 72],
      [3, 72],
      [6, 72],
      [9, 72],
    ]);
    expect(beats('four').filter(([, pitch]) => pitch === 60)).toEqual([
      [0, 60],
      [4, 60],
      [8, 60],
    ]);
    expect(beats('five').slice(0, 8)).toEqual([
      [0, 48],
      [0.833, 48],
      [1.667, 55],
      [2.5, 48],
      [3.333, 48],
      [4.167, 55],
      [5, 48],
      [5.833, 48],
    ]);
  });

  test('is heard so: in its stems', async () => {
    const path = join(folder, 'polymetre.wav');
    const options = { path, duration: 5 * beat, stems: true, engine: 'embedded' } as const;
    const { files } = await renderToFile(<Polymetre />, options);
    expect(files.map(({ stem }) => stem)).toEqual([undefined, 'five', 'four', 'three']);
    const five = readSound(files[1]!.path);
    for (const index of [1, 2, 3, 4, 5]) expect(rise(five, (index * 5 * beat) / 6)).toBeGreaterThan(10);
    const level = levelsBelowPeak(
      part(five, (2 * 5 * beat) / 6 + 0.02, (2 * 5 * beat) / 6 + 0.14),
      five.sampleRate,
      [frequencyOf(55)],
    );
    expect(level[0]).toBeGreaterThan(-1);
  });
});

describe('generative', () => {
  const bells = (notes: readonly ScoreNote[]) =>
    notes.filter(({ def }) => def === 'bell').map(({ time, pitch }) => [round(time), round(pitch!)]);

  test('is the same with the same seed, another with another, and always in the scale', async () => {
    const [first, second, other] = [
      await perform(Generative, 20, 7),
      await perform(Generative, 20, 7),
      await perform(Generative, 20, 8),
    ];
    expect(bells(second.notes)).toEqual(bells(first.notes));
    expect(bells(other.notes)).not.toEqual(bells(first.notes));
    expect(bells(first.notes).length).toBeGreaterThan(30);
    for (const [time, pitch] of bells(first.notes)) {
      expect([0, 3, 5, 7, 10]).toContain((pitch! - 57 + 120) % 12);
      // Half beats of 96 bpm.
      expect(Math.abs((time! / 0.3125) % 1) < 0.001 || Math.abs((time! / 0.3125) % 1) > 0.999).toBe(true);
    }
  });

  test('is heard so: each bell at its pitch', async () => {
    const { notes } = await perform(Generative, 4);
    const heard = await sound(Generative, 4);
    for (const [time, pitch] of bells(notes).slice(0, 5)) {
      const [level] = levelsBelowPeak(part(heard, time! + 0.01, time! + 0.2), heard.sampleRate, [
        frequencyOf(pitch!),
      ]);
      expect(level).toBeGreaterThan(-14); // the bass and earlier bells sound on
    }
  });
});

describe('song', () => {
  // From beat 14 to 16 the tempo goes from 100 to 120: 60/10 · ln(1.2) seconds for two beats.
  const chorus = 14 * 0.6 + 6 * Math.log(1.2);
  const secondVerse = chorus + 16 * 0.5;

  test('has verse and chorus at their tempos', async () => {
    const { of, score } = await perform(Song, 'until-silent');
    const melody = of('melody');
    expect(melody.slice(0, 3)).toEqual([
      [0, 69],
      [0.6, 72],
      [1.2, 71],
    ]);
    expect(melody.filter(([time]) => (time as number) >= chorus - 1e-3).slice(0, 3)).toEqual([
      [round(chorus), 72],
      [round(chorus + 0.25), 72],
      [round(chorus + 0.5), 74],
    ]);
    expect(of('bass').map(([, pitch]) => pitch)).toEqual([
      45, 41, 48, 40, 41, 48, 43, 45, 45, 41, 48, 40, 41, 48, 43, 45,
    ]);
    expect(of('bass')[8]![0]).toBeCloseTo(secondVerse, 3);
    expect(score.duration).toBeCloseTo(2 * secondVerse, 0);
  });

  test('opens its filter by a step each quarter of a beat', async () => {
    const { score } = await perform(Song, 3);
    const steps = score
      .toJSON()
      .bundles.flatMap(({ time, messages }) =>
        messages
          .filter(([address, , name]) => address === '/n_set' && name === 'cutoff')
          .map(([, , , value]) => [round(time), value]),
      );
    const cutoff = (step: number) => pitchToHertz(60 + (step * 3.75) / 16);
    expect(steps.slice(0, 3)).toEqual([
      [0.15, cutoff(1)],
      [0.3, cutoff(2)],
      [0.45, cutoff(3)],
    ]);
  });

  test('is heard so: each note of the melody begins when it should', async () => {
    const heard = await sound(Song, chorus + 2);
    for (const [time, note] of [
      [0.6, 72],
      [1.2, 71],
      [chorus + 0.5, 74],
    ]) {
      const [level, before] = [time! + 0.02, time! - 0.2].map(
        (from) => levelsBelowPeak(part(heard, from, from + 0.15), heard.sampleRate, [frequencyOf(note!)])[0],
      );
      expect(level).toBeGreaterThan(-12);
      expect(level! - before!).toBeGreaterThan(6);
    }
  });
});
