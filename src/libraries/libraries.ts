/** The definitions that a composition finds by name without bringing its own. */

import type { SynthDefLibrary } from '../live/resources/definitions.js';
import { standardSynthDefs } from '../synthdef/library/index.js';
import { sonicPiSynthDefs } from './sonicPi.js';

/** Several libraries as one; of one name the first has it. */
export function mergeLibraries(...libraries: readonly SynthDefLibrary[]): SynthDefLibrary {
  return {
    names: () => [...new Set(libraries.flatMap((library) => library.names()))],
    get(name) {
      for (const library of libraries) {
        const def = library.get(name);
        if (def) return def;
      }
      return undefined;
    },
  };
}

/** Our own definitions, then those of Sonic Pi. */
export const bundledSynthDefs = (): SynthDefLibrary =>
  mergeLibraries(standardSynthDefs(), sonicPiSynthDefs());
