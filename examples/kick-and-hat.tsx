/**
 * A bar of drums, again and again: kick on each beat, a clap on two and four, swung hats.
 *
 * Shows: a transport, a loop, patterns of yes and no, and swing. What is in the loop is mounted anew with each
 * bar; each stroke begins on its sample.
 *
 * Run:    npx react-collider play examples/kick-and-hat.tsx       Stop: Ctrl-C
 * Render: npx react-collider render examples/kick-and-hat.tsx -o drums.wav --duration 8
 */

import { euclidean, Group, Loop, Pattern, Swing, Synth, Transport } from 'react-collider';
import { clap, hat, kick } from 'react-collider/library';

/** Sixteenths. */
const STEP = 0.25;
const onBeats = euclidean(4, 16);
const onTwoAndFour = euclidean(2, 16, 12);
const offbeats = euclidean(11, 16);

export default function KickAndHat() {
  return (
    <Transport bpm={124}>
      <Loop beats={4}>
        <Group name="kick">
          <Pattern values={onBeats} every={STEP} length={1}>
            {() => <Synth def={kick} amp={0.4} decay={0.4} />}
          </Pattern>
        </Group>
        <Group name="clap">
          <Pattern values={onTwoAndFour} every={STEP} length={1}>
            {() => <Synth def={clap} amp={0.2} />}
          </Pattern>
        </Group>
        <Group name="hat">
          <Swing grid={STEP} amount={0.58}>
            <Pattern values={offbeats} every={STEP} length={STEP}>
              {(_, { index }) => <Synth def={hat} amp={index % 4 === 2 ? 0.1 : 0.06} />}
            </Pattern>
          </Swing>
        </Group>
      </Loop>
    </Transport>
  );
}
