/**
 * `react-collider.config.ts`: what `play`, `dev` and `render` take where the command line says nothing.
 */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Config } from 'react-collider/node';
import { serverOptions } from 'react-collider/server';
import { type SynthDef, synthDefsFromBytes } from 'react-collider/synthdef';
import { exitCodes } from './exitCodes.js';
import { CliError } from './failure.js';
import { loadModule } from './loadModule.js';

/** A configuration that is checked; its definitions are read. */
export interface Configuration extends Omit<Config, 'synthDefs'> {
  readonly synthDefs: readonly SynthDef[];
}

/** Options that both the command line and the configuration have, and the path of the configuration. */
interface Given extends Pick<Config, 'engine' | 'scsynth' | 'supernova' | 'latency'> {
  readonly config?: string;
}

/** Options of the command line, and those of the configuration where the command line has none. */
export type Configured<Options> = Options &
  Configuration & { readonly engine: NonNullable<Config['engine']>; readonly latency: number };

/** @throws CliError that names the file of the configuration and the option. */
export async function configured<Options extends Given>(
  composition: string,
  options: Options,
): Promise<Configured<Options>> {
  const configuration = await configurationFor(composition, options.config);
  const { engine = configuration.engine ?? 'auto', latency = configuration.latency ?? DEFAULT_LATENCY } =
    options;
  return { ...configuration, ...options, engine, latency };
}

const DEFAULT_LATENCY = 0.2;

const NAMES = ['ts', 'mts', 'js', 'mjs'].map((ending) => `react-collider.config.${ending}`);

/**
 * The configuration for a composition: the nearest in its folder and those above, up to the project's, which is the
 * first with a package.json.
 *
 * @param given - `--config`, to have this one and no other.
 * @throws CliError that names the file and the option.
 */
async function configurationFor(composition: string, given: string | undefined): Promise<Configuration> {
  const file = given === undefined ? findConfiguration(dirname(resolve(composition))) : resolve(given);
  if (file === undefined) return { synthDefs: [] };
  if (!existsSync(file)) throw wrong(file, 'it does not exist');
  const { exports, close } = await loadModule(file).catch((cause: Error) => {
    throw new CliError(cause.message, exitCodes.usage, { cause });
  });
  await close();
  return checked(exports.default, file, Object.keys(exports));
}

function findConfiguration(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const found = NAMES.map((name) => join(at, name)).find((path) => existsSync(path));
    if (found !== undefined || existsSync(join(at, 'package.json')) || at === dirname(at)) return found;
  }
}

const engines = ['auto', 'scsynth', 'supernova', 'embedded'];

/** Checks of the options: what an option must be, in words; `undefined` for a right value. */
const checks: Readonly<Record<keyof Config, (value: unknown) => string | undefined>> = {
  engine: (value) => (engines.includes(value as string) ? undefined : `one of ${engines.join(', ')}`),
  scsynth: text,
  supernova: text,
  latency: seconds,
  lookahead: seconds,
  crossfade: seconds,
  quant: (value) =>
    typeof value === 'number' && value > 0 && Number.isFinite(value) ? undefined : 'a number of beats over 0',
  server: (value) =>
    typeof value === 'object' && value !== null
      ? undefined
      : 'an object of server options, such as { maxNodes: 1024 }',
  synthDefs: (value) =>
    Array.isArray(value) && value.every((def) => typeof def === 'string' || isDefinition(def))
      ? undefined
      : 'a list of what synthDef() gives, and of paths of .scsyndef files',
};

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? undefined : 'a path';
}

function seconds(value: unknown): string | undefined {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value)
    ? undefined
    : 'a number of seconds from 0 up';
}

function checked(config: unknown, file: string, exported: readonly string[]): Configuration {
  if (typeof config !== 'object' || config === null) {
    const what = exported.length === 0 ? 'it exports nothing' : `it exports ${exported.join(', ')}`;
    throw wrong(file, `it has to export its options, and ${what}. Write: export default defineConfig({ … })`);
  }
  for (const [option, value] of Object.entries(config)) {
    if (value === undefined) continue;
    const check = checks[option as keyof Config];
    if (!check)
      throw wrong(file, `there is no option "${option}". There are ${Object.keys(checks).join(', ')}`);
    const wanted = check(value);
    if (wanted) throw wrong(file, `${option} is ${JSON.stringify(value)}. It is ${wanted}`);
  }
  const { server, synthDefs = [], ...rest } = config as Config;
  if (server) checkServer(server, file);
  return { ...rest, server, synthDefs: synthDefs.flatMap((def) => definitionsOf(def, file)) };
}

function checkServer(server: NonNullable<Config['server']>, file: string): void {
  try {
    serverOptions(server);
  } catch (cause) {
    throw wrong(file, (cause as Error).message.replace(/\.$/, ''), cause);
  }
}

function definitionsOf(def: SynthDef | string, file: string): readonly SynthDef[] {
  if (typeof def !== 'string') return [def];
  const path = resolve(dirname(file), def);
  try {
    return synthDefsFromBytes(readFileSync(path));
  } catch (cause) {
    throw wrong(
      file,
      `synthDefs: ${path} cannot be read. ${(cause as Error).message.replace(/\.$/, '')}`,
      cause,
    );
  }
}

const isDefinition = (value: unknown): value is SynthDef =>
  typeof value === 'object' && value !== null && 'bytes' in value && value.bytes instanceof Uint8Array;

const wrong = (file: string, what: string, cause?: unknown): CliError =>
  new CliError(`${relative(process.cwd(), file)}: ${what}.`, exitCodes.usage, { cause });
