/**
 * The quick way for what most synths are: a definition, and controls that are single numbers.
 *
 * Such a synth's snapshot depends on nothing but its props, so it is made from them directly, and compared
 * with the next props in one go. Everything else (buses, buffers, arrays, wrong props) takes the long way
 * through `props.ts` and `snapshot.ts`, which also says what is wrong.
 */

import { MOST_PLAIN_CONTROLS } from '../commands/plainControls.js';
import { isFloat32 } from '../units.js';
import { type ControlTable, OWN_PROP } from './controlTable.js';
import { PlainSnapshot } from './plainSnapshot.js';
import type { RawProps, SynthProps } from './props.js';
import { restate } from './restate.js';
import type { SceneNode } from './sceneNode.js';

/** The synth's snapshot; `undefined` when it has to go the long way. */
export function plainSnapshot(
  element: SceneNode,
  props: RawProps,
  table: ControlTable,
): PlainSnapshot | undefined {
  if (!table.layout) return undefined;
  const { names, slots } = table;
  const values = table.defaults.slice();
  let given = 0;
  let size = 0;
  for (const name in props) {
    const value = props[name];
    const slot = names[size] === name ? slots[size]! : table.learn(size, name);
    size += 1;
    if (slot >= 0) {
      if (!isFloat32(value)) return undefined;
      values[slot] = value;
      given |= 1 << slot;
    } else if (slot !== OWN_PROP || !isPlainOwnProp(name, value)) return undefined;
  }
  return new PlainSnapshot(element, table, values, props.paused === true || element.hidden, given, size);
}

/** Values by slot that differ, until it is known that nothing else does. */
const differing = new Float64Array(MOST_PLAIN_CONTROLS);

/**
 * Takes the next props of a synth whose snapshot is plain; false when they have to go the long way.
 * Nothing is touched when no control differs.
 */
export function updatePlain(element: SceneNode, previous: RawProps, props: RawProps): boolean {
  const { snapshot } = element;
  if (!(snapshot instanceof PlainSnapshot)) return false;
  const { table, values } = snapshot;
  const { names, slots } = table;
  let changed = 0;
  let chosen = 0;
  let given = 0;
  let size = 0;
  for (const name in props) {
    const value = props[name];
    const slot = names[size] === name ? slots[size]! : table.learn(size, name);
    size += 1;
    if (slot >= 0) {
      given |= 1 << slot;
      if (value === values[slot]) continue;
      if (!isFloat32(value)) return false;
      differing[slot] = value;
      changed |= 1 << slot;
      // The server's numbers are float32.
      if (Math.fround(value) !== Math.fround(values[slot] as number)) chosen |= 1 << slot;
    } else if (value !== previous[name]) return false;
  }
  // A control that left goes back to its default, which the long way knows.
  if (given !== snapshot.given || size !== snapshot.size) return false;
  if (changed === 0) return true;
  element.props = props as SynthProps;
  snapshot.take(changed, differing);
  if (chosen !== 0) restate(element, snapshot, chosen);
  return true;
}

function isPlainOwnProp(name: string, value: unknown): boolean {
  switch (name) {
    case 'def': // its table was found
    case 'ref':
    case 'key':
      return true;
    case 'name':
      return typeof value === 'string';
    case 'paused':
      return typeof value === 'boolean';
    case 'onEnd':
      return typeof value === 'function';
    default:
      return value === undefined;
  }
}
