/** Units that print signals on the server's side. */

import type { UnitRate } from '../file/graph.js';
import { newUnit } from '../graph/build.js';
import type { UnitKind } from '../graph/unit.js';
import { expand } from './expand.js';
import {
  asSignal,
  Channels,
  Constant,
  type Mono,
  type Signal,
  type SignalInput,
  UnitOutput,
} from './signal.js';

const pollKind: UnitKind = {
  className: 'Poll',
  effect: true,
  check: { audio: [0], first: 'control' },
  inputNames: ['trig', 'in', 'trigid', 'label'],
};
const impulseKind: UnitKind = { className: 'Impulse', pure: true, unipolar: true };

/** The bytes of a text, as units that send text take them. */
export const textInputs = (text: string): Constant[] =>
  [...new TextEncoder().encode(text)].map((byte) => new Constant(byte));

/** Adds a Poll for each channel of its inputs; returns the input. */
export function poll(
  rate: UnitRate,
  trig: SignalInput,
  input: SignalInput,
  label: string | undefined,
  trigid: SignalInput,
): Signal {
  const unitRate = rate === 'scalar' ? 'control' : rate;
  expand([asSignal(trig), asSignal(input), asSignal(trigid)], ([trig, input, trigid]) => {
    const text = textInputs(label ?? `UGen(${classOf(input!)})`);
    const trigger =
      trig instanceof Constant ? newUnit(impulseKind, unitRate, [trig, new Constant(0)]).output : trig!;
    return newUnit(pollKind, unitRate, [trigger, input!, trigid!, new Constant(text.length), ...text]).output;
  });
  return asSignal(input);
}

/** As `poll` of a signal in sclang: the rate of each channel, and its index as the label. */
export function pollChannels(
  signal: Signal,
  trig: SignalInput,
  label: string | undefined,
  trigid: SignalInput,
): Signal {
  if (!(signal instanceof Channels)) return poll(signal.rate, trig, signal, label, trigid);
  const [trigs, ids] = [asSignal(trig), asSignal(trigid)];
  signal.channels.forEach((channel, index) => {
    const at = (input: Signal): Signal => input.channels[index % input.length]!;
    poll(channel.rate, at(trigs), channel, label ?? `UGen Array [${index}]`, at(ids));
  });
  return signal;
}

/** The name of sclang's class, for the default label. */
function classOf(input: Mono): string {
  if (input instanceof UnitOutput) return input.unit.kind.manyOutputs ? 'OutputProxy' : input.unit.className;
  return Number.isInteger(input.value) ? 'Integer' : 'Float';
}
