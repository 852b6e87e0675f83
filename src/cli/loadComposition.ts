/** Loads a composition: a TypeScript or JavaScript module whose default export is a component. */

import { relative } from 'node:path';
import type { ComponentType } from 'react';
import { isComponent, noComponent } from '../dev/componentKinds.js';
import { exitCodes } from './exitCodes.js';
import { CliError } from './failure.js';
import { loadModule } from './loadModule.js';

export interface Composition {
  readonly file: string;
  readonly component: ComponentType;
  close(): Promise<void>;
}

/** @throws CliError when the file is not there, cannot be read as a program, or exports no component. */
export async function loadComposition(path: string): Promise<Composition> {
  const { file, exports, close } = await loadModule(path);
  try {
    return { file, component: componentOf(exports, file), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The component that a module exports by default. */
export function componentOf(module: Readonly<Record<string, unknown>>, file: string): ComponentType {
  if (isComponent(module.default)) return module.default as ComponentType;
  throw new CliError(noComponent(relative(process.cwd(), file), module), exitCodes.composition);
}
