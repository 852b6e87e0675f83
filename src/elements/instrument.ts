/** Instruments, which play notes in place of a definition: `<Note def={piano} pitch="C4" />`. */

import type { ReactNode } from 'react';
import { SuperColliderError } from '../errors.js';
import { cpsmidi } from '../patterns/harmony/numbers.js';
import type { ControlValue, EndReason } from '../scene/props.js';
import type { SynthDef } from '../synthdef/index.js';

/** One note as an instrument gets it. */
export interface InstrumentNote {
  /** MIDI note number; 60 is middle C, and 60.5 a quarter tone above. @default 60 */
  readonly pitch?: number | undefined;
  /** Force, 0 to 1. @default 1 */
  readonly velocity?: number | undefined;
  /** Controls by their names, such as `pan`. They are among `controlNames`. */
  readonly controls: Readonly<Record<string, ControlValue>>;
  /** For paths in error messages and for the tree. */
  readonly name?: string | undefined;
  /** Stops the note without a sound, and goes on later. @default false */
  readonly paused?: boolean | undefined;
  /** Called when the note has ended while its element is mounted. */
  readonly onEnd?: ((reason: EndReason) => void) | undefined;
}

/** The elements that a note is made of. `<Note>`, `<Pattern>` and `<Cycle>` take one where they take a definition. */
export interface Instrument<Control extends string = string> {
  /** Name in error messages and in the tree. */
  readonly name: string;
  /** Names of the controls that a note may be given, besides `freq`. */
  readonly controlNames: readonly Control[];
  /** Gives the elements of one note. They exist for as long as the note does. */
  note(note: InstrumentNote): ReactNode;
}

/** True for an instrument, and false for a definition and for the name of one. */
export const isInstrument = (def: unknown): def is Instrument =>
  typeof def === 'object' && def !== null && 'note' in def && typeof def.note === 'function';

/** A value that notes are played with: a definition, the name of one, or an instrument. */
export type Playable = string | SynthDef | Instrument;

/** Props of a note that are no controls. */
const OWN = new Set(['name', 'paused', 'exit', 'whenHidden', 'controls', 'onEnd', 'ref', 'children']);

/**
 * The elements of a note, from the props of a `<Note>` or the keys of an event.
 *
 * @throws SuperColliderError `unknown-control` for a control that the instrument does not have, and `invalid-control`
 *   for a frequency that is no number.
 */
export function noteOf(
  instrument: Instrument,
  pitch: number | undefined,
  velocity: number | undefined,
  props: Readonly<Record<string, unknown>>,
): ReactNode {
  const { freq, ...given } = { ...props, ...(props.controls as object | undefined) } as Record<
    string,
    unknown
  >;
  const controls: Record<string, ControlValue> = {};
  for (const [name, value] of Object.entries(given)) {
    if (OWN.has(name)) continue;
    if (!instrument.controlNames.includes(name)) throw unknown(instrument, name);
    if (value !== undefined) controls[name] = value as ControlValue;
  }
  if (freq !== undefined && !(typeof freq === 'number' && freq > 0)) {
    throw new SuperColliderError(
      'invalid-control',
      `The instrument "${instrument.name}" plays at a frequency that is a number above 0, and was given ${String(freq)}. ` +
        'A frequency that moves is for the control bend, in semitones.',
    );
  }
  return instrument.note({
    pitch: pitch ?? (freq === undefined ? undefined : cpsmidi(freq)),
    velocity,
    controls,
    name: props.name as string | undefined,
    paused: props.paused as boolean | undefined,
    onEnd: props.onEnd as InstrumentNote['onEnd'],
  });
}

const unknown = (instrument: Instrument, name: string): SuperColliderError =>
  new SuperColliderError(
    'unknown-control',
    `The instrument "${instrument.name}" has no control "${name}". It has: freq, ${instrument.controlNames.join(', ')}.`,
  );
