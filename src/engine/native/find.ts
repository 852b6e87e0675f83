/** The search for installed scsynth and supernova. */

import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SuperColliderError } from '../../errors.js';

/** A server program that is installed on the system. */
export type NativeProgram = 'scsynth' | 'supernova';

/**
 * Environment variables by name. Node's own type for them would ask everyone who uses this package for `@types/node`.
 */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Places in which `findServer` looks. */
export interface FindOptions {
  /** The executable itself; nothing else is looked at then. */
  readonly path?: string | undefined;
  /** @default process.env */
  readonly env?: Environment | undefined;
}

/**
 * The path of a server's executable.
 *
 * The first of these wins: the given path, the environment variable `SCSYNTH` or `SUPERNOVA`, the first on
 * `PATH`, the usual places of the system.
 *
 * @throws SuperColliderError `not-found`, with a list of the places it looked at.
 */
export function findServer(program: NativeProgram, { path, env = process.env }: FindOptions = {}): string {
  const variable = program.toUpperCase();
  const tried: string[] = [];
  const given = path ?? env[variable];
  if (given) {
    const problem = problemWith(given);
    if (problem === undefined) return given;
    throw new SuperColliderError(
      'not-found',
      `${program} is not at ${given}: ${problem}. It was given ${path ? `by --${program}` : `by the variable ${variable}`}.`,
    );
  }
  for (const folder of [...(env.PATH ?? '').split(delimiter).filter(Boolean), ...usualFolders()]) {
    const candidate = join(folder, process.platform === 'win32' ? `${program}.exe` : program);
    if (problemWith(candidate) === undefined) return candidate;
    tried.push(folder);
  }
  throw new SuperColliderError(
    'not-found',
    `${program} was not found. Looked at: --${program} (not given), ${variable} (not set), and the folders ${[...new Set(tried)].join(', ')}. ` +
      `Install SuperCollider, or say where it is with --${program} PATH.`,
  );
}

function usualFolders(): string[] {
  if (process.platform === 'darwin') {
    return [
      '/Applications/SuperCollider.app/Contents/Resources',
      '/Applications/SuperCollider/SuperCollider.app/Contents/Resources',
    ];
  }
  if (process.platform === 'win32') {
    const programs = 'C:\\Program Files';
    return folders(programs)
      .filter((name) => name.startsWith('SuperCollider'))
      .sort()
      .reverse()
      .map((name) => join(programs, name));
  }
  return ['/usr/bin', '/usr/local/bin'];
}

function folders(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function problemWith(path: string): string | undefined {
  try {
    if (!statSync(path).isFile()) return 'that is no file';
    accessSync(path, constants.X_OK);
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EACCES' ? 'that file is not executable' : 'there is no such file';
  }
}
