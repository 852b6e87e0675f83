/** Ranges and units of the controls of all definitions. */

import type { LibraryControl } from './controls/control.js';
import { dynamicsControls, modulationControls, spaceControls, toneControls } from './controls/effects.js';
import { drumControls, struckControls } from './controls/strokes.js';
import { ensembleControls, oscillatorControls, tableControls } from './controls/voices.js';

const tables = () => ({
  ...oscillatorControls(),
  ...ensembleControls(),
  ...struckControls(),
  ...tableControls(),
  ...drumControls(),
  ...spaceControls(),
  ...modulationControls(),
  ...toneControls(),
  ...dynamicsControls(),
});

type Tables = ReturnType<typeof tables>;

/** Controls of each definition of the library, by the definition's name and the control's. */
export type LibraryControls = {
  readonly [Def in keyof Tables]: { readonly [Control in keyof Tables[Def]]: LibraryControl };
};

/**
 * Range, unit and scale of each control, by the definition's name: `libraryControls.saw.cutoff.max`.
 *
 * The server takes values outside the range as well. A range is what is of use to a fader.
 */
export const libraryControls: LibraryControls = /* @__PURE__ */ tables();
