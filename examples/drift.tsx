/**
 * Slow weather: the filters, places and levels of a chord drift by themselves, on a large plate.
 *
 * No timer and no render: the server moves everything. Each voice has modulators of its own, and all voices share one for
 * the level.
 */

import { At, drift, lfo, Mixer, Note, Return, Track } from 'react-collider';
import { pad, plate, sub } from 'react-collider/library';

const CHORD = ['D3', 'A3', 'E4', 'F#4'] as const;

/** A wave of 19 seconds for all voices. */
const breath = lfo('sine', { rate: 1 / 19, range: [0.08, 0.22] });

export default function Drift() {
  return (
    <Mixer gain={-4}>
      <Track name="chord" sends={{ plate: -8 }}>
        {CHORD.map((pitch, index) => (
          <At key={pitch} beat={index * 2}>
            <Note
              def={pad}
              pitch={pitch}
              attack={3}
              release={5}
              amp={breath}
              pan={drift({ rate: 0.15 + index * 0.05 })}
              cutoff={lfo('triangle', { rate: 0.05 + index * 0.013, range: [300, 2600], scale: 'exp' })}
            />
          </At>
        ))}
      </Track>
      <Track name="ground" gain={-9}>
        <Note def={sub} pitch="D2" attack={4} release={5} />
      </Track>
      <Return name="plate" def={plate} decay={6} damp={0.5} />
    </Mixer>
  );
}
