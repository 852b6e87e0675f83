/** The units that methods of signals make. */

import { newUnit } from '../graph/build.js';
import type { UnitKind } from '../graph/unit.js';
import { expand } from './expand.js';
import { asSignal, Channels, type Signal, type SignalInput } from './signal.js';

const kindOf = (className: string, more: Partial<UnitKind> = {}): [string, UnitKind] => [
  className,
  { className, ...more },
];
const filter = { pure: true, check: { audio: [0], first: 'control' }, inputNames: ['in'] } as const;
export const shapingKinds = Object.fromEntries([
  ...['Clip', 'Fold', 'Wrap', 'ModDif'].map((name) => kindOf(name)),
  ...['XFade2', 'LinXFade2'].map((name) => kindOf(name, { check: { audio: [0, 1] } })),
  ...['Lag', 'Lag2', 'Lag3', 'LagUD', 'Lag2UD', 'Lag3UD', 'Slew', 'LinExp'].map((name) =>
    kindOf(name, filter),
  ),
  kindOf('Select', { pure: true, check: { audioFrom: 1 }, inputNames: ['which', 'array'] }),
]) as Readonly<Record<string, UnitKind>>;

/** A unit with the rate of its first input. */
export function sameRate(className: string, ...inputs: readonly SignalInput[]): Signal {
  const signals = inputs.map((input) => asSignal(input, `an input of ${className}`));
  const { rate } = signals[0]!;
  return expand(signals, (mono) => newUnit(shapingKinds[className]!, rate, mono).output);
}

/** `shape` for each channel, with the channels of the other inputs beside it. */
export function eachChannel(
  signal: Signal,
  inputs: readonly SignalInput[],
  shape: (channel: Signal, ...inputs: Signal[]) => Signal,
): Signal {
  const signals = inputs.map((input) => asSignal(input));
  if (!(signal instanceof Channels)) return shape(signal, ...signals);
  const width = Math.max(signal.length, ...signals.map((input) => input.length));
  return new Channels(
    Array.from({ length: width }, (_, index) =>
      shape(
        signal.channels[index % signal.length]!,
        ...signals.map((input) =>
          input instanceof Channels ? input.channels[index % input.length]! : input,
        ),
      ),
    ),
  );
}
