/**
 * One hand on two filters: a control bus that two synths follow.
 *
 * Shows: a mapped control (`cutoff={brightness.kr()}`), and that fast values go past React — the bus is
 * set thirty times a second without a render, and whatever is mapped to it follows.
 *
 * Run: npx react-collider play examples/control-bus.tsx       Stop: Ctrl-C
 */

import { type BusHandle, Synth, useBeat, useBus } from 'react-collider';
import { saw } from 'react-collider/library';

const TIMES_A_SECOND = 30;

/** The filters' cutoff, from 150 Hz to 4800 Hz and back once in four seconds. */
function useSweep(bus: BusHandle): void {
  // A beat is a second, as long as no <Transport> says otherwise.
  useBeat(1 / TIMES_A_SECOND, ({ index }) => {
    const seconds = index / TIMES_A_SECOND;
    bus.set(150 * 32 ** (0.5 - 0.5 * Math.cos((2 * Math.PI * seconds) / 4)));
  });
}

export default function ControlBus() {
  const brightness = useBus({ rate: 'control', name: 'brightness' });
  useSweep(brightness);
  return (
    <>
      <Synth def={saw} freq={55} amp={0.2} cutoff={brightness.kr()} pan={-0.4} />
      <Synth def={saw} freq={82.6} amp={0.2} cutoff={brightness.kr()} pan={0.4} />
    </>
  );
}
