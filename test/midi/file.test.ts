/** MIDI files: what is written is read again, and what is wrong is said. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { events, midiPatterns, parseMidiFile, writeMidiFile } from '../../src/cycles.js';

/** A file as a sequencer writes it: format 1, 96 ticks a beat, running status, a tempo change, a waltz. */
const file = Uint8Array.from([
  ...[0x4d, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, 1, 0, 2, 0, 96],
  ...[0x4d, 0x54, 0x72, 0x6b, 0, 0, 0, 27],
  ...[0, 0xff, 0x58, 4, 3, 2, 24, 8, 0, 0xff, 0x51, 3, 0x07, 0xa1, 0x20],
  ...[0x81, 0x40, 0xff, 0x51, 3, 0x0f, 0x42, 0x40, 0, 0xff, 0x2f, 0],
  ...[0x4d, 0x54, 0x72, 0x6b, 0, 0, 0, 36],
  ...[0, 0xff, 0x03, 4, 0x4c, 0x65, 0x61, 0x64],
  ...[0, 0xc2, 5, 0, 0x92, 60, 127, 96, 60, 0, 0, 64, 127, 0, 67, 64],
  ...[48, 0x82, 64, 0, 0, 67, 0, 0, 0xff, 0x2f, 0, 0],
]);

test('a file of another program is read: names, tempos, meter, running status, velocity 0 as an end', () => {
  expect(parseMidiFile(file)).toEqual({
    tempos: [
      { beat: 0, bpm: 120 },
      { beat: 2, bpm: 60 },
    ],
    meters: [{ beat: 0, meter: '3/4' }],
    tracks: [
      {
        name: 'Lead',
        notes: [
          { beat: 0, length: 1, note: 60, velocity: 1, channel: 3 },
          { beat: 1, length: 0.5, note: 64, velocity: 1, channel: 3 },
          { beat: 1, length: 0.5, note: 67, velocity: 64 / 127, channel: 3 },
        ],
      },
    ],
  });
});

test('a file is a pattern with its tempo and meter', () => {
  const { tempo, meter, tracks, names, all } = midiPatterns(file);
  expect(meter).toBe('3/4');
  expect(names).toEqual(['Lead']);
  expect(typeof tempo === 'object' && [tempo.bpmAt(1), tempo.bpmAt(3), tempo.secondsAt(3)]).toEqual([
    120, 60, 2,
  ]);
  const notes = events(tracks[0]!).map(({ beat, midinote, sustain, velocity, channel }) => [
    ...[beat, midinote, sustain],
    ...[velocity, channel],
  ]);
  expect(notes).toEqual([
    [0, 60, 1, 1, 3],
    [1, 64, 0.5, 1, 3],
    [1, 67, 0.5, 64 / 127, 3],
  ]);
  expect(events(all).length).toBe(3);
});

const note = fc.record({
  beat: fc.nat(4000).map((tick) => tick / 960),
  length: fc.integer({ min: 1, max: 2000 }).map((tick) => tick / 960),
  note: fc.nat(127),
  velocity: fc.integer({ min: 1, max: 127 }).map((value) => value / 127),
  channel: fc.integer({ min: 1, max: 16 }),
});

test('what is written is read again', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(note, {
        minLength: 1,
        maxLength: 30,
        selector: (each) => `${each.note} ${each.channel}`,
      }),
      (notes) => {
        const sorted = [...notes].sort((a, b) => a.beat - b.beat);
        const tempos = [
          { beat: 0, bpm: 120 },
          { beat: 4, bpm: 60 },
        ];
        const meters = [{ beat: 0, meter: '7/8' as const }];
        const read = parseMidiFile(
          writeMidiFile({ tempos, meters, tracks: [{ name: 'Ünder', notes: sorted }] }),
        );
        const byBeat = (list: readonly (typeof sorted)[number][]) =>
          list.map((each) => JSON.stringify(each, ['beat', 'length', 'note', 'velocity', 'channel'])).sort();
        expect(byBeat(read.tracks[0]!.notes as typeof sorted)).toEqual(byBeat(sorted));
        expect({ ...read, tracks: [] }).toEqual({ tempos, meters, tracks: [] });
        expect(read.tracks[0]!.name).toBe('Ünder');
      },
    ),
    { numRuns: 200, seed: 1 },
  );
});

test('any bytes are read, or an error of ours says where they are wrong', () => {
  let read = 0;
  fc.assert(
    fc.property(fc.nat(file.length - 1), fc.nat(255), fc.nat(file.length), (at, byte, length) => {
      const changed = file.slice(0, Math.max(at + 1, length));
      changed[at] = byte;
      try {
        parseMidiFile(changed);
        read += 1;
      } catch (error) {
        expect((error as Error).message).toMatch(/^This is no MIDI file: /);
      }
    }),
    { numRuns: 2000, seed: 1 },
  );
  expect(read).toBeGreaterThan(100);
  expect(() => parseMidiFile(new TextEncoder().encode('RIFF, a long text'))).toThrow(
    'does not begin with "MThd"',
  );
  expect(() =>
    writeMidiFile({ tracks: [{ notes: [{ beat: -1, length: 1, note: 60, velocity: 1 }] }] }),
  ).toThrow('no beat -1');
});
