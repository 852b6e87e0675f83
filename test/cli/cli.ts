/** The built command line, run as a user runs it. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { temporaryFolder } from '../engine/native/programs.js';

export const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

const { NODE_ENV: _, ...env } = process.env;

/** Runs it; resolves with what it printed and its exit code, whatever that is. */
export const cli = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
  execa(process.execPath, [main, ...args], {
    reject: false,
    env: { ...env, ...more },
    extendEnv: false,
    timeout: 60_000,
    all: true,
  });

/** A composition outside of any project. */
export function composition(source: string, name = 'piece.tsx'): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, source);
  return path;
}

/** A composition of one element, imports included. */
export const piece = (jsx: string, before = ''): string =>
  composition(
    `import { Group, Synth, useBus } from 'react-collider';\n${before}\nexport default function Piece() {\n  return ${jsx};\n}\n`,
  );
