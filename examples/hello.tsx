/**
 * A chord that changes: three voices through a shared bus into a reverb.
 *
 * Shows: a private bus, and that sibling order is execution order — the reverb reads the bus after the
 * voices have written to it. The chord is state that changes with the beats.
 *
 * Run: npx react-collider play examples/hello.tsx       Stop: Ctrl-C
 */

import { Group, pitchToHertz, Synth, useBeatValue, useBus } from 'react-collider';
import { reverb, sine } from 'react-collider/library';

const chords = [
  ['A3', 'C4', 'E4'],
  ['F3', 'A3', 'C4'],
  ['G3', 'C4', 'E4'],
  ['G3', 'B3', 'D4'],
];

export default function Hello() {
  const room = useBus({ rate: 'audio', channels: 2, name: 'room' });
  const chord = useBeatValue(2, chords); // a beat is a second, as long as no <Transport> says otherwise
  return (
    <>
      <Group name="voices">
        {chord.map((pitch, voice) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a voice is its place in the chord.
          <Synth key={voice} def={sine} freq={pitchToHertz(pitch)} amp={0.1} out={room} />
        ))}
      </Group>
      <Synth def={reverb} in={room} mix={0.3} />
    </>
  );
}
