/** Values of signals that the server prints. */

import { SuperColliderError } from '../../errors.js';
import type { UnitRate } from '../file/graph.js';
import { newUnit } from '../graph/build.js';
import type { UnitKind } from '../graph/unit.js';
import { expand } from './expand.js';
import { asSignal, Channels, Constant, type Mono, type Signal, type SignalInput } from './signal.js';

const pollKind: UnitKind = {
  className: 'Poll',
  effect: true,
  check: { audio: [0], first: 'control' },
  inputNames: ['trig', 'in', 'trigid', 'label'],
};
const impulseKind: UnitKind = { className: 'Impulse', pure: true, inputNames: ['freq', 'phase'] };

/** The class that sclang names in a label: of a unit with several outputs its proxy, of a number its own. */
export function classOf(signal: Mono): string {
  if (signal instanceof Constant) return 'Float';
  return signal.unit.kind.manyOutputs ? 'OutputProxy' : signal.unit.className;
}

/** The bytes of a text, as units that send text take them. */
export const textInputs = (text: string): Constant[] =>
  [...new TextEncoder().encode(text)].map((byte) => new Constant(byte));

/**
 * A Poll for each channel.
 *
 * @param rate - `undefined` for each channel's own.
 * @param label - One text, or one for each channel; `undefined` for the name of the channel's class.
 */
export function poll(
  rate: UnitRate | undefined,
  trig: SignalInput,
  input: SignalInput,
  label: string | readonly string[] | undefined,
  trigid: SignalInput,
): Signal {
  const signal = asSignal(input, 'what Poll prints');
  const labels = typeof label === 'string' ? [label] : label;
  if (labels?.length === 0) {
    throw new SuperColliderError(
      'invalid-synthdef',
      'Poll was given an empty array of labels: give a text, or one for each channel.',
    );
  }
  const places = signal.channels.map((_, index) => new Constant(index));
  const place = signal instanceof Channels ? new Channels(places) : places[0]!;
  expand(
    [asSignal(trig, 'the trig of Poll'), signal, asSignal(trigid), place],
    ([trig, input, trigid, place]) => {
      const index = (place as Constant).value;
      const own = rate ?? signal.channels[index]!.rate;
      const unitRate = own === 'scalar' ? 'control' : own;
      const trigger =
        trig instanceof Constant ? newUnit(impulseKind, unitRate, [trig, new Constant(0)]).output : trig!;
      const text = textInputs(labels ? labels[index % labels.length]! : `UGen(${classOf(input!)})`);
      return newUnit(pollKind, unitRate, [trigger, input!, trigid!, new Constant(text.length), ...text])
        .output;
    },
  );
  return signal;
}
