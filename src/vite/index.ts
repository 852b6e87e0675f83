/** `react-collider/vite`: what a Vite project needs to play, and to import what sounds. */

import type { Plugin } from 'vite';
import { type EngineAssetsOptions, engineAssets } from '../browserAssets.js';
import { type ImportedFilesOptions, importedFiles } from './importedFiles.js';

export { type EngineAssetsOptions, engineAssets, type ImportedFilesOptions, importedFiles };

/** Options of `reactCollider`. */
export interface ReactColliderOptions extends EngineAssetsOptions, Pick<ImportedFilesOptions, 'sclang'> {}

/**
 * The plugins of a Vite project with sound in its pages.
 *
 * `engineAssets` serves the engine's files. `importedFiles` imports `.scsyndef`, `.scd` and sound files. There is one
 * React, wherever the project has more. Pieces are edited while they play as all components are, with `@vitejs/plugin-react` beside this.
 */
export const reactCollider = ({ folder, sclang }: ReactColliderOptions = {}): Plugin[] => [
  { name: 'react-collider', config: () => ({ resolve: { dedupe: ['react', 'react-dom'] } }) },
  engineAssets({ folder }),
  importedFiles({ sclang }),
];
