/**
 * Standard MIDI files: notes with their beats, tempos and meters.
 *
 * @see https://midi.org/standard-midi-files-specification
 */

import { SuperColliderError } from '../errors.js';
import type { Beats } from '../units.js';

/** A note of a MIDI file. */
export interface MidiFileNote {
  /** The beat at which it begins; a beat is a quarter note. */
  readonly beat: Beats;
  /** Beats that it sounds. */
  readonly length: Beats;
  /** MIDI note number. */
  readonly note: number;
  /** 0 to 1. */
  readonly velocity: number;
  /** From 1. @default 1 */
  readonly channel?: number | undefined;
}

/** A track of a MIDI file. */
export interface MidiFileTrack {
  /** The name in the file. */
  readonly name?: string | undefined;
  /** The notes by their beats. */
  readonly notes: readonly MidiFileNote[];
}

/** The notes and times of a MIDI file. */
export interface MidiFileContent {
  /** Tempos by their beats. @default 120 */
  readonly tempos?: readonly { readonly beat: Beats; readonly bpm: number }[] | undefined;
  /** Meters by their beats. @default 4/4 */
  readonly meters?: readonly { readonly beat: Beats; readonly meter: `${number}/${number}` }[] | undefined;
  /** The tracks. Those without notes are left out. */
  readonly tracks: readonly MidiFileTrack[];
}

/** Reads bytes one after another, and says where a file is cut off. */
class ByteReader {
  at = 0;

  constructor(readonly bytes: Uint8Array) {}

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw invalid(`it ends at byte ${this.bytes.length}, in the middle of a message`);
    return byte;
  }

  number(size: number): number {
    let value = 0;
    for (let count = 0; count < size; count++) value = value * 256 + this.byte();
    return value;
  }

  /** A number of seven bits a byte. */
  variable(): number {
    let value = 0;
    for (let count = 0; count < 4; count++) {
      const byte = this.byte();
      value = value * 128 + (byte & 127);
      if (byte < 128) return value;
    }
    throw invalid(`a number at byte ${this.at} has over four bytes`);
  }

  take(size: number): Uint8Array {
    if (this.at + size > this.bytes.length) {
      throw invalid(`it has ${this.bytes.length} bytes, and says that it has ${this.at + size}`);
    }
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }

  text(size: number): string {
    return new TextDecoder().decode(this.take(size));
  }
}

const META = 0xff;
const TRACK_NAME = 0x03;
const END_OF_TRACK = 0x2f;
const TEMPO = 0x51;
const METER = 0x58;
const MICROSECONDS = 60e6;
/** Bytes of the data of a channel message, by its upper four bits. */
const DATA_BYTES: Readonly<Record<number, number>> = { 8: 2, 9: 2, 10: 2, 11: 2, 12: 1, 13: 1, 14: 2 };

/**
 * Reads a MIDI file.
 *
 * @param bytes - The content of the file.
 * @throws SuperColliderError `invalid-file` for what is no MIDI file, with the byte; also for one in frames a second.
 */
export function parseMidiFile(bytes: Uint8Array): MidiFileContent {
  const reader = new ByteReader(bytes);
  if (bytes.length < 14 || reader.text(4) !== 'MThd') throw invalid('it does not begin with "MThd"');
  const header = new ByteReader(reader.take(reader.number(4)));
  header.number(4); // format and number of tracks: the tracks say both
  const division = header.number(2);
  if (division === 0 || division >= 0x8000) throw invalid('its time is not in beats but in frames a second');
  const content: Content = { tempos: [], meters: [], tracks: [] };
  while (reader.at + 8 <= bytes.length) {
    const kind = reader.text(4);
    const chunk = reader.take(reader.number(4));
    if (kind === 'MTrk') readTrack(new ByteReader(chunk), division, content);
  }
  content.tempos.sort((a, b) => a.beat - b.beat);
  content.meters.sort((a, b) => a.beat - b.beat);
  return content;
}

interface Content {
  readonly tempos: { readonly beat: Beats; readonly bpm: number }[];
  readonly meters: { readonly beat: Beats; readonly meter: `${number}/${number}` }[];
  readonly tracks: MidiFileTrack[];
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

function readTrack(reader: ByteReader, division: number, content: Content): void {
  const notes: Mutable<MidiFileNote>[] = [];
  /** Notes that have begun, by channel and number: the first one ends first. */
  const open = new Map<number, { readonly note: Mutable<MidiFileNote>; readonly start: number }[]>();
  let name: string | undefined;
  let tick = 0;
  let status = 0;
  const beat = () => tick / division;
  while (!reader.isAtEnd) {
    tick += reader.variable();
    const byte = reader.byte();
    if (byte === META) {
      const type = reader.byte();
      const data = new ByteReader(reader.take(reader.variable()));
      if (type === END_OF_TRACK) break;
      if (type === TRACK_NAME) name = data.text(data.bytes.length);
      if (type === TEMPO) content.tempos.push({ beat: beat(), bpm: MICROSECONDS / data.number(3) });
      if (type === METER) content.meters.push({ beat: beat(), meter: `${data.byte()}/${2 ** data.byte()}` });
      continue;
    }
    if (byte === 0xf0 || byte === 0xf7) {
      reader.take(reader.variable());
      continue;
    }
    // Without a status the one before goes on.
    let first = byte;
    if (byte >= 0x80) {
      status = byte;
      first = reader.byte();
    }
    const size = DATA_BYTES[status >> 4];
    if (size === undefined)
      throw invalid(`there is no message with the status ${status}, at byte ${reader.at} of a track`);
    const second = size === 2 ? reader.byte() : 0;
    const channel = (status & 15) + 1;
    const kind = status >> 4;
    if (kind !== 8 && kind !== 9) continue;
    const key = channel * 128 + first;
    if (kind === 9 && second > 0) {
      const note = { beat: beat(), length: 0, note: first, velocity: second / 127, channel };
      notes.push(note);
      open.set(key, [...(open.get(key) ?? []), { note, start: tick }]);
    } else {
      const [begun, ...rest] = open.get(key) ?? [];
      if (begun) begun.note.length = (tick - begun.start) / division;
      open.set(key, rest);
    }
  }
  // What never ends, ends with the track.
  for (const { note, start } of [...open.values()].flat()) note.length = (tick - start) / division;
  if (notes.length > 0) content.tracks.push({ name, notes });
}

/** Ticks of a beat in files that we write: it has the factors of triplets, quintuplets and 64ths. */
const DIVISION = 960;

/**
 * The bytes of a MIDI file: a track of tempos, and one for each track.
 *
 * Beats are rounded to 1/960. Pitches are rounded to semitones.
 *
 * @throws SuperColliderError `invalid-argument` for a note, a velocity or a beat outside of what a file can say.
 */
export function writeMidiFile({ tempos = [], meters = [], tracks }: MidiFileContent): Uint8Array {
  const first = [
    ...meters.map(({ beat, meter }) => {
      const [count = 4, unit = 4] = meter.split('/').map(Number);
      return { tick: tickOf(beat), bytes: [META, METER, 4, count, Math.round(Math.log2(unit)), 24, 8] };
    }),
    ...tempos.map(({ beat, bpm }) => {
      const each = Math.round(MICROSECONDS / bpm);
      return {
        tick: tickOf(beat),
        bytes: [META, TEMPO, 3, (each >> 16) & 255, (each >> 8) & 255, each & 255],
      };
    }),
  ];
  const chunks = [
    trackChunk(first),
    ...tracks.map(({ name, notes }) => {
      const text = new TextEncoder().encode(name ?? '');
      const title = name ? [{ tick: 0, bytes: [META, TRACK_NAME, ...variable(text.length), ...text] }] : [];
      return trackChunk([...title, ...notes.flatMap(noteEvents)]);
    }),
  ];
  return Uint8Array.from([
    ...chunk('MThd', [...u16(1), ...u16(chunks.length), ...u16(DIVISION)]),
    ...chunks.flat(),
  ]);
}

interface FileEvent {
  readonly tick: number;
  readonly bytes: readonly number[];
  /** An end comes before a beginning of the same time. */
  readonly isEnd?: boolean;
}

function noteEvents({ beat, length, note, velocity, channel = 1 }: MidiFileNote): FileEvent[] {
  const key = Math.round(note);
  if (!(key >= 0 && key <= 127 && velocity >= 0 && velocity <= 1 && channel >= 1 && channel <= 16)) {
    throw new SuperColliderError(
      'invalid-argument',
      `A MIDI file has no note ${note} of velocity ${velocity} on channel ${channel}. Notes go from 0 to 127, velocities ` +
        'from 0 to 1, channels from 1 to 16.',
    );
  }
  const start = tickOf(beat);
  const end = Math.max(start + 1, tickOf(beat + length));
  return [
    { tick: start, bytes: [0x90 | (channel - 1), key, Math.max(1, Math.round(velocity * 127))] },
    { tick: end, bytes: [0x80 | (channel - 1), key, 64], isEnd: true },
  ];
}

function tickOf(beat: Beats): number {
  if (beat >= 0 && beat < 200_000) return Math.round(beat * DIVISION);
  throw new SuperColliderError(
    'invalid-argument',
    `A MIDI file has no beat ${beat}. Beats go from 0 to 200,000.`,
  );
}

function trackChunk(events: readonly FileEvent[]): readonly number[] {
  const bytes: number[] = [];
  let tick = 0;
  const order = ({ isEnd = false }: FileEvent) => (isEnd ? 0 : 1);
  for (const event of [...events].sort((a, b) => a.tick - b.tick || order(a) - order(b))) {
    bytes.push(...variable(event.tick - tick), ...event.bytes);
    tick = event.tick;
  }
  bytes.push(0, META, END_OF_TRACK, 0);
  return chunk('MTrk', bytes);
}

const u16 = (value: number): number[] => [value >> 8, value & 255];

const chunk = (kind: string, bytes: readonly number[]): number[] => [
  ...new TextEncoder().encode(kind),
  ...u16(bytes.length >> 16),
  ...u16(bytes.length & 0xffff),
  ...bytes,
];

function variable(value: number): number[] {
  const bytes = [value & 127];
  for (let rest = value >> 7; rest > 0; rest >>= 7) bytes.unshift((rest & 127) | 128);
  return bytes;
}

const invalid = (problem: string): SuperColliderError =>
  new SuperColliderError('invalid-file', `This is no MIDI file: ${problem}.`);
