/** MIDI files as patterns of events. */

import { type MidiFileContent, type MidiFileNote, parseMidiFile } from '../../midi/file.js';
import { type Tempo, TempoMap } from '../../time/tempoMap.js';
import type { Beats } from '../../units.js';
import type { EventKeys } from './event.js';
import { rest } from './rest.js';
import { Stream } from './stream.js';

/** A MIDI file as patterns. */
export interface MidiPatterns {
  /** The tempos of the file, for `<Transport bpm>`. */
  readonly tempo: Tempo;
  /** The meter at its beginning, for `<Transport meter>`. */
  readonly meter: `${number}/${number}`;
  /** Each track as events with `midinote`, `amp`, `velocity`, `channel`, `dur` and `sustain`. */
  readonly tracks: readonly Stream<EventKeys>[];
  /** The names of the tracks. */
  readonly names: readonly (string | undefined)[];
  /** All tracks at once; the key `track` is the number of the track. */
  readonly all: Stream<EventKeys>;
  /** The file as data. */
  readonly content: MidiFileContent;
}

/**
 * The patterns of a MIDI file.
 *
 * @param bytes - The content of the file: `new Uint8Array(await (await fetch(url)).arrayBuffer())` in a page. In Node,
 *   `midiFile(path)` of `react-collider/node` reads it.
 * @throws SuperColliderError `invalid-file` for what is no MIDI file.
 * @example
 * const { tempo, tracks } = midiPatterns(bytes);
 */
export function midiPatterns(bytes: Uint8Array): MidiPatterns {
  const content = parseMidiFile(bytes);
  const { tempos = [], meters = [], tracks } = content;
  const points = tempos[0]?.beat === 0 ? tempos : [{ beat: 0, bpm: 120 }, ...tempos];
  // Of several at one beat the last one counts.
  const last = points.filter(({ beat }, index) => points[index + 1]?.beat !== beat);
  const numbered = tracks.map(({ notes }, track) => notes.map((note) => ({ ...note, track })));
  return {
    tempo: new TempoMap(last),
    meter: meters[0]?.meter ?? '4/4',
    tracks: numbered.map(eventsOf),
    names: tracks.map(({ name }) => name),
    all: eventsOf(numbered.flat().sort((a, b) => a.beat - b.beat)),
    content,
  };
}

type Numbered = MidiFileNote & { readonly track: number };

/** Notes with the beats to the next one. */
function eventsOf(notes: readonly Numbered[]): Stream<EventKeys> {
  return new Stream(
    function* ({ now }) {
      let beat: Beats = 0;
      for (const [index, { length, note, velocity, channel, track, beat: start }] of notes.entries()) {
        if (start > beat) yield { ...now.event, dur: rest(start - beat) };
        const next = notes[index + 1];
        beat = next ? next.beat : start + length;
        const own = { midinote: note, amp: velocity * 0.2, velocity, channel, track };
        yield { ...now.event, ...own, sustain: length, dur: beat - start };
      }
    },
    ['midiFile', notes],
  );
}
