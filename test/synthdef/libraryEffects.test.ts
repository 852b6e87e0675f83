/** The effects of the library: levels, the dry signal, and what each does. */

import { describe, expect, test } from 'vitest';
import { HPF, In, LPF, Out, SinOsc, synthDef, WhiteNoise } from '../../src/synthdef/index.js';
import { compressor, limit } from '../../src/synthdef/library/index.js';
import { levelsBelowPeak, part, peak } from '../listen/listen.js';
import {
  between,
  decibels,
  effects,
  get,
  hear,
  isNumeric,
  offset,
  once,
  type Pair,
  rms,
  slice,
  synth,
} from './libraryRenderings.js';

const SOURCE = 200;
const noiseSource = synthDef('noiseSource', { out: 0, level: 0.3 }, (c) => {
  Out.ar(c.out, LPF.ar(HPF.ar(WhiteNoise.ar([c.level, c.level]), 100), 5000));
});
const tones = synthDef('tones', { out: 0, level: 0.2, freq: 440 }, (c) => {
  Out.ar(c.out, SinOsc.ar([c.freq, c.freq.mul(1.5)]).mul(c.level));
});
const copy = synthDef('copy', { in: 0, out: 0 }, (c) => {
  Out.ar(c.out, In.ar(c.in, 2));
});

const mixing = effects.filter((name) => get(name)!.description.controls.some(({ name }) => name === 'mix'));

/** The largest difference of two sounds. */
const difference = (a: Pair, b: Pair): number =>
  Math.max(
    ...a.channels.map((samples, channel) =>
      samples.reduce(
        (most, sample, index) => Math.max(most, Math.abs(sample - b.channels[channel]![index]!)),
        0,
      ),
    ),
  );

describe('with noise', () => {
  // Pairs: the source, each effect with its defaults; the source is there for 1 s.
  const rendered = once(() =>
    hear(
      effects.length + 1,
      2,
      between(0, 1, synth(noiseSource, { out: SOURCE })),
      synth(copy, { in: SOURCE, out: 0 }),
      ...effects.map((name, index) => synth(get(name)!, { in: SOURCE, out: 2 * index + 2 })),
    ),
  );

  test.each(
    effects.map((name, index) => [name, index] as const),
  )('%s keeps the level within 8 dB, without an offset', async (_, index) => {
    const [source, ...sounds] = await rendered();
    const sound = sounds[index]!;
    expect(isNumeric(sound)).toBe(true);
    expect(peak(sound)).toBeLessThan(1);
    expect(offset(sound)).toBeLessThan(0.001);
    const change = decibels(rms(slice(sound, 0.1, 1)) / rms(slice(source!, 0.1, 1)));
    expect(Math.abs(change)).toBeLessThan(8);
  });

  test.each([
    'reverb',
    'plate',
    'delay',
    'pingPong',
  ])('%s goes on after its input, and dies away', async (name) => {
    const sound = (await rendered())[effects.indexOf(name) + 1]!;
    expect(peak(slice(sound, 1.2, 1.5))).toBeGreaterThan(0.002);
    expect(rms(slice(sound, 1.7, 2))).toBeLessThan(rms(slice(sound, 0.7, 1)) / 2);
  });
});

describe('the dry signal', () => {
  const { length } = mixing;
  // Pairs: the source, each effect beside its input, each effect in the place of its input.
  const rendered = once(() =>
    hear(
      2 * length + 1,
      1,
      synth(tones, { out: SOURCE }),
      synth(copy, { in: SOURCE, out: 0 }),
      ...mixing.flatMap((name, index) => {
        const place = 2 * (length + index) + 2;
        return [
          synth(get(name)!, { in: SOURCE, out: 2 * index + 2, mix: 0 }),
          synth(copy, { in: SOURCE, out: place }),
          synth(get(name)!, { in: place, out: place, mix: 0 }),
        ];
      }),
    ),
  );

  test.each(
    mixing.map((name, index) => [name, index] as const),
  )('%s with mix 0 passes it once, also where it replaces its input', async (_, index) => {
    const [source, ...sounds] = await rendered();
    // 0.1 dB of 0.2 is 0.0023; the fade at the beginning is over after 10 ms.
    for (const sound of [sounds[index]!, sounds[length + index]!]) {
      expect(difference(slice(sound, 0.1, 1), slice(source!, 0.1, 1))).toBeLessThan(0.0023);
    }
  });

  test('it comes back when an effect that replaced it is released', async () => {
    const [source, sound] = await hear(
      2,
      1,
      synth(tones, { out: 0 }),
      synth(copy, { in: 0, out: 2 }),
      between(0, 0.5, synth(get('filter')!, { in: 2, out: 2, cutoff: 100 })),
    );
    expect(rms(slice(sound!, 0.2, 0.45))).toBeLessThan(0.02);
    expect(difference(slice(sound!, 0.6, 1), slice(source!, 0.6, 1))).toBeLessThan(0.0001);
  });
});

/** What comes out of an effect that processes tones of 440 and 660 Hz, or of another level and frequency. */
async function through(name: string, controls: object, input: object = {}): Promise<readonly [Pair, Pair]> {
  const [before, behind] = await hear(
    2,
    1,
    synth(tones, { out: 0, ...input }),
    synth(get(name)!, { in: 0, out: 2, ...controls }),
  );
  return [slice(before!, 0.3, 1), slice(behind!, 0.3, 1)];
}

/** Decibels between the tones and what comes out, for many settings in one rendering. */
async function gains(name: string, ...settings: readonly (readonly [controls: object, input?: object])[]) {
  const sounds = await hear(
    2 * settings.length,
    1,
    ...settings.flatMap(([controls, input], index) => [
      synth(tones, { out: 4 * index, ...input }),
      synth(get(name)!, { in: 4 * index, out: 4 * index + 2, ...controls }),
    ]),
  );
  const level = (index: number): number => rms(slice(sounds[index]!, 0.3, 1));
  return settings.map((_, index) => decibels(level(2 * index + 1) / level(2 * index)));
}

describe('what they do', () => {
  test('eq: each band has its gain, and 0 dB changes nothing', async () => {
    const [flat, low, first, second, high] = await gains(
      'eq',
      [{}],
      [{ lowGain: 12, lowFreq: 400 }, { freq: 50 }],
      [{ peak1Gain: -12, peak1Freq: 520, peak1Rq: 4 }],
      [{ peak2Gain: 6, peak2Freq: 520, peak2Rq: 4 }],
      [{ highGain: 12, highFreq: 1000 }, { freq: 8000 }],
    );
    expect(flat).toBeCloseTo(0, 1);
    expect(low).toBeCloseTo(12, 0);
    expect(first).toBeCloseTo(-12, 0);
    expect(second).toBeCloseTo(6, 0);
    expect(high).toBeCloseTo(12, 0);
  });

  test('filter: the three types', async () => {
    const [lowOpen, low, highOpen, high, bandOpen, band] = await gains(
      'filter',
      [{ type: 0, cutoff: 4000, rq: 1 }],
      [{ type: 0, cutoff: 60, rq: 1 }],
      [{ type: 1, cutoff: 60, rq: 1 }],
      [{ type: 1, cutoff: 4000, rq: 1 }],
      [{ type: 2, cutoff: 520, rq: 2 }],
      [{ type: 2, cutoff: 8000, rq: 0.2 }],
    );
    expect(lowOpen).toBeCloseTo(0, 0);
    expect(low).toBeLessThan(-25);
    expect(highOpen).toBeCloseTo(0, 0);
    expect(high).toBeLessThan(-25);
    expect(bandOpen).toBeGreaterThan(-3);
    expect(band).toBeLessThan(-20);
  });

  test('compressor: a level over the threshold falls by the ratio', async () => {
    const [loud, quiet, raised] = await gains(
      'compressor',
      // A tone of -6 dB is 18 dB over: a quarter is 4.5 dB, and 13.5 dB less.
      [{ threshold: -24, ratio: 4, release: 0.3 }, { level: 0.5 }],
      [{ threshold: -6 }, { level: 0.1 }],
      [{ threshold: -6, makeup: 6 }, { level: 0.1 }],
    );
    expect(loud).toBeGreaterThan(-14.5);
    expect(loud).toBeLessThan(-11.5);
    expect(quiet).toBeCloseTo(0, 1);
    expect(raised).toBeCloseTo(6, 1);
  });

  test('compressor: another bus makes room for itself', async () => {
    const [, ducked] = await hear(
      2,
      1,
      synth(tones, { out: 0, level: 0.1 }),
      between(0, 0.5, synth(tones, { out: SOURCE, level: 0.9 })),
      synth(compressor, { in: 0, out: 2, sidechain: SOURCE, threshold: -20, ratio: 10, release: 0.05 }),
    );
    expect(decibels(rms(slice(ducked!, 0.2, 0.45)) / rms(slice(ducked!, 0.8, 1)))).toBeLessThan(-12);
  });

  test('limit: nothing gets above its level', async () => {
    const [, behind] = await through('limit', { level: 0.3 }, { level: 0.9 });
    expect(peak(behind)).toBeLessThan(0.301);
    expect(limit.description.hasGate).toBe(true);
  });

  test('gateNoise: what is quiet is taken away, and what is loud stays', async () => {
    const [loud, quiet] = await gains(
      'gateNoise',
      [{ threshold: -30 }, { level: 0.2 }],
      [{ threshold: -30 }, { level: 0.01 }],
    );
    expect(loud).toBeCloseTo(0, 1);
    expect(quiet).toBeLessThan(-50);
  });

  test('drive and bitCrusher add harmonics', async () => {
    const harmonics = async (name: string, controls: object): Promise<number> => {
      const [, { channels, sampleRate }] = await through(name, controls);
      return levelsBelowPeak(channels[0], sampleRate, [1320])[0]!;
    };
    expect(await harmonics('drive', { drive: 0.01 })).toBeLessThan(-35);
    expect(await harmonics('drive', { drive: 30 })).toBeGreaterThan(-15);
    expect(await harmonics('bitCrusher', { bits: 3, rate: 24_000 })).toBeGreaterThan(-30);
  });

  test('tremolo and autoPan move the level, autoPan in turns', async () => {
    const blocks = (sound: Pair, channel: 0 | 1): number[] =>
      Array.from({ length: 14 }, (_, index) => {
        const samples = part(sound, index * 0.05, (index + 1) * 0.05, channel);
        return Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
      });
    const [, trembling] = await through('tremolo', { rate: 2, depth: 1 });
    expect(Math.min(...blocks(trembling, 0))).toBeLessThan(Math.max(...blocks(trembling, 0)) / 5);
    const [, panned] = await through('autoPan', { rate: 2, depth: 1 });
    const [left, right] = [blocks(panned, 0), blocks(panned, 1)];
    const quietest = left.indexOf(Math.min(...left));
    expect(right[quietest]!).toBeGreaterThan(left[quietest]! * 4);
  });

  test('pingPong: echoes come from left and right in turns, each quieter', async () => {
    const [sound] = await hear(
      1,
      1,
      between(0, 0.02, synth(tones, { out: SOURCE, level: 0.5 })),
      synth(get('pingPong')!, { in: SOURCE, out: 0, mix: 1, time: 0.2, feedback: 0.5, cutoff: 18_000 }),
    );
    const level = (echo: number, channel: 0 | 1): number =>
      part(sound!, 0.2 * echo - 0.05, 0.2 * echo + 0.1, channel).reduce(
        (most, x) => Math.max(most, Math.abs(x)),
        0,
      );
    expect(level(1, 0)).toBeGreaterThan(0.2);
    expect(level(1, 1)).toBeLessThan(0.001);
    expect(level(2, 1) / level(1, 0)).toBeCloseTo(0.5, 1);
    expect(level(2, 0)).toBeLessThan(0.001);
    expect(level(3, 0) / level(1, 0)).toBeCloseTo(0.25, 1);
  });

  test('plate: its decay is the time to 60 dB less', async () => {
    const [sound] = await hear(
      1,
      3,
      between(0, 0.5, synth(noiseSource, { out: SOURCE })),
      synth(get('plate')!, { in: SOURCE, out: 0, mix: 1, decay: 2, damp: 0 }),
    );
    const fall = decibels(rms(slice(sound!, 0.7, 1)) / rms(slice(sound!, 1.7, 2)));
    expect(fall).toBeGreaterThan(22);
    expect(fall).toBeLessThan(40);
  });
});
