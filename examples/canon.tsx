/**
 * A canon: the same melody three times, each voice two bars after the one before.
 *
 * Shows: a melody as data, a component for a voice, and that `<At>` moves all that is in it. It comes to an end by
 * itself, so it can be rendered until it is silent.
 *
 * Run:    npx react-collider play examples/canon.tsx       Stop: Ctrl-C
 * Render: npx react-collider render examples/canon.tsx -o canon.wav --until-silent --piano-roll canon.png
 */

import { At, Group, Note, Pattern, Transport } from 'react-collider';
import { sine } from 'react-collider/library';

type Tone = readonly [pitch: string, beats: number];

/** Frère Jacques. */
const melody: readonly Tone[] = [
  ...twice(['C4', 1], ['D4', 1], ['E4', 1], ['C4', 1]),
  ...twice(['E4', 1], ['F4', 1], ['G4', 2]),
  ...twice(['G4', 0.5], ['A4', 0.5], ['G4', 0.5], ['F4', 0.5], ['E4', 1], ['C4', 1]),
  ...twice(['C4', 1], ['G3', 1], ['C4', 2]),
];

function twice(...tones: Tone[]): Tone[] {
  return [...tones, ...tones];
}

function Voice({ pan }: { readonly pan: number }) {
  return (
    <Pattern values={melody} every={([, beats]) => beats} length={([, beats]) => 0.8 * beats}>
      {([pitch]) => <Note def={sine} pitch={pitch} amp={0.1} pan={pan} release={0.2} />}
    </Pattern>
  );
}

export default function Canon() {
  return (
    <Transport bpm={132}>
      {[-0.7, 0, 0.7].map((pan, voice) => (
        <At key={pan} beat={8 * voice}>
          <Group name={`voice ${voice + 1}`}>
            <Voice pan={pan} />
          </Group>
        </At>
      ))}
    </Transport>
  );
}
