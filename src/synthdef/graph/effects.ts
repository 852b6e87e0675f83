/** The check that somebody can notice a synth of a graph: it writes to a bus or buffer, sends something or ends. */

import { SuperColliderError } from '../../errors.js';
import { Constant, Signal, UnitOutput } from '../signal/signal.js';
import type { Graph } from './build.js';
import type { Unit } from './unit.js';

/** The largest done action that touches no other node: `freeSelf`. */
const OWN_END = 2;

/** The reach of a unit: other nodes and people, no more than its own synth, or nothing. */
type Reach = 'others' | 'end' | 'nothing';

/**
 * The error of a graph that nobody would notice. The graph is as it was written, before it is optimized.
 *
 * A graph that ends its synth and does nothing else is a timer, unless it computes sound for nobody.
 *
 * @param result - What the function of the definition returned.
 */
export function unnoticed(graph: Graph, result: unknown): SuperColliderError | undefined {
  const reaches = graph.units.map(reachOf);
  if (reaches.includes('others')) return undefined;
  const lost = lostSound(graph.units, (_, index) => reaches[index] === 'end');
  if (reaches.includes('end') && !lost) return undefined;
  const signal = signalOf(result);
  const isSlow = signal?.rate === 'control';
  const found = signal
    ? 'Its function returned a signal; only what Out writes is heard. '
    : lost
      ? `${lost.className} computes sound for nobody. `
      : '';
  const bus = graph.controls.some(({ name }) => name === 'out') ? 'c.out' : '0';
  return new SuperColliderError(
    'invalid-synthdef',
    `The graph of synthDef("${graph.name}") writes to no bus and no buffer and sends nothing. ${found}` +
      `Add Out.${isSlow ? 'kr' : 'ar'}(${bus}, signal).`,
  );
}

function reachOf(unit: Unit): Reach {
  const { kind, className, inputs } = unit;
  const place = kind.inputNames?.indexOf('doneAction') ?? -1;
  const done = place < 0 ? undefined : inputs[place];
  if (done instanceof Constant && done.value > OWN_END) return 'others';
  const isOwn =
    className === 'LocalOut' || className === 'DetectSilence' || /^(Free|Pause)Self/.test(className);
  if ((kind.effect || kind.chain) && !isOwn && !usesLocalBuffer(unit)) return 'others';
  const ends =
    /^(Free|Pause)Self/.test(className) || (done && !(done instanceof Constant && done.value === 0));
  return ends ? 'end' : 'nothing';
}

/** True for a unit whose buffer belongs to the synth, also through an FFT chain. */
function usesLocalBuffer({ inputs: [buffer] }: Unit): boolean {
  if (!(buffer instanceof UnitOutput)) return false;
  const { unit } = buffer;
  return unit.className === 'LocalBuf' || (unit.kind.chain === true && usesLocalBuffer(unit));
}

/** A unit at audio rate that none of the others depends on. */
function lostSound(
  units: readonly Unit[],
  isWanted: (unit: Unit, index: number) => boolean,
): Unit | undefined {
  const wanted = new Set<Unit>();
  const visit = (unit: Unit): void => {
    if (wanted.has(unit)) return;
    wanted.add(unit);
    for (const input of unit.inputs) if (input instanceof UnitOutput) visit(input.unit);
  };
  units.filter(isWanted).forEach(visit);
  return units.find(
    (unit) =>
      unit.rate === 'audio' &&
      unit.outputs.length > 0 &&
      unit.className !== 'AudioControl' &&
      !wanted.has(unit),
  );
}

/** The first signal of what was returned that is no number. */
function signalOf(result: unknown): Signal | undefined {
  const parts: readonly unknown[] = [result].flat(Number.POSITIVE_INFINITY);
  return parts.find((part): part is Signal => part instanceof Signal && !(part instanceof Constant));
}
