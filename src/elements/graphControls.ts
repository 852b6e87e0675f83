/** Props of a graph as inputs of a definition: for `<Graph>` and for modulators. */

import { Modulator } from '../scene/modulator.js';
import type { ControlValue } from '../scene/props.js';
import type { Signal } from '../synthdef/index.js';

/** The controls of a graph, as signals: one for each control that was given. */
export type SignalsOf<Controls> = { readonly [Name in keyof Controls]-?: Signal };

/** The number of slots that a value needs. */
export function slotsOf(value: ControlValue): number {
  if (value instanceof Modulator) return value.channels;
  return Array.isArray(value) ? value.reduce((sum, part) => sum + slotsOf(part), 0) : 1;
}

/**
 * Controls as `synthDef` takes them.
 *
 * Initial values do not matter, as the synth gets all of them. So a changed number is no other graph.
 */
export function asInputs(
  controls: Readonly<Record<string, ControlValue>>,
): Record<string, number | readonly number[]> {
  return Object.fromEntries(
    Object.entries(controls).map(([control, value]) => {
      const slots = slotsOf(value);
      return [control, slots === 1 ? 0 : new Array<number>(slots).fill(0)];
    }),
  );
}

/** The names of controls with their sizes: graphs with the same ones have the same inputs. */
export const namesOf = (controls: Readonly<Record<string, ControlValue>>): string =>
  Object.entries(controls)
    .map(([control, value]) => `${control}:${slotsOf(value)}`)
    .join();
