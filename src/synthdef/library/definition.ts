/** Definitions that are compiled when they are first used. */

import { type ControlInputs, type ControlSignals, type ControlValues, synthDef } from '../synthDef.js';
import type { SynthDef } from '../synthDefsFromBytes.js';

/**
 * Makes a definition as `synthDef` does, and compiles it when its bytes or its description are first read.
 *
 * A piece uses a few of them. With two slow cores the import of the library took 0.85 s when all were compiled at once,
 * and takes 0.08 s.
 */
export function definition<const Controls extends ControlInputs>(
  name: string,
  controls: Controls,
  write: (controls: ControlSignals<Controls>) => unknown,
): SynthDef<ControlValues<Controls>> {
  let compiled: SynthDef<ControlValues<Controls>> | undefined;
  const compile = () => {
    compiled ??= synthDef(name, controls, write);
    return compiled;
  };
  return {
    name,
    get bytes() {
      return compile().bytes;
    },
    get description() {
      return compile().description;
    },
  };
}
