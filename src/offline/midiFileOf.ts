import { type MidiFileNote, type MidiFileTrack, writeMidiFile } from '../midi/file.js';
import type { Seconds } from '../units.js';
import type { Score } from './score.js';
import { notesOf } from './scoreNotes.js';

/** Loudness of a note without an `amp`. */
const VELOCITY = 0.8;
/** The `amp` of full velocity: definitions of the library have 0.1, and peaks of 0.2. */
const LOUDEST = 0.2;

/**
 * A score as a MIDI file, at 60 beats a minute: a beat is a second.
 *
 * Each definition, or each named group or synth, is a track. A note is a synth with a pitch, rounded to a semitone; its
 * velocity is its `amp`, of which 0.2 is full. What `<MidiNote>` and `useMidiOut` send is a track too, with its notes.
 */
export function midiFileOf(score: Score): Uint8Array {
  const tracks = new Map<string, MidiFileNote[]>();
  for (const { time, end, pitch, amp, def, name = def } of notesOf(score)) {
    if (pitch === undefined || !(pitch >= -0.5 && pitch < 127.5)) continue;
    const velocity = amp === undefined ? VELOCITY : Math.min(1, Math.max(0, amp) / LOUDEST);
    const notes = tracks.get(name) ?? [];
    tracks.set(name, notes);
    notes.push({ beat: time, length: end - time, note: pitch, velocity });
  }
  const sent = sentNotes(score);
  const all: MidiFileTrack[] = [...tracks].map(([name, notes]) => ({ name, notes }));
  if (sent.length > 0) all.push({ name: 'MIDI', notes: sent });
  return writeMidiFile({ tempos: [{ beat: 0, bpm: 60 }], tracks: all });
}

/** The notes among the messages that the piece sent. */
function sentNotes({ nodes, duration }: Score): MidiFileNote[] {
  const notes: MidiFileNote[] = [];
  const open = new Map<string, { readonly start: Seconds; readonly velocity: number }>();
  const end = (key: string, time: Seconds) => {
    const begun = open.get(key);
    if (!begun) return;
    open.delete(key);
    const [channel, note] = key.split(':').map(Number);
    const { start: beat, velocity } = begun;
    notes.push({ beat, length: time - beat, note: note!, velocity, channel });
  };
  for (const { time, bytes } of nodes.midi ?? []) {
    const [status = 0, note = 0, velocity = 0] = bytes;
    const key = `${(status & 15) + 1}:${note}`;
    if (status >> 4 === 9) {
      end(key, time);
      open.set(key, { start: time, velocity: velocity / 127 });
    } else if (status >> 4 === 8) end(key, time);
  }
  for (const key of [...open.keys()]) end(key, duration);
  return notes;
}
