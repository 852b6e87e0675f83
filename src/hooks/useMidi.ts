import { useInsertionEffect, useLayoutEffect, useRef, useState } from 'react';
import { type MidiEvent, type MidiSource, parseMidi } from '../input/midi.js';
import { flushSync } from '../reconciler/root.js';
import { useScene } from './useServer.js';

/**
 * Calls a function with each MIDI message of a channel. What it changes is rendered and sent before it returns, so a
 * key is heard after the time of a render.
 *
 * @param source - What `openMidiInput` (Node) or `webMidi` (browsers) gave; `undefined` for none yet.
 */
export function useMidi(source: MidiSource | undefined, onEvent: (event: MidiEvent) => void): void {
  useScene('useMidi');
  const latest = useRef(onEvent);
  useInsertionEffect(() => {
    latest.current = onEvent;
  });
  useLayoutEffect(
    () =>
      source?.listen((bytes) => {
        const event = parseMidi(bytes);
        if (event) flushSync(() => latest.current(event));
      }),
    [source],
  );
}

/** A key that is held. */
export interface HeldNote {
  /** Another one for each time that a key is pressed: for React's `key`. */
  readonly id: number;
  /** MIDI note number, 0 to 127. */
  readonly note: number;
  /** 0 to 1. */
  readonly velocity: number;
  /** Channel, from 1. */
  readonly channel: number;
}

/**
 * The keys that are held, in the order in which they were pressed:
 *
 * ```tsx
 * const notes = useMidiNotes(keyboard);
 * return notes.map(({ id, note, velocity }) => <Note key={id} def={piano} pitch={note} velocity={velocity} />);
 * ```
 *
 * @param channel - Only this channel, from 1. @default all
 */
export function useMidiNotes(source: MidiSource | undefined, channel?: number): readonly HeldNote[] {
  const [notes, setNotes] = useState<readonly HeldNote[]>([]);
  const count = useRef(0);
  useMidi(source, (event) => {
    if (event.type !== 'note on' && event.type !== 'note off') return;
    if (channel !== undefined && event.channel !== channel) return;
    const id = count.current++;
    setNotes((held) => {
      const others = held.filter((each) => each.note !== event.note || each.channel !== event.channel);
      if (event.type === 'note off') return others.length === held.length ? held : others;
      const { note, velocity } = event;
      return [...others, { id, note, velocity, channel: event.channel }];
    });
  });
  return notes;
}
