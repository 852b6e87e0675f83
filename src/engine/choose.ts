/** The choice of the engine: the requested one, or the best that works. */

import type { SuperColliderError } from '../errors.js';
import type { Engine, EngineKind } from './engine.js';
import { findServer } from './native/find.js';

export interface Choice {
  readonly engine: Engine;
  /** One line that says which engine it is, and why. */
  readonly reason: string;
}

export interface Boots {
  readonly native: (program: 'scsynth' | 'supernova') => Promise<Engine>;
  readonly embedded: () => Promise<Engine>;
  /** The path of the requested scsynth. */
  readonly path?: string | undefined;
}

/**
 * Boots an engine.
 *
 * `auto` takes scsynth where it is installed and boots, and the embedded engine otherwise. An engine that is
 * requested by name boots or fails.
 */
export async function chooseEngine(wanted: EngineKind | 'auto', boots: Boots): Promise<Choice> {
  if (wanted === 'embedded')
    return { engine: await boots.embedded(), reason: 'the embedded engine, as asked for' };
  if (wanted !== 'auto') return { engine: await boots.native(wanted), reason: `${wanted}, as asked for` };
  let why: string;
  try {
    findServer('scsynth', { path: boots.path });
    return { engine: await boots.native('scsynth'), reason: 'scsynth, as it is installed and boots' };
  } catch (error) {
    why = reasonOf(error as SuperColliderError);
  }
  return { engine: await boots.embedded(), reason: `the embedded engine, as ${why}` };
}

function reasonOf(error: SuperColliderError): string {
  if (error.code === 'not-found') return 'scsynth is not installed';
  const [firstSentence] = error.message.split('. ');
  return firstSentence ?? 'scsynth does not boot';
}
