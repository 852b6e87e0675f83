import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { drawPianoRoll, drawSpectrogram, drawWaveform } from '../../src/node.js';
import { TEXT } from '../../src/picture/canvas.js';
import { LETTER_HEIGHT, pixelsOf, widthOf } from '../../src/picture/font.js';
import { rowOf } from '../../src/picture/spectrogram.js';

const RATE = 48_000;

const sine = (frequency: number, seconds: number, amp = 0.5) =>
  Float32Array.from(
    { length: seconds * RATE },
    (_, frame) => amp * Math.sin((2 * Math.PI * frequency * frame) / RATE),
  );

/** A picture's pixels as [red, green, blue]. */
function pixels(png: Uint8Array) {
  const { width, height, data } = decode(png);
  const at = (x: number, y: number): number[] =>
    Array.from({ length: 3 }, (_, color) => data[(y * width + x) * 3 + color]!);
  return {
    width,
    height,
    at,
    /** 1 for each pixel of the colour of texts. */
    lit: (): Uint8Array => {
      const lit = new Uint8Array(width * height);
      for (let index = 0; index < lit.length; index++)
        lit[index] = Number(TEXT.every((value, color) => data[index * 3 + color] === value));
      return lit;
    },
    brightness: (x: number, y: number) => at(x, y).reduce((sum, value) => sum + value, 0),
  };
}

const background = [16, 16, 24];

test('a waveform is as high as its samples, and red beyond full scale', () => {
  const half = sine(100, 1, 0.5);
  const loud = sine(100, 1, 1.5);
  const samples = new Float32Array(3 * RATE);
  samples.set(half, 0);
  samples.set(loud, 2 * RATE);
  const picture = pixels(
    drawWaveform({ sampleRate: RATE, channels: [samples] }, { width: 300, height: 101 }),
  );
  expect([picture.width, picture.height]).toEqual([300, 101]);
  expect(picture.at(50, 20)).toEqual(background); // 0.5 is a quarter of the height from the middle
  expect(picture.at(50, 28)).not.toEqual(background);
  expect(picture.at(150, 40)).toEqual(background); // silence
  expect(picture.at(250, 3)).toEqual([255, 80, 80]);
});

test('each channel has a lane', () => {
  const channels = [sine(100, 1), new Float32Array(RATE)];
  const picture = pixels(drawWaveform({ sampleRate: RATE, channels }, { width: 100, height: 200 }));
  expect(picture.at(50, 40)).not.toEqual(background);
  expect(picture.at(50, 140)).toEqual(background);
});

test('a sine is a line in the spectrogram, where its frequency is, for as long as it sounds', () => {
  const samples = new Float32Array(2 * RATE);
  samples.set(sine(1000, 1));
  const height = 200;
  const picture = pixels(drawSpectrogram({ sampleRate: RATE, channels: [samples] }, { width: 100, height }));
  const brightest = Array.from({ length: height }, (_, y) => picture.brightness(25, y));
  const row = brightest.indexOf(Math.max(...brightest));
  expect(Math.abs(row - rowOf(1000, height, RATE))).toBeLessThanOrEqual(1);
  expect(picture.brightness(25, row)).toBeGreaterThan(400);
  expect(picture.brightness(75, row)).toBeLessThan(10);
  expect(picture.brightness(25, rowOf(4000, height, RATE))).toBeLessThan(60);
});

test('a piano roll has a bar for each note, from when to when', () => {
  const note = { amp: 0.5, def: 'beep', name: undefined };
  const picture = pixels(
    drawPianoRoll(
      [
        { ...note, time: 0, end: 1, pitch: 60 },
        { ...note, time: 1, end: 2, pitch: 72 },
      ],
      2,
      { width: 200, height: 170 },
    ),
  );
  // 58 to 74 are 17 rows of ten pixels, 74 the topmost.
  expect(picture.at(50, 140)).toEqual([110, 190, 255]);
  expect(picture.at(150, 140)).toEqual(background);
  expect(picture.at(150, 20)).toEqual([110, 190, 255]);
  expect(picture.at(50, 20)).toEqual(background);
});

test.each([0, 1.5, Number.NaN, 100_000])('a picture cannot be %d pixels wide', (width) => {
  expect(() => drawPianoRoll([], 1, { width })).toThrowError(
    expect.objectContaining({
      code: 'invalid-argument',
      message: `A picture cannot be ${width} × 400: whole numbers of pixels, up to 32768 each way.`,
    }),
  );
});

/** Where a text is written in a picture of the usual size, as its top left corner. */
function placeOf(picture: ReturnType<typeof pixels>, text: string) {
  const { width, height } = picture;
  const lit = litPixels.get(picture) ?? picture.lit();
  litPixels.set(picture, lit);
  const right = width - 2 * widthOf(text);
  const wanted = [...pixelsOf(text)].map(([x, y]) => 2 * y * width + 2 * x);
  for (let top = 0; top < height - 2 * LETTER_HEIGHT; top++) {
    for (let left = 0; left < right; left++) {
      const corner = top * width + left;
      if (wanted.every((offset) => lit[corner + offset])) return { left, top };
    }
  }
  return undefined;
}

/** Pixels of the colour of texts, by picture: a picture is searched for many texts. */
const litPixels = new WeakMap<object, Uint8Array>();

test('a waveform says its name, its channels, seconds, and what its colours are', () => {
  const channels = [sine(100, 2, 1.5), sine(100, 2, 0.1)];
  const picture = pixels(drawWaveform({ sampleRate: RATE, channels }, { title: 'Dröhn.wav' }));
  for (const text of ['Drohn.wav', 'out 1', 'out 2', '0.5', 'samples', 'RMS', 'above full scale'])
    expect(placeOf(picture, text), text).toBeDefined();
  const [one, two] = [placeOf(picture, '0.2')!, placeOf(picture, '1.6')!];
  expect(two.top).toBeGreaterThan(370);
  expect(two.left).toBeGreaterThan(one.left + 1000);
});

test('a spectrogram says which frequencies are where, and how loud its colours are', () => {
  const picture = pixels(drawSpectrogram({ sampleRate: RATE, channels: [sine(1000, 2)] }));
  const label = placeOf(picture, '1k')!;
  const brightest = Array.from({ length: 400 }, (_, y) => picture.brightness(800, y));
  // From below the colours at the top.
  const row = brightest.indexOf(Math.max(...brightest.slice(30)), 30);
  expect(Math.abs(label.top + LETTER_HEIGHT - row)).toBeLessThanOrEqual(4);
  for (const text of ['Hz', '50', '10k', '-100', '0 dB', '1.8', 's'])
    expect(placeOf(picture, text), text).toBeDefined();
});

test('a piano roll names pitches, minutes and voices; those without room are counted', () => {
  const note = { amp: 0.5, time: 0, end: 1 };
  const names = ['lead', 'a bass of many words', 'drums', 'pad', 'another pad', 'bells', 'voices', 'wind'];
  const notes = names.map((name, index) => ({ ...note, def: 'beep', name, pitch: 48 + 2 * index }));
  const picture = pixels(
    drawPianoRoll([...notes, { ...note, def: 'kick', name: undefined, pitch: undefined }], 120),
  );
  for (const text of ['pitch', 'C3', 'C4', 'none', '0:10', '1:40', 'min:s', 'lead', 'drums', '+ 5'])
    expect(placeOf(picture, text), text).toBeDefined();
  expect(placeOf(picture, 'wind')).toBeUndefined();
  expect(placeOf(picture, 'C3')!.top).toBeGreaterThan(placeOf(picture, 'C4')!.top + 50);
});

test('a small picture is all plot', () => {
  const samples = sine(100, 1, 1);
  const small = drawWaveform(
    { sampleRate: RATE, channels: [samples] },
    { width: 100, height: 60, title: 'x' },
  );
  expect(pixels(small).at(0, 30)).not.toEqual(background);
});
