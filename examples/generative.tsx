/**
 * Music that makes itself: a bell that wanders over a pentatonic scale, and a bass that follows it.
 *
 * Shows: seeded random numbers and state that changes with the beats. The same seed is the same piece, whenever and
 * wherever it is rendered; another one is another.
 *
 * Run:    npx react-collider play examples/generative.tsx       Stop: Ctrl-C
 * Render: npx react-collider render examples/generative.tsx -o generative.wav --duration 30 --seed 7
 */

import { useState } from 'react';
import { Group, Note, Synth, Transport, useBeat, useBus, useRandom } from 'react-collider';
import { bell, reverb, sine } from 'react-collider/library';

/** Semitones of a minor pentatonic scale. */
const scale = [0, 3, 5, 7, 10];
const pitchOf = (degree: number) => 57 + 12 * Math.floor(degree / 5) + scale[((degree % 5) + 5) % 5]!;

interface Step {
  readonly index: number;
  readonly degree: number;
  readonly isRest: boolean;
}

/** A step up or down each half beat, drawn back to the middle, with a rest now and then. */
function useWalk(): Step {
  const random = useRandom('walk');
  const [step, setStep] = useState<Step>({ index: 0, degree: 0, isRest: false });
  useBeat(0.5, ({ index }) => {
    const move = random.pick([-2, -1, 1, 2]);
    const isRest = random.chance(0.25);
    setStep(({ degree }) => {
      const next = degree + move;
      return { index, degree: Math.abs(next) > 6 ? degree - move : next, isRest };
    });
  });
  return step;
}

function Walk({ out }: { readonly out: ReturnType<typeof useBus> }) {
  const { index, degree, isRest } = useWalk();
  const bass = pitchOf(Math.floor(degree / 5) * 5) - 24;
  return (
    <>
      {!isRest && <Note key={index} def={bell} pitch={pitchOf(degree)} amp={0.15} out={out} />}
      <Note key={`bass ${bass}`} def={sine} pitch={bass} amp={0.08} attack={0.1} release={1} out={out} />
    </>
  );
}

export default function Generative() {
  const room = useBus({ channels: 2, name: 'room' });
  return (
    <Transport bpm={96}>
      <Group name="notes">
        <Walk out={room} />
      </Group>
      <Synth def={reverb} in={room} mix={0.4} room={0.8} />
    </Transport>
  );
}
