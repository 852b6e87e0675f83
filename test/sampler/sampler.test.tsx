/** Samplers: which sample a note plays, and how. */

import { join } from 'node:path';
import { createRef, type ReactNode, StrictMode } from 'react';
import { describe, expect, test } from 'vitest';
import { bind, seq } from '../../src/cycles.js';
import { At, Group, Note, Pattern, useBus, VirtualClock } from '../../src/index.js';
import { createRoot } from '../../src/node.js';
import {
  type Sample,
  Sampler,
  type SamplerFiles,
  type SamplerInstrument,
  type SamplerOptions,
  useSampler,
} from '../../src/sampler/index.js';
import type { Server } from '../../src/server/index.js';
import { render } from '../../src/testing/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { engines, freshServer } from '../setup/servers.js';
import { listen, peakOf, pitchOf, RATE, sines, toneFile } from './samples.js';

const folder = temporaryFolder();
const a3 = toneFile(join(folder, 'a3.wav'), [220]);
const a4 = toneFile(join(folder, 'a4.wav'), [440]);
const wide = toneFile(join(folder, 'wide.wav'), [220, 330]);
const four = toneFile(join(folder, 'four.wav'), [220, 330, 440, 550]);

/** A piece that plays a sampler. */
function Play({
  files,
  options,
  children,
}: {
  readonly files: SamplerFiles;
  readonly options?: SamplerOptions;
  readonly children: (sampler: SamplerInstrument) => ReactNode;
}): ReactNode {
  return children(useSampler(files, options));
}

/** One note of one sample after another, half a second each. */
const inTurns = (
  samples: readonly Sample[],
  note: (sampler: SamplerInstrument, index: number) => ReactNode,
) => (
  <>
    {samples.map((sample, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: They never change.
      <At key={index} beat={index * 0.5} length={0.5}>
        <Play files={{ A3: sample }}>{(sampler) => note(sampler, index)}</Play>
      </At>
    ))}
  </>
);

describe('a map of files', () => {
  test.each(engines)('on %s a note plays the nearest sample at its pitch', async (engine) => {
    const sound = await listen(
      <Play files={{ A3: a3, A4: a4 }}>
        {(sampler) =>
          ['A3', 'C4', 'D#4', 'A4', 'A5'].map((pitch, index) => (
            <At key={pitch} beat={index * 0.5} length={0.2}>
              <Note def={sampler} pitch={pitch} />
            </At>
          ))
        }
      </Play>,
      2.5,
      { engine },
    );
    const heard = [0, 1, 2, 3, 4].map((index) => pitchOf(sound, index * 0.5 + 0.03, index * 0.5 + 0.18));
    for (const [index, freq] of [220, 261.6, 311.1, 440, 880].entries())
      expect(Math.abs(heard[index]! - freq), String(freq)).toBeLessThan(6);
    // A sample at full scale is near -12 dBFS, and over soon after its note.
    expect(peakOf(sound, 0, 0.2)).toBeGreaterThan(0.2);
    expect(peakOf(sound, 0, 2.5)).toBeLessThan(0.26);
    expect(peakOf(sound, 0.3, 0.5)).toBe(0);
  });

  test('files of one, two and four channels, at any sample rate', async () => {
    const slow = toneFile(join(folder, 'slow.wav'), [220], 0.5, 22_050);
    const files = [slow, wide, four].map((file) => ({ file }));
    const sound = await listen(
      inTurns(files, (sampler) => <Note def={sampler} pitch="A3" />),
      1.5,
      {
        channels: 4,
      },
    );
    const heard = (from: number) =>
      [0, 1, 2, 3].map((channel) => Math.round(pitchOf(sound, from, from + 0.4, channel) / 10));
    expect(heard(0.05)).toEqual([22, 22, 0, 0]);
    expect(heard(0.55)).toEqual([22, 33, 0, 0]);
    expect(heard(1.05)).toEqual([22, 33, 44, 55]);
  });

  test('samples for the same velocities take turns, also in StrictMode', async () => {
    const files = {
      A3: [
        { file: a3, velocity: [0, 0.5] },
        { file: a4, velocity: [0, 0.5] },
        { file: wide, velocity: [0.5, 1] },
      ],
    } as const;
    const played: unknown[] = [];
    const piece = (count: number) => (
      <StrictMode>
        <Play files={files}>
          {(sampler) =>
            Array.from({ length: count }, (_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: They never change.
              <Note key={index} def={sampler} pitch="A3" velocity={index === 3 ? 0.9 : 0.3} />
            ))
          }
        </Play>
      </StrictMode>
    );
    const view = await render(piece(0));
    for (let count = 1; count <= 6; count++) {
      await view.rerender(piece(count));
      const made = view.bundles
        .flat()
        .filter(([address]) => address === '/s_new')
        .at(-1)!;
      played.push(made[made.indexOf('buf') + 1]);
    }
    const [first, second, third, loud, fourth, fifth] = played;
    expect([third, fourth, fifth]).toEqual([first, second, first]);
    expect(new Set([first, second, loud]).size).toBe(3);
  });
});

describe('parts of a sample', () => {
  /** 480 Hz, of which 100 frames are a period; behind frame 20,000 it is 960 Hz. */
  const data = Float32Array.from({ length: 28_000 }, (_, frame) =>
    Math.sin((2 * Math.PI * frame * (frame < 20_000 ? 480 : 960)) / RATE),
  );
  /** The largest difference of a channel from a sine at its own level. */
  const distanceFromSine = (samples: Float32Array, freq: number): number => {
    // The best sine of that frequency, by its two parts.
    let [re, im] = [0, 0];
    samples.forEach((sample, index) => {
      re += (2 * sample * Math.cos((2 * Math.PI * freq * index) / RATE)) / samples.length;
      im += (2 * sample * Math.sin((2 * Math.PI * freq * index) / RATE)) / samples.length;
    });
    return samples.reduce((most, sample, index) => {
      const phase = (2 * Math.PI * freq * index) / RATE;
      return Math.max(most, Math.abs(sample - re * Math.cos(phase) - im * Math.sin(phase)));
    }, 0);
  };
  const slice = (samples: Float32Array, from: number, to: number) => samples.subarray(from * RATE, to * RATE);

  test('a part repeats without a seam, at any pitch, and a whole sample too', async () => {
    const note = (sampler: SamplerInstrument, pitch: string) => (
      <At length={1.4}>
        <Note def={sampler} pitch={pitch} />
      </At>
    );
    const [whole, part, higher] = await Promise.all(
      (
        [
          [{ data, start: 0, end: 10_000, loop: true }, 'A3'],
          [{ data, loop: [5_000, 5_100] }, 'A3'],
          [{ data, loop: [5_000, 9_000] }, 'A4'],
        ] as const
      ).map(([sample, pitch]) =>
        listen(<Play files={{ A3: sample }}>{(sampler) => note(sampler, pitch)}</Play>, 1.6),
      ),
    );
    for (const [sound, freq] of [
      [whole, 480],
      [part, 480],
      [higher, 960],
    ] as const) {
      const samples = slice(sound!.channels[0]!, 0.1, 1.3);
      expect(Math.max(...samples)).toBeGreaterThan(0.2);
      // 60 dB below the tone: a seam is a step.
      expect(distanceFromSine(samples, freq)).toBeLessThan(0.0002);
      expect(peakOf(sound!, 1.5, 1.6)).toBe(0);
    }
  });

  test('what is behind the part sounds after the release, where it is wanted', async () => {
    const piece = (sustain: boolean, from: number) => (
      <Play files={{ A3: { data, loop: [5_000, 6_000], sustain, release: 2 } }}>
        {(sampler) => (
          <At length={from}>
            <Note def={sampler} pitch="A3" />
          </At>
        )}
      </Play>
    );
    const [sustained, early, forever] = await Promise.all([
      listen(piece(true, 0.8), 1.6),
      listen(piece(true, 0.05), 1),
      listen(piece(false, 0.8), 1.6),
    ]);
    // 15,000 to 16,000 frames are left to 20,000 from the part: 0.3 s.
    expect(pitchOf(sustained, 0.3, 0.8)).toBeCloseTo(480, -1);
    expect(pitchOf(sustained, 0.85, 1.05)).toBeCloseTo(480, -1);
    expect(pitchOf(sustained, 1.15, 1.25)).toBeCloseTo(960, -1);
    // And the sample is over.
    expect(peakOf(sustained, 1.35, 1.6)).toBe(0);
    expect(pitchOf(early, 0.45, 0.55)).toBeCloseTo(960, -1);
    expect(peakOf(early, 0.6, 1)).toBe(0);
    expect(pitchOf(forever, 1.1, 1.3)).toBeCloseTo(480, -1);
    // No step where it leaves the part: the tone is a sine of 480 Hz across the release, but for its fall.
    const steps = slice(sustained.channels[0]!, 0.75, 1.05);
    const largest = steps.reduce(
      (most, sample, index) => Math.max(most, index === 0 ? 0 : Math.abs(sample - steps[index - 1]!)),
      0,
    );
    expect(largest).toBeLessThan(0.0145); // 2π · 480 / 48,000 of 0.22
  });

  test('from a frame to another, backwards, once, and from a time', async () => {
    const samples: readonly Sample[] = [
      { data, start: 20_000 },
      { data, start: 16_000, end: 24_000, reverse: true },
      { data, once: true },
      { data, volume: -6, pan: -1, tune: 12 },
      { data, attack: 0.2 },
    ];
    const sound = await listen(
      inTurns(samples, (sampler, index) => {
        const note = <Note def={sampler} pitch="A3" {...(index === 4 && { start: 0.3 })} />;
        return index === 2 ? <At length={0.1}>{note}</At> : note;
      }),
      2.5,
    );
    expect(pitchOf(sound, 0.02, 0.14)).toBeCloseTo(960, -1);
    expect(peakOf(sound, 0.18, 0.5)).toBe(0);
    expect(pitchOf(sound, 0.51, 0.58)).toBeCloseTo(960, -1.2);
    expect(pitchOf(sound, 0.59, 0.66)).toBeCloseTo(480, -1.2);
    expect(pitchOf(sound, 1.2, 1.4)).toBeCloseTo(480, -1);
    expect(pitchOf(sound, 1.6, 1.75)).toBeCloseTo(960, -1);
    expect(peakOf(sound, 1.6, 1.75)).toBeCloseTo(0.3 / 2, 2);
    expect(peakOf(sound, 1.6, 1.75, 1)).toBeLessThan(0.001);
    expect(pitchOf(sound, 2.13, 2.25)).toBeCloseTo(960, -1);
    expect(peakOf(sound, 2, 2.02)).toBeLessThan(0.05);
  });
});

describe('where a definition goes', () => {
  test('<Pattern>, with the pitch, amplitude and velocity of its events', async () => {
    const view = await render(
      <Sampler files={{ A3: a3 }}>
        {(sampler) => (
          <Pattern
            values={bind({ midinote: seq([57, [69, 81]]), dur: 1, amp: 0.2, pan: 0.5, velocity: 0.5 })}
            def={sampler}
          />
        )}
      </Sampler>,
      { clock: new VirtualClock() },
    );
    await view.advance(0.5);
    await view.advance(1);
    const notes = view.bundles.flat().filter(([address]) => address === '/s_new');
    const controls = notes.map(
      ([, def, , , , ...rest]): { readonly rate?: number; readonly def: unknown } => ({
        def,
        ...Object.fromEntries(pairs(rest)),
      }),
    );
    // A value that is the default is not sent.
    expect(controls.map(({ rate = 1 }) => rate)).toEqual([1, 2, 4]);
    for (const note of controls)
      expect(note).toMatchObject({ def: 'sample1', amp: 0.2, pan: 0.5, gain: 0.5 });
  });

  test('the destination around it, and modulated controls', async () => {
    function Room(): ReactNode {
      const bus = useBus();
      return (
        <Group out={bus}>
          <Play files={{ A3: a3 }}>{(sampler) => <Note def={sampler} cutoff={900} bend={2} />}</Play>
        </Group>
      );
    }
    const view = await render(<Room />);
    const [made] = view.bundles.flat().filter(([address]) => address === '/s_new');
    expect({ def: made![1], ...Object.fromEntries(pairs(made!.slice(5))) }).toMatchObject({
      def: 'sample1-filtered',
      out: 4,
      bend: 2,
      cutoff: 900,
    });
  });

  test.each(
    engines,
  )('on %s it plays, and all is gone with the component: no synth, no buffer', async (engine) => {
    const server = await freshServer(engine);
    const root = createRoot(server);
    const sampler = createRef<SamplerInstrument>();
    root.render(
      <Sampler files={{ A3: a3, A4: a4 }} ref={sampler}>
        {(tone) => <Note def={tone} pitch="A3" release={0.01} />}
      </Sampler>,
    );
    await expect.poll(() => root.counts.synths).toBe(1);
    await root.settled();
    expect(await children(server)).toHaveLength(1);
    expect(sampler.current).toMatchObject({ isLoaded: true, keys: [0, 127], regionCount: 2 });
    expect(root.counts).toMatchObject({ synths: 1, buffers: 2 });
    const numbers = sampler.current!.buffers.handles.map(({ number }) => number!);
    await root.unmount();
    expect(await children(server)).toEqual([]);
    const { args } = await server.request({ type: '/b_query', numbers });
    expect([args[1], args[5]]).toEqual([0, 0]);
  });
});

const children = async (server: Server) => (await server.queryTree(1 as never, { controls: false })).children;

const pairs = (list: readonly unknown[]): [string, unknown][] =>
  Array.from({ length: list.length / 2 }, (_, index) => [String(list[2 * index]), list[2 * index + 1]]);

describe('errors', () => {
  const play = (files: unknown, options?: object, note: object = {}) => (
    <Play files={files as SamplerFiles} options={options as SamplerOptions}>
      {(sampler) => <Note def={sampler} {...note} />}
    </Play>
  );
  test.each<[string, ReactNode, RegExp]>([
    ['no sample', play({}), /useSampler: the map has no samples/],
    [
      'no note',
      play({ H3: a3 }),
      /a note of the map is "H3". It is a MIDI note number such as 60, or a name/,
    ],
    ['a note too high', play({ C12: a3 }), /the note C12 of the map is 156. Notes are from 0 to 127/],
    [
      'an unknown field',
      play({ A3: { file: a3, lop: true } }),
      /useSampler: A3 has "lop". A sample may have: file, data/,
    ],
    ['no file', play({ A3: { loop: true } }), /useSampler: A3 needs one of file and data/],
    [
      'velocities of MIDI',
      play({ A3: [a3, { file: a3, velocity: [64, 127] }] }),
      /useSampler: A3\[1\] is for the velocities 64 to 127/,
    ],
    [
      'frames in the wrong order',
      play({ A3: { file: a3, start: 9, end: 5 } }),
      /useSampler: A3 goes from frame 9 to 5/,
    ],
    [
      'a part outside',
      play({ A3: { file: a3, end: 50, loop: [20, 90] } }),
      /useSampler: A3 repeats the frames 20 to 90 of 0 to 50/,
    ],
    [
      'half a frame',
      play({ A3: { data: sines([1], 0.01).subarray(1), channels: 2 } }),
      /A3 has 479 samples, which are no whole frames of 2/,
    ],
    [
      'an unknown option',
      play({ A3: a3 }, { spraed: true }),
      /useSampler has no option "spraed". Did you mean "spread"/,
    ],
    [
      'a control',
      play({ A3: a3 }, {}, { freqq: 3 }),
      /The instrument "sampler" has no control "freqq". It has: freq, amp, pan/,
    ],
    [
      'a moving frequency',
      play({ A3: a3 }, {}, { freq: 'x' }),
      /plays at a frequency that is a number above 0, and was given x/,
    ],
    ['a sound file', play(a3), /"[^"]*a3.wav" is no instrument.*write \{ C4: "/],
  ])('%s', async (_, piece, message) => {
    await expect(render(piece)).rejects.toThrow(message);
  });
});
