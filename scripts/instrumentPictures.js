#!/usr/bin/env node
/**
 * Draws the definitions of `react-collider/library` as they sound: docs/pictures/instruments/*.svg.
 *
 *     npm run build && node scripts/instrumentPictures.js
 *
 * Voices play a second of 220 Hz, and effects a plucked string. Each has its waveform over two seconds, and its spectrum
 * from 40 Hz to 16 kHz over 70 dB. All are rendered in one score on the embedded engine, whose noise is seeded.
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createElement as element } from 'react';
import { namesBySection } from './instruments.js';

const folder = fileURLToPath(new URL('../docs/pictures/instruments', import.meta.url));

const SECONDS = 2;
const RATE = 48_000;
/** A bus that is heard by nobody. */
const SOURCE = 300;

/** Elements that play a definition to a bus. */
function playing({ At, Synth, useBuffer, library }, def, out) {
  const has = (name) => def.description.controls.some((control) => control.name === name);
  const during = (seconds, child) => element(At, { length: seconds }, child);
  if (has('in')) return element(Synth, { def, in: SOURCE, out });
  const pitch = has('freq') && def.name !== 'kick' && !library.drums.includes(def.name) ? { freq: 220 } : {};
  if (!has('gate')) return element(Synth, { def, out, ...pitch });
  if (!has('buf')) return during(1, element(Synth, { def, out, ...pitch }));
  const sine = Float32Array.from({ length: RATE }, (_, frame) =>
    Math.sin((2 * Math.PI * 220 * frame) / RATE),
  );
  const data = def.name === 'wavetable' ? library.wavetables([[1], [1, 0, 0.33, 0, 0.2]]) : sine;
  const channels = def.name === 'stereoSampler' ? 2 : 1;
  const Buffered = () => {
    const buf = useBuffer({ data, channels });
    return element(Synth, { def, out, buf, ...pitch, ...(def.name === 'grains' && { root: 220 }) });
  };
  return during(1, element(Buffered));
}

/** The most and the least of each column of a waveform, as the outline of a polygon. */
function outline(samples, width, height) {
  const peak = Math.max(0.001, ...columns(samples, width).map(([low, high]) => Math.max(-low, high)));
  const y = (value) => ((height / 2) * (1 - value / peak)).toFixed(1);
  const both = columns(samples, width);
  const upper = both.map(([, high], x) => `${x},${y(high)}`);
  const lower = both.map(([low], x) => `${x},${y(low)}`).reverse();
  return [...upper, ...lower].join(' ');
}

function columns(samples, count) {
  return Array.from({ length: count }, (_, column) => {
    const part = samples.subarray(
      Math.floor((column * samples.length) / count),
      Math.floor(((column + 1) * samples.length) / count),
    );
    return part.reduce(([low, high], x) => [Math.min(low, x), Math.max(high, x)], [0, 0]);
  });
}

/** Frequencies that a column of the spectrum is the loudest of. */
const PER_COLUMN = 6;

/** Levels at frequencies of equal ratios, by Goertzel's way over a Hann window at the loudest moment. */
function spectrum(samples, width, height) {
  const loudest = samples.reduce(
    (best, x, index) => (Math.abs(x) > Math.abs(samples[best]) ? index : best),
    0,
  );
  const start = Math.min(samples.length - 8192, Math.max(0, loudest - 512));
  const part = samples.subarray(start, start + 8192);
  const power = (freq) => {
    const coefficient = 2 * Math.cos((2 * Math.PI * freq) / RATE);
    let [last, before] = [0, 0];
    for (let n = 0; n < part.length; n++) {
      const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / part.length);
      [last, before] = [part[n] * hann + coefficient * last - before, last];
    }
    return last * last + before * before - coefficient * last * before;
  };
  const levels = Array.from({ length: width }, (_, x) =>
    Math.max(
      ...Array.from({ length: PER_COLUMN }, (_, step) =>
        power(40 * 400 ** ((x + step / PER_COLUMN) / width)),
      ),
    ),
  );
  const most = Math.max(1e-12, ...levels);
  return levels
    .map(
      (level, x) => `${x},${(height * Math.min(1, (-10 * Math.log10(level / most + 1e-9)) / 70)).toFixed(1)}`,
    )
    .join(' ');
}

const ROW = 44;
const WAVE = 110;
const TONES = 90;

function drawing(title, rows) {
  const lines = rows.map(
    ({ name, samples }, index) =>
      `<g transform="translate(0 ${index * ROW + 6})"><text x="0" y="22">${name}</text>` +
      `<polygon transform="translate(110 0) scale(1.8 1)" points="${outline(samples, WAVE, 36)}"/>` +
      `<polyline transform="translate(330 0)" points="${spectrum(samples, TONES, 36)}"/></g>`,
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 430 ${rows.length * ROW + 6}" width="430" role="img">` +
    `<title>${title}</title><style>text{font:13px sans-serif;fill:#7a8699}polygon{fill:#4a90d9}` +
    'polyline{fill:none;stroke:#d9824a;stroke-width:1.2}</style>\n' +
    `${lines.join('\n')}\n</svg>\n`
  );
}

const [{ At, Group, Synth, Transport, useBuffer }, { readSoundFile, renderToFile }, library] =
  await Promise.all([
    import('../dist/index.js'),
    import('../dist/node.js'),
    import('../dist/synthdef/library/index.js'),
  ]);
const sections = namesBySection();
const drums = sections.flatMap(({ file, names }) => (file === 'drums.ts' ? names : []));
const tools = { At, Synth, useBuffer, library: { ...library, drums } };
const { get } = library.standardSynthDefs();
// The last of all plays to a bus and replaces the sound there.
const drawn = sections
  .flatMap(({ names }) => names)
  .filter((name) => name !== 'limiter' && name !== 'convolution');
const temporary = mkdtempSync(join(tmpdir(), 'react-collider-pictures-'));
try {
  const path = join(temporary, 'sound.wav');
  const piece = element(
    Transport,
    { bpm: 60 },
    element(
      Group,
      null,
      element(Synth, { def: library.pluck, freq: 220, decay: 0.8, out: SOURCE }),
      drawn.map((name, index) => element(Group, { key: name }, playing(tools, get(name), 2 * index))),
    ),
  );
  await renderToFile(piece, {
    path,
    duration: SECONDS,
    engine: 'embedded',
    channels: 2 * drawn.length,
    sampleRate: RATE,
    seed: 1,
  });
  const { channels } = await readSoundFile(path);
  mkdirSync(folder, { recursive: true });
  for (const { title, file, names } of sections) {
    const rows = names
      .filter((name) => drawn.includes(name))
      .map((name) => ({ name, samples: channels[2 * drawn.indexOf(name)] }));
    writeFileSync(join(folder, file.replace('.ts', '.svg')), drawing(title, rows));
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
