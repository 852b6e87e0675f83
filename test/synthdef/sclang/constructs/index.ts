/** What definitions can say, as sclang and as TypeScript write it. */

import type { GraphPair } from '../catalogueGraphs.js';
import { buffers } from './buffers.js';
import { buses } from './buses.js';
import { composites } from './composites.js';
import { controls } from './controls.js';
import { demand } from './demand.js';
import { envelopes } from './envelopes.js';
import { expansion } from './expansion.js';
import { methods } from './methods.js';
import { mixing } from './mixing.js';
import { operators } from './operators.js';
import { optimizations } from './optimizations.js';

export const constructs: readonly GraphPair[] = [
  ...operators,
  ...optimizations,
  ...expansion,
  ...methods,
  ...controls,
  ...envelopes,
  ...mixing,
  ...demand,
  ...buffers,
  ...buses,
  ...composites,
];
