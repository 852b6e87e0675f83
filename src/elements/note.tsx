import { type ReactElement, type ReactNode, useContext, useState } from 'react';
import { SuperColliderError } from '../errors.js';
import { KeyContext } from '../hooks/keyContext.js';
import { useScene } from '../hooks/useServer.js';
import { MAJOR, pitchOf, type ScaleSteps } from '../patterns/streams/pitch.js';
import type { ControlValue } from '../scene/props.js';
import { type NotePitch, pitchToHertz, readPitch } from '../time/pitch.js';
import type { Beats, Hertz } from '../units.js';
import { isInstrument, noteOf, type Playable } from './instrument.js';
import { useLimited } from './limited.js';
import { MixerContext } from './mixerContext.js';
import { type ControlsOf, Synth, type SynthOwnProps } from './nodes.js';
import { At } from './timed.js';

/** Props of `<Note>`: those of `<Synth>`, with pitch, velocity and length. */
export type NoteProps<Def extends Playable> = SynthOwnProps<Def, ControlsOf<Def>> &
  ControlsOf<Def> & {
    /** A MIDI note number, or a name such as `'C#4'`; becomes `freq` in hertz, or `note` where there is no `freq`. */
    readonly pitch?: NotePitch | undefined;
    /**
     * A step of the scale, 0 for its root, instead of a pitch. A tenth is an accidental: 2.1 is a semitone above 2.
     */
    readonly degree?: number | undefined;
    /** The scale of the degree. @default that of the nearest `<Key>`, or major */
    readonly scale?: ScaleSteps | undefined;
    /** Semitones from C to the root. @default that of the scale */
    readonly root?: number | undefined;
    /** Octave of the degree, where 5 begins at middle C. @default 5 */
    readonly octave?: number | undefined;
    /** Hertz that are added to the frequency, unless the definition has a control of that name. @default 0 */
    readonly detune?: number | undefined;
    /** Force, 0 to 1, as on a key. It multiplies `amp`, the definition's own or the prop. @default 1 */
    readonly velocity?: number | undefined;
    /** Beats until it is released. @default as long as it is mounted */
    readonly length?: Beats | undefined;
  };

/**
 * A synth said in music: `<Note def={pluck} pitch="C4" velocity={0.6} length={0.5} />`. All other props are
 * those of `<Synth>`. An instrument, such as `useSampler` gives, goes where the definition goes.
 *
 * A note that ends by itself, such as a drum, is left out where it begins in a track that nobody hears.
 *
 * @throws SuperColliderError `invalid-argument` for what is no pitch or velocity, `invalid-time` for a length that is
 *   not over 0.
 */
export const Note = function Note({
  pitch,
  degree,
  scale,
  root,
  octave = 5,
  detune,
  velocity,
  length,
  amp: given,
  ...props
}: {
  readonly def: Playable;
  readonly pitch?: NotePitch;
  readonly degree?: number;
  readonly scale?: ScaleSteps;
  readonly root?: number;
  readonly octave?: number;
  readonly detune?: number;
  readonly velocity?: number;
  readonly length?: Beats;
  readonly amp?: ControlValue;
}): ReactNode {
  const scene = useScene('<Note>');
  const key = useContext(KeyContext);
  const { def } = props;
  const isResting = useContext(MixerContext)?.isResting ?? false;
  const description = isInstrument(def) ? undefined : scene.definitionNamed(def)?.description;
  // A drum of a track that nobody hears would be heard late, when the track is heard again.
  const [isMissed] = useState(() => isResting && description?.freesItself === true && !description.hasGate);
  if (velocity !== undefined) checkVelocity(velocity);
  /** The pitch as a note number, and as a frequency with so many hertz added. */
  const pitched = (by: Hertz) => {
    if (degree !== undefined) {
      const { steps, root: own = 0, ...others } = scale ?? key ?? MAJOR;
      const inScale = { ...others, steps, root: root ?? own };
      return pitchOf({ degree: checkDegree(degree, pitch), scale: inScale, octave, detune: by });
    }
    if (pitch === undefined) return undefined;
    const midinote = readPitch(pitch, '<Note>: pitch');
    return { midinote, freq: pitchToHertz(midinote) + by };
  };
  const controls: Record<string, ControlValue> = {};
  let note: ReactNode;
  if (isInstrument(def)) {
    if (detune !== undefined) controls.detune = detune;
    if (given !== undefined) controls.amp = given;
    const { def: _, ...others } = props;
    note = noteOf(def, pitched(0)?.midinote as number | undefined, velocity, { ...controls, ...others });
  } else {
    const known = description?.controls;
    const has = (name: string) => known?.some((control) => control.name === name) ?? false;
    const hasDetune = has('detune');
    if (detune !== undefined && hasDetune) controls.detune = detune;
    const tone = pitched(hasDetune ? 0 : (detune ?? 0));
    if (tone && has('note') && !has('freq')) controls.note = tone.midinote as number;
    else if (tone) controls.freq = tone.freq as number;
    if (velocity !== undefined) {
      const own = known?.find(({ name }) => name === 'amp')?.defaults ?? [1];
      const amp = numbersOf(given ?? own).map((each) => each * velocity);
      controls.amp = amp.length === 1 ? amp[0]! : amp;
    } else if (given !== undefined) controls.amp = given;
    note = <Synth {...controls} {...props} def={def} />;
  }
  const limited = useLimited(note, controls.amp ?? velocity);
  if (isMissed) return null;
  return length === undefined ? limited : <At length={length}>{limited}</At>;
} as <const Def extends Playable>(props: NoteProps<Def>) => ReactElement;

function checkDegree(degree: unknown, pitch: unknown): number {
  if (pitch === undefined && typeof degree === 'number' && Number.isFinite(degree)) return degree;
  throw new SuperColliderError(
    'invalid-argument',
    pitch === undefined
      ? `<Note>: degree is ${String(degree)}. It is a number, 0 for the root of the scale.`
      : '<Note>: it has a pitch and a degree. Leave one of them out.',
  );
}

function numbersOf(amp: ControlValue): readonly number[] {
  const numbers = [amp].flat();
  if (numbers.every((each) => typeof each === 'number')) return numbers;
  throw new SuperColliderError(
    'invalid-argument',
    '<Note>: velocity scales amp, and amp follows a bus here. Leave one of them out.',
  );
}

function checkVelocity(velocity: unknown): void {
  if (typeof velocity === 'number' && velocity >= 0 && velocity <= 1) return;
  const scaled = typeof velocity === 'number' && velocity > 1 && velocity <= 127;
  throw new SuperColliderError(
    'invalid-argument',
    `<Note>: velocity is ${String(velocity)}. It is a number from 0 to 1.` +
      (scaled ? ` From MIDI, divide by 127: ${Math.round((velocity as number) / 1.27) / 100}.` : ''),
  );
}
