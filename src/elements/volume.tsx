import { type Key, type ReactNode, useMemo, useState } from 'react';
import { SuperColliderError } from '../errors.js';
import { checkChannels, rejectUnknownProps } from '../hooks/rejectUnknownProps.js';
import type { BusHandle } from '../scene/handles.js';
import { volumeDef } from '../synthdef/library/volume.js';
import { amplitudeOf, type Seconds } from '../units.js';
import { Synth } from './nodes.js';

/** Props of `<Volume>`. */
export interface VolumeProps {
  /** Level in decibels, clamped to -90 … 6. @default 0 */
  readonly decibels?: number | undefined;
  /** Silences without forgetting how loud it was. @default false */
  readonly muted?: boolean | undefined;
  /** Seconds in which a change glides. @default 0.1 */
  readonly lag?: Seconds | undefined;
  /** An audio bus, or the number of its first channel. @default 0, what is heard */
  readonly bus?: number | BusHandle | undefined;
  /** @default those of the bus, or 2 */
  readonly channels?: number | undefined;
  /** React's key. */
  readonly key?: Key | null | undefined;
}

const QUIETEST = -90;
const LOUDEST = 6;
const FADE_IN: Seconds = 0.01;

/**
 * The volume of everything that stands before it in the tree, so it stands last: it multiplies the outputs in place.
 * Like all of a piece it comes back after a reboot, in its place, and is heard offline. It fades in and out in 50 ms.
 *
 * The volume of a whole server with all its clients is `server.volume`.
 *
 * Sends `/s_new` of a synth with `XOut`, and one `/n_set` for a change.
 *
 * @throws SuperColliderError `invalid-argument` for decibels that are no number.
 */
export function Volume({
  decibels = 0,
  muted = false,
  lag = 0.1,
  bus = 0,
  channels = typeof bus === 'number' ? 2 : bus.channels,
  ...others
}: VolumeProps): ReactNode {
  rejectUnknownProps('<Volume>', others, ['decibels', 'muted', 'lag', 'bus', 'channels']);
  if (typeof decibels !== 'number' || Number.isNaN(decibels)) {
    throw new SuperColliderError(
      'invalid-argument',
      `<Volume>: decibels is ${String(decibels)}. It is a number from ${QUIETEST} to ${LOUDEST}.`,
    );
  }
  checkChannels('<Volume>', channels);
  const def = useMemo(() => volumeDef(channels), [channels]);
  const amplitude = amplitudeOf(Math.min(LOUDEST, Math.max(QUIETEST, decibels)));
  // What is muted from the beginning lets nothing through, not even while it fades in.
  const [fadeIn] = useState(muted ? 0 : FADE_IN);
  const controls = { volumeAmp: muted ? 0 : amplitude, volumeLag: lag, fadeIn, bus };
  return <Synth key={channels} def={def} name="volume" controls={controls} />;
}
