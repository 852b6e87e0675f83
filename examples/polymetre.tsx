/**
 * A polymetre: loops of three, four and five beats side by side, together again after sixty.
 *
 * Shows: loops of different lengths, and a tuplet in one of them. Each counts its own beats; the tempo is one.
 *
 * Run:    npx react-collider play examples/polymetre.tsx       Stop: Ctrl-C
 * Render: npx react-collider render examples/polymetre.tsx -o polymetre.wav --duration 20 --stems
 */

import { Group, Loop, Note, type NotePitch, Pattern, Transport, Tuplet } from 'react-collider';
import { sine } from 'react-collider/library';

const blip = (pitch: NotePitch, pan: number) => (
  <Note def={sine} pitch={pitch} length={0.2} amp={0.1} pan={pan} attack={0.005} release={0.1} />
);

export default function Polymetre() {
  return (
    <Transport bpm={150}>
      <Group name="three">
        <Loop beats={3}>
          <Pattern values={['C5', 'G4', 'G4']}>{(pitch) => blip(pitch, -0.6)}</Pattern>
        </Loop>
      </Group>
      <Group name="four">
        <Loop beats={4}>
          <Pattern values={['C4', 'E4', 'E4', 'E4']}>{(pitch) => blip(pitch, 0)}</Pattern>
        </Loop>
      </Group>
      <Group name="five">
        <Loop beats={5}>
          {/* Six notes in the time of five beats. */}
          <Tuplet notes={6} inBeats={5}>
            <Pattern values={['C3', 'C3', 'G3', 'C3', 'C3', 'G3']}>{(pitch) => blip(pitch, 0.6)}</Pattern>
          </Tuplet>
        </Loop>
      </Group>
    </Transport>
  );
}
