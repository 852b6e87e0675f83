import type { ReactElement, ReactNode } from 'react';
import { useScene } from '../hooks/useServer.js';
import type { SynthDef } from '../synthdef/index.js';
import { type Pitch, pitchToHertz, readPitch } from '../time/pitch.js';
import type { Beats } from '../units.js';
import { type ControlsOf, Synth, type SynthOwnProps } from './nodes.js';
import { At } from './timed.js';

export type NoteProps<Def extends string | SynthDef> = SynthOwnProps<Def, ControlsOf<Def>> &
  ControlsOf<Def> & {
    /** A MIDI note number, or a name such as `'C#4'`; becomes `freq` in hertz, or `note` where there is no `freq`. */
    readonly pitch?: Pitch | undefined;
    /** How loud, 0 to 1; becomes `amp`. @default the synthdef's own `amp` */
    readonly velocity?: number | undefined;
    /** Beats until it is released. @default as long as it is mounted */
    readonly length?: Beats | undefined;
  };

/**
 * A synth said in music: `<Note def={pluck} pitch="C4" velocity={0.6} length={0.5} />`. All other props are
 * those of `<Synth>`.
 *
 * @throws SuperColliderError `bad-argument` for what is no pitch or velocity, `bad-time` for a length that is
 *   not over 0.
 */
export const Note = function Note({
  pitch,
  velocity,
  length,
  ...props
}: {
  readonly def: string | SynthDef;
  readonly pitch?: Pitch;
  readonly velocity?: number;
  readonly length?: Beats;
}): ReactNode {
  const { definitions } = useScene('<Note>');
  const controls: Record<string, number> = {};
  if (pitch !== undefined) {
    const named = definitions.named(props.def)?.description.controls.map(({ name }) => name) ?? [];
    const note = readPitch(pitch, '<Note>: pitch');
    if (named.includes('note') && !named.includes('freq')) controls.note = note;
    else controls.freq = pitchToHertz(note);
  }
  if (velocity !== undefined) controls.amp = velocity;
  const synth = <Synth {...controls} {...props} />;
  return length === undefined ? synth : <At length={length}>{synth}</At>;
} as <const Def extends string | SynthDef>(props: NoteProps<Def>) => ReactElement;
