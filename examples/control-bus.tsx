/**
 * One hand on two filters: a control bus that two synths follow.
 *
 * Shows: a mapped control (`cutoff={brightness.kr()}`), and that fast values go past React — the bus is
 * set thirty times a second without a render, and whatever is mapped to it follows.
 *
 * Run: npx react-collider play examples/control-bus.tsx       Stop: Ctrl-C
 */

import { useEffect } from 'react';
import { type BusHandle, Synth, useBus } from 'react-collider';
import { saw } from 'react-collider/library';

/** The filters' cutoff, from 150 Hz to 4800 Hz and back once in four seconds. */
function useSweep(bus: BusHandle): void {
  useEffect(() => {
    const start = performance.now();
    const timer = setInterval(() => {
      const seconds = (performance.now() - start) / 1000;
      bus.set(150 * 32 ** (0.5 - 0.5 * Math.cos((2 * Math.PI * seconds) / 4)));
    }, 33);
    return () => clearInterval(timer);
  }, [bus]);
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
