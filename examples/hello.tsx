/**
 * A chord that changes: three voices through a shared bus into a reverb.
 *
 * Shows: a private bus, and that sibling order is execution order — the reverb reads the bus after the
 * voices have written to it. The chord is state: setting it again is all that there is to do.
 *
 * Run: npx react-collider play examples/hello.tsx       Stop: Ctrl-C
 */

import { useEffect, useState } from 'react';
import { Group, Synth, useBus } from 'react-collider';

/** MIDI notes: A minor, F major, C major, G major. */
const chords = [
  [57, 60, 64],
  [53, 57, 60],
  [55, 60, 64],
  [55, 59, 62],
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
        {chords[step % chords.length]!.map((note, voice) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a voice is its place in the chord.
          <Synth key={voice} def="sonic-pi-beep" note={note} amp={0.1} sustain={3600} out_bus={room} />
        ))}
      </Group>
      <Synth def="sonic-pi-fx_reverb" name="reverb" in_bus={room} mix={0.3} />
    </>
  );
}
