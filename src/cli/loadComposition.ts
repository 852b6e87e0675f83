/** Loads a composition: a TypeScript or JavaScript module whose default export is a component. */

import { relative } from 'node:path';
import type { ComponentType } from 'react';
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
  const { default: component } = module;
  if (typeof component === 'function' || isWrapped(component)) return component as ComponentType;
  const name = relative(process.cwd(), file);
  const exported = Object.keys(module);
  const what =
    component !== undefined
      ? `its default export is ${typeof component}`
      : exported.length === 0
        ? 'it exports nothing'
        : `it exports only ${exported.map((key) => `"${key}"`).join(', ')}`;
  throw new CliError(
    `${name} exports no component: ${what}. Write: export default function Piece() { return <Synth … />; }`,
    exitCodes.composition,
  );
}

/** memo(), forwardRef() and lazy() give objects that React renders. */
const isWrapped = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && '$$typeof' in value && 'type' in value;
