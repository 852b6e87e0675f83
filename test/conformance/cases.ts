/**
 * What a client may rely on, case by case, on every engine. `expected` is what scsynth 3.13 does; where another engine
 * does otherwise, `except` has what it does and why. docs/engines.md has the same as a table.
 */

import { bufferCases } from './bufferCases.js';
import { bufferHandleCases } from './bufferHandleCases.js';
import { bundleCases } from './bundleCases.js';
import { clientCases } from './clientCases.js';
import { compositionCases } from './compositionCases.js';
import { controlCases } from './controlCases.js';
import { handleCases } from './handleCases.js';
import { messageCases } from './messageCases.js';
import { nodeCases } from './nodeCases.js';
import { serverCases } from './serverCases.js';
import type { Target, Wire } from './wire.js';

export interface Exception {
  /** What happens there instead; without it the case is not run. */
  readonly expected?: unknown;
  /** In docs/engines.md, so for people. */
  readonly reason: string;
}

export interface Case {
  readonly id: string;
  /** Which capabilities it shows, see `rows.ts`. */
  readonly rows: readonly string[];
  /** What is promised, as a sentence. */
  readonly title: string;
  readonly run: (wire: Wire) => Promise<unknown>;
  readonly expected: unknown;
  readonly except?: Partial<Record<Target, Exception>>;
}

export const cases: readonly Case[] = [
  ...serverCases,
  ...messageCases,
  ...nodeCases,
  ...bundleCases,
  ...handleCases,
  ...controlCases,
  ...bufferCases,
  ...compositionCases,
  ...bufferHandleCases,
  ...clientCases,
].toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
