/**
 * The definitions of Sonic Pi, by name, from the package `supersonic-scsynth-synthdefs` (MIT).
 *
 * @see https://github.com/samaaron/supersonic
 */

import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { SynthDefLibrary } from '../live/resources/definitions.js';
import { type SynthDef, synthDefsFromBytes } from '../synthdef/synthDefsFromBytes.js';

const EXTENSION = '.scsyndef';

/**
 * A library of the definitions of Sonic Pi: `def="sonic-pi-beep"` and 127 others. A file is read when its
 * definition is first asked for.
 */
export function sonicPiSynthDefs(): SynthDefLibrary {
  const manifest = createRequire(import.meta.url).resolve('supersonic-scsynth-synthdefs/package.json');
  const folder = join(dirname(manifest), 'synthdefs');
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(EXTENSION))
    .map((file) => file.slice(0, -EXTENSION.length))
    // Instruments and effects come before the engine's own tests.
    .sort(
      (a, b) => Number(b.startsWith('sonic-pi-')) - Number(a.startsWith('sonic-pi-')) || (a < b ? -1 : 1),
    );
  const known = new Set(names);
  const read = new Map<string, SynthDef>();
  return {
    names: () => names,
    get(name) {
      if (!known.has(name)) return undefined;
      let def = read.get(name);
      if (!def) {
        def = synthDefsFromBytes(readFileSync(join(folder, `${name}${EXTENSION}`))).find(
          (each) => each.name === name,
        );
        if (def) read.set(name, def);
      }
      return def;
    },
  };
}
