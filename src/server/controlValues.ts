/** Values that controls of a server's synths accept. */

import { checkControlsGiven } from '../controlsGiven.js';
import { envProblem, isEnv } from '../envValues.js';
import { controlHint, SuperColliderError } from '../errors.js';
import type { Env } from '../synthdef/index.js';
import { isFloat32 } from '../units.js';
import { ServerBuffer } from './buffer.js';
import { ServerBus } from './buses.js';
import type { Client } from './client.js';

/** A bus as a control's value is its index, a buffer its number; `bus.map` maps the control to a bus. */
export type ServerControlValue =
  | number
  | string
  | ServerBus
  | ServerBuffer
  | Env
  | readonly (number | string)[];

/** Values of controls, by name. */
export type ServerControls = Readonly<Record<string, ServerControlValue>>;

/** A bus, by handle or by index, or `undefined` for no bus any more. */
export type MapTarget = ServerBus | number | undefined;

/** The parts of a value, one for each slot of its control. */
export const partsOf = (value: ServerControlValue) => (isEnv(value) ? value.asArray() : [value].flat());

/** Controls and values in turn, checked. */
export function controlPairs(
  server: Client,
  what: string,
  controls: ServerControls,
): (number | string | readonly (number | string)[])[] {
  checkControlsGiven(() => what, controls);
  return Object.entries(controls).flatMap(([name, value]) => [
    name,
    wireValue(server, `${what}: control "${name}"`, value),
  ]);
}

function wireValue(
  server: Client,
  what: string,
  value: unknown,
): number | string | readonly (number | string)[] {
  if (value instanceof ServerBus || value instanceof ServerBuffer) {
    value.checkFor(server);
    return value instanceof ServerBus ? value.index : value.number;
  }
  if (isEnv(value)) {
    const problem = envProblem(value);
    if (problem === undefined) return value.asArray();
    throw new SuperColliderError('invalid-control', `${what} is ${problem}.`);
  }
  if (Array.isArray(value)) {
    if (value.length > 0) return value.map((part) => wireValue(server, what, part) as number | string);
  } else if (typeof value === 'string') {
    if (/^[ac]\d+$/.test(value)) return value;
  } else if (isFloat32(value)) return value;
  throw new SuperColliderError(
    'invalid-control',
    `${what} is ${String(value)}. A control is a number up to 3.4e38, an Env, a bus, a buffer, a mapping such as "c5" (bus.map), or an array of these.${controlHint('', value, false)}`,
  );
}
