/**
 * Repeatable noise: sets every random number generator of a server to a seed.
 *
 * scsynth seeds its generators with the time of its start. A synth in the first control period and before all
 * others seeds them again. For each it has `RandID.ir(number); RandSeed.ir(1, seed)`, and then
 * `FreeSelf.kr(1)`.
 */

import { AddAction, type Command } from '../commands/command.js';
import { encodeSynthDefs, type GraphUnit } from '../synthdef/index.js';
import type { NodeId } from '../units.js';

const NAME = 'react-collider-seed';

/** Ids below 1000 are never given to nodes of a piece; 1 is the default group. */
const ID = 2 as NodeId;

/** A float32 holds whole numbers up to 2^24. */
const LARGEST = 0xff_ffff;

/** Distance between the seeds of two generators, so that neighbouring seeds share no series. A prime. */
const STEP = 7919;

/** Commands for the beginning of a score: the synth comes before all others of the first control period. */
export function seedCommands(seed: number, generators: number): Command[] {
  const values = Array.from(
    { length: generators },
    (_, index) => (Math.trunc(seed) + index * STEP) & LARGEST,
  );
  const scalar = { rate: 'scalar', specialIndex: 0, outputs: ['scalar'] } as const;
  const ONE = 0;
  const units = values.flatMap((_, index): GraphUnit[] => [
    { ...scalar, className: 'RandID', inputs: [{ constant: 1 + 2 * index }] },
    { ...scalar, className: 'RandSeed', inputs: [{ constant: ONE }, { constant: 2 + 2 * index }] },
  ]);
  const free: GraphUnit = {
    className: 'FreeSelf',
    rate: 'control',
    specialIndex: 0,
    inputs: [{ constant: ONE }],
    outputs: ['control'],
  };
  const bytes = encodeSynthDefs([
    {
      name: NAME,
      constants: [1, ...values.flatMap((value, number) => [number, value])],
      parameters: [],
      parameterNames: [],
      units: [...units, free],
      variants: [],
    },
  ]);
  return [
    { type: '/d_recv', bytes },
    { type: '/s_new', def: NAME, id: ID, action: AddAction.head, target: 0 as NodeId, controls: [] },
  ];
}
