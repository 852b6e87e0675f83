/** Many synths that cost a server next to nothing. */

import { createElement, type ReactElement } from 'react';
import { Group, Synth } from '../../src/index.js';
import { encodeSynthDefs, synthDefsFromBytes } from '../../src/synthdef/index.js';

/** Costs the server next to nothing, so that ten thousand of them are no load. */
export const [still] = synthDefsFromBytes(
  encodeSynthDefs([
    {
      name: 'still',
      constants: [0],
      parameters: [440, 0.1],
      parameterNames: [
        { name: 'freq', index: 0 },
        { name: 'amp', index: 1 },
      ],
      units: [
        { className: 'Control', rate: 'scalar', specialIndex: 0, inputs: [], outputs: ['scalar', 'scalar'] },
      ],
      variants: [],
    },
  ]),
);

/** A group of so many. */
export const stillSynths = (count: number): ReactElement =>
  createElement(
    Group,
    null,
    Array.from({ length: count }, (_, key) =>
      createElement(Synth, { key, def: still!, freq: key + 0.5 } as never),
    ),
  );
