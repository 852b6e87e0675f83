import { type Key, type ReactNode, useInsertionEffect, useState } from 'react';
import { internal } from '../hooks/internal.js';
import { rejectUnknownProps } from '../hooks/rejectUnknownProps.js';
import { sendMidi, useMidiClockOut } from '../hooks/useMidiOut.js';
import { useScene } from '../hooks/useServer.js';
import { type MidiPort, midiBytes } from '../midi/port.js';
import { type NotePitch, readPitch } from '../time/pitch.js';
import type { Beats } from '../units.js';
import { At } from './timed.js';

/** Props of `<MidiNote>`. */
export interface MidiNoteProps {
  /** The output, of `openMidiOutput` or `webMidiOutput`; `undefined` for none yet. */
  readonly to: MidiPort | undefined;
  /** A MIDI note number, rounded to a whole one, or a name such as `'C#4'`. */
  readonly pitch: NotePitch;
  /** 0 to 1. @default 0.8 */
  readonly velocity?: number | undefined;
  /** From 1. @default 1 */
  readonly channel?: number | undefined;
  /** Beats until it is released. @default as long as it is mounted */
  readonly length?: Beats | undefined;
  /** React's key. */
  readonly key?: Key | null | undefined;
}

/**
 * A note of a MIDI instrument: on when it is mounted, off when it leaves. Both arrive when the sound of their commit is heard.
 *
 * @example
 * ```tsx
 * <Pattern values={melody}>{({ midinote, amp }) => <MidiNote to={port} pitch={midinote} velocity={amp} />}</Pattern>
 * ```
 *
 * @throws SuperColliderError `invalid-argument` for what is no pitch, velocity or channel.
 */
export function MidiNote({ to, pitch, velocity, channel, length, ...others }: MidiNoteProps): ReactNode {
  rejectUnknownProps('<MidiNote>', others, ['to', 'pitch', 'velocity', 'channel', 'length']);
  const note = readPitch(pitch, '<MidiNote>: pitch');
  const on = midiBytes({ type: 'note on', note, velocity, channel });
  const off = midiBytes({ type: 'note off', note, channel });
  const sounding = <Sounding to={to} on={on} off={off} />;
  return length === undefined ? sounding : <At length={length}>{sounding}</At>;
}

interface SoundingProps {
  readonly to: MidiPort | undefined;
  readonly on: readonly number[];
  readonly off: readonly number[];
}

function Sounding({ to, on, off }: SoundingProps): ReactNode {
  const scene = useScene('<MidiNote>');
  // The velocity of a note is that of its beginning.
  const [begun, setBegun] = useState(() => ({ on, off, to }));
  if (begun.on[0] !== on[0] || begun.on[1] !== on[1] || begun.to !== to) setBegun({ on, off, to });
  // Not a layout effect: StrictMode would mount it twice.
  useInsertionEffect(() => {
    sendMidi(scene, begun.to, begun.on);
    return () => sendMidi(scene, begun.to, begun.off);
  }, [scene, begun]);
  return null;
}

/** Props of `<MidiControl>`. */
export interface MidiControlProps {
  /** The output, of `openMidiOutput` or `webMidiOutput`; `undefined` for none yet. */
  readonly to: MidiPort | undefined;
  /** Number of the controller, 0 to 127; `'bend'` for the pitch bend, `'pressure'` for that of the channel. */
  readonly control: number | 'bend' | 'pressure';
  /** 0 to 1, and -1 to 1 for the bend. Each change is sent. */
  readonly value: number;
  /** From 1. @default 1 */
  readonly channel?: number | undefined;
  /** React's key. */
  readonly key?: Key | null | undefined;
}

/**
 * A controller of a MIDI instrument, which is sent when it is mounted and when it changes.
 *
 * @throws SuperColliderError `invalid-argument` for a value outside its range.
 */
export function MidiControl({ to, control, value, channel, ...others }: MidiControlProps): ReactNode {
  rejectUnknownProps('<MidiControl>', others, ['to', 'control', 'value', 'channel']);
  const bytes =
    control === 'bend'
      ? midiBytes({ type: 'pitch bend', value, channel })
      : control === 'pressure'
        ? midiBytes({ type: 'pressure', value, channel })
        : midiBytes({ type: 'control', control, value, channel });
  return <Sent to={to} text={bytes.join()} />;
}

/** Props of `<MidiProgram>`. */
export interface MidiProgramProps {
  /** The output, of `openMidiOutput` or `webMidiOutput`; `undefined` for none yet. */
  readonly to: MidiPort | undefined;
  /** The program, 0 to 127. */
  readonly program: number;
  /** From 1. @default 1 */
  readonly channel?: number | undefined;
  /** React's key. */
  readonly key?: Key | null | undefined;
}

/**
 * The program of a MIDI instrument, which is sent when it is mounted and when it changes.
 *
 * @throws SuperColliderError `invalid-argument` for a program outside its range.
 */
export function MidiProgram({ to, program, channel, ...others }: MidiProgramProps): ReactNode {
  rejectUnknownProps('<MidiProgram>', others, ['to', 'program', 'channel']);
  return <Sent to={to} text={midiBytes({ type: 'program', program, channel }).join()} />;
}

/** Bytes that are sent when they differ. */
function Sent({ to, text }: { readonly to: MidiPort | undefined; readonly text: string }): ReactNode {
  const scene = useScene('<MidiControl>');
  useInsertionEffect(() => sendMidi(scene, to, text.split(',').map(Number)), [scene, to, text]);
  return null;
}

/** Props of `<MidiClock>`. */
export interface MidiClockProps {
  /** The output, of `openMidiOutput` or `webMidiOutput`; `undefined` for none yet. */
  readonly to: MidiPort | undefined;
  /** React's key. */
  readonly key?: Key | null | undefined;
}

/** The clock of the `<Transport>` around for another machine: 24 ticks a beat, start, continue, stop and song position. */
export function MidiClock({ to, ...others }: MidiClockProps): ReactNode {
  rejectUnknownProps('<MidiClock>', others, ['to']);
  useMidiClockOut(to);
  return null;
}

internal(Sounding, Sent);
