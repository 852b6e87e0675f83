/**
 * A chord that changes: three voices through a shared bus into a reverb.
 *
 * Shows: a private bus, and that sibling order is execution order — the reverb reads the bus after the
 * voices have written to it. The chord is state: setting it again is all that there is to do.
 *
 * Run: npx react-collider play examples/hello.tsx       Stop: Ctrl-C
 */

import { useEffect, useState } from 'react';
import { Group, pitchToHertz, Synth, useBus } from 'react-collider';
import { reverb, sine } from 'react-collider/library';

const chords = [
  ['A3', 'C4', 'E4'],
  ['F3', 'A3', 'C4'],
  ['G3', 'C4', 'E4'],
  ['G3', 'B3', 'D4'],
];

export default function Hello() {
  const room = useBus({ rate: 'audio', channels: 2, name: 'room' });
  const [step, setStep] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setStep((now) => now + 1), 2000);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      <Group name="voices">
        {chords[step % chords.length]!.map((pitch, voice) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a voice is its place in the chord.
          <Synth key={voice} def={sine} freq={pitchToHertz(pitch)} amp={0.1} out={room} />
        ))}
      </Group>
      <Synth def={reverb} in={room} mix={0.3} />
    </>
  );
}
