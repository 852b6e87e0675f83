import { Fragment, type Key, type ReactNode, useInsertionEffect, useState } from 'react';
import { SuperColliderError } from '../errors.js';
import { rejectUnknownProps } from '../hooks/rejectUnknownProps.js';
import { useScene } from '../hooks/useServer.js';
import { checkMax, useVoices } from '../hooks/useVoices.js';
import { VoicesContext } from '../hooks/voicesContext.js';
import type { MidiSource } from '../input/midi.js';
import type { Voice, VoiceOptions } from '../input/voiceAllocator.js';
import type { ControlValue } from '../scene/props.js';
import type { SynthDef } from '../synthdef/index.js';
import { VarLag } from '../synthdef/index.js';
import { VoiceLimit } from '../time/voiceLimit.js';
import type { Seconds } from '../units.js';
import { kr } from './modulators.js';
import { Synth } from './nodes.js';
import { Note } from './note.js';

/** Props of `<Voices>`. */
export interface VoicesProps extends VoiceOptions {
  /** The keyboard: what `openMidiInput`, `webMidi` or `screenKeys` gave. @default none: the notes are the children */
  readonly source?: MidiSource | undefined;
  /** The definition of the voices, for a keyboard without a function as the child. */
  readonly def?: string | SynthDef | undefined;
  /** Seconds of the way from pitch to pitch, with `mono` and a `def`. @default 0 */
  readonly glide?: Seconds | undefined;
  /** React's key. */
  readonly key?: Key | null | undefined;
  /**
   * With a keyboard: a function that renders a voice. Else patterns and notes, of which at most `max` sound at once.
   */
  readonly children?: ReactNode | ((voice: Voice) => ReactNode);
}

/**
 * Voices with a limit: of a keyboard, or of the patterns and notes inside.
 *
 * A note too many ends the oldest or the quietest one, or is left out (`steal`). For keyboards there are also `mono` with
 * `glide` and `priority`, the sustain and sostenuto pedals, and `mpe`.
 *
 * @example
 * ```tsx
 * <Voices source={keyboard} max={8} def={pad} />
 * <Voices max={4} steal="quietest"><Pattern values={melody} def={pluck} /></Voices>
 * ```
 *
 * @throws SuperColliderError `invalid-argument` unless `max` is a whole number over 0.
 * @throws SuperColliderError `invalid-argument` for a keyboard without a `def` or a function, and for `mono` and `mpe`
 *   without a keyboard.
 */
export function Voices({ source, def, glide = 0, children, ...options }: VoicesProps): ReactNode {
  const { max, steal, mono, priority, bendRange, mpe, ...others } = options;
  rejectUnknownProps('<Voices>', others, VOICES_PROPS);
  checkMax('<Voices>', max);
  if (typeof children === 'function' || def !== undefined || source) {
    const show = typeof children === 'function' ? children : undefined;
    if (!show && def === undefined) {
      throw new SuperColliderError(
        'invalid-argument',
        '<Voices> has a keyboard, and nothing to play. Give it a definition, such as def={pad}, or a function as its child.',
      );
    }
    return <Keyboard source={source} options={options} def={def} glide={glide} show={show} />;
  }
  for (const [name, value] of Object.entries({ mono, priority, mpe, bendRange })) {
    if (value === undefined) continue;
    throw new SuperColliderError(
      'invalid-argument',
      `<Voices>: ${name} is for a keyboard. Give it one: source={…}.`,
    );
  }
  return (
    <Limited max={max ?? Number.POSITIVE_INFINITY} steal={steal ?? 'oldest'}>
      {children as ReactNode}
    </Limited>
  );
}

const VOICES_PROPS = [
  'source',
  'def',
  'glide',
  'max',
  'steal',
  'mono',
  'priority',
  'bendRange',
  'mpe',
  'children',
];

interface KeyboardProps {
  readonly source: MidiSource | undefined;
  readonly options: VoiceOptions;
  readonly def: string | SynthDef | undefined;
  readonly glide: Seconds;
  readonly show: ((voice: Voice) => ReactNode) | undefined;
}

function Keyboard({ source, options, def, glide, show }: KeyboardProps): ReactNode {
  const voices = useVoices(source, options);
  return voices.map((voice) => (
    <Fragment key={voice.id}>
      {show ? show(voice) : <Sounding voice={voice} def={def!} glide={glide} />}
    </Fragment>
  ));
}

interface SoundingProps {
  readonly voice: Voice;
  readonly def: string | SynthDef;
  readonly glide: Seconds;
}

/** A voice as a synth. Another key of the same voice has the velocity of the first. */
function Sounding({ voice, def, glide }: SoundingProps): ReactNode {
  const scene = useScene('<Voices>');
  const [velocity] = useState(voice.velocity);
  if (glide <= 0) return <Note def={def} pitch={voice.pitch} velocity={velocity} />;
  const controls = scene.definitionNamed(def)?.description.controls ?? [];
  const amp = controls.find(({ name }) => name === 'amp')?.defaults[0] ?? 1;
  // Straight in pitch: the way of an octave takes as long as that of a semitone.
  const freq = kr((c) => VarLag.kr(c.pitch, c.time).midicps(), { pitch: voice.pitch, time: glide });
  return <Synth def={def} {...({ freq, amp: amp * velocity } as Record<string, ControlValue>)} />;
}

interface LimitedProps {
  readonly max: number;
  readonly steal: 'oldest' | 'quietest' | 'none';
  readonly children: ReactNode;
}

function Limited({ max, steal, children }: LimitedProps): ReactNode {
  const [limit] = useState(() => new VoiceLimit());
  useInsertionEffect(() => {
    limit.max = max;
    limit.strategy = steal;
  });
  return <VoicesContext value={limit}>{children}</VoicesContext>;
}
