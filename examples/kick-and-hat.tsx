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

/** Sixteenths. */
const STEP = 0.25;
const kick = euclidean(4, 16);
const clap = euclidean(2, 16, 12);
const hat = euclidean(11, 16);

export default function KickAndHat() {
  return (
    <Transport bpm={124}>
      <Loop beats={4}>
        <Group name="kick">
          <Pattern values={kick} every={STEP} length={1}>
            {() => <Synth def="sonic-pi-sc808_bassdrum" amp={0.3} decay={0.4} />}
          </Pattern>
        </Group>
        <Group name="clap">
          <Pattern values={clap} every={STEP} length={1}>
            {() => <Synth def="sonic-pi-sc808_clap" amp={0.15} />}
          </Pattern>
        </Group>
        <Group name="hat">
          <Swing grid={STEP} amount={0.58}>
            <Pattern values={hat} every={STEP} length={STEP}>
              {(_, step) => (
                <Synth def="sonic-pi-sc808_closed_hihat" amp={step % 4 === 2 ? 0.02 : 0.01} decay={0.2} />
              )}
            </Pattern>
          </Swing>
        </Group>
      </Loop>
    </Transport>
  );
}
