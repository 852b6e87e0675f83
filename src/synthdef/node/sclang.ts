/** Definitions written in the SuperCollider language, compiled by an installed sclang. */

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ExecaError, execa } from 'execa';
import { SuperColliderError } from '../../errors.js';
import { type SynthDef, synthDefsFromBytes } from '../synthDefsFromBytes.js';

/** Options of `synthDefsFromSclang()`. */
export interface SclangSourceOptions {
  /** The program. @default 'sclang', found on PATH */
  readonly path?: string;
  /** Seconds until it is given up. @default 30 */
  readonly timeout?: number;
}

/** SuperCollider code itself, or the path of a `.scd` file. */
export type SclangSource = string | { readonly file: string };

/**
 * Runs the code in a headless sclang and gives every SynthDef that it makes, in order; of one name the last.
 *
 * ```ts
 * const [ping] = await synthDefsFromSclang('SynthDef(\\ping, { Out.ar(0, SinOsc.ar(440)) })');
 * ```
 *
 * @throws SuperColliderError `not-found` without an sclang, `invalid-synthdef` with what it printed when the code
 *   is wrong or makes no SynthDef, `timeout`.
 */
export async function synthDefsFromSclang(
  source: SclangSource,
  { path = 'sclang', timeout = 30 }: SclangSourceOptions = {},
): Promise<SynthDef[]> {
  const folder = await mkdtemp(join(tmpdir(), 'react-collider-sclang-'));
  try {
    const file = typeof source === 'string' ? join(folder, 'source.scd') : resolve(source.file);
    if (typeof source === 'string') await writeFile(file, source);
    await writeFile(join(folder, 'compile.scd'), compileScript(file, folder));
    const printed = await runSclang(join(folder, 'compile.scd'), path, timeout);
    return await readDefinitions(folder, printed, typeof source === 'string' ? 'The code' : source.file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Collects each SynthDef as it is built, so that it does not matter what the code does with it. */
function compileScript(file: string, folder: string): string {
  const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  return `(
var defs = [];
var function = thisProcess.interpreter.compileFile(${quoted(file)});
SynthDef.addDependant({ |who, what, def| if(what == \\synthDefReady) { defs = defs.add(def) } });
if(function.notNil) {
	try { function.value } { |error| "@failed".postln; error.reportError };
	defs.do { |def, index|
		var file = File(${quoted(folder)} +/+ index.asString.padLeft(6, "0") ++ ".scsyndef", "wb");
		protect { file.write(def.asBytes) } { file.close };
	};
} { "@failed".postln };
0.exit;
)
`;
}

async function runSclang(script: string, path: string, timeout: number): Promise<string> {
  try {
    const { stdout } = await execa(path, [script], {
      env: { QT_QPA_PLATFORM: 'offscreen', QTWEBENGINE_DISABLE_SANDBOX: '1' },
      timeout: timeout * 1000,
      stdin: 'ignore',
    });
    return stdout;
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error;
    if (error.code === 'ENOENT') {
      throw new SuperColliderError(
        'not-found',
        `There is no sclang at "${path}": install SuperCollider, or give its path as { path }.`,
        { cause: error },
      );
    }
    throw new SuperColliderError(
      error.timedOut ? 'timeout' : 'invalid-synthdef',
      error.timedOut
        ? `sclang did not end within ${timeout} s: let the code only make SynthDefs, or give a longer { timeout }.`
        : `sclang ended with ${error.exitCode ?? error.signal}: ${lastLines(String(error.stderr))}`,
      { cause: error },
    );
  }
}

async function readDefinitions(folder: string, printed: string, what: string): Promise<SynthDef[]> {
  const compiled = printed.slice(printed.indexOf('Welcome to SuperCollider'));
  if (/^@failed$/m.test(printed) || /^ERROR: /m.test(compiled)) {
    throw new SuperColliderError(
      'invalid-synthdef',
      `${what} does not compile in sclang: ${errorIn(compiled)}`,
    );
  }
  const files = (await readdir(folder)).filter((name) => name.endsWith('.scsyndef')).sort();
  const defs = await Promise.all(files.map((name) => readFile(join(folder, name))));
  if (defs.length === 0) {
    throw new SuperColliderError(
      'invalid-synthdef',
      `${what} makes no SynthDef: sclang built none while it ran.`,
    );
  }
  const byName = new Map(
    defs.flatMap((bytes) => synthDefsFromBytes(new Uint8Array(bytes))).map((def) => [def.name, def]),
  );
  return [...byName.values()];
}

/** The error message that sclang prints before objects and the call stack. */
function errorIn(printed: string): string {
  const start = printed.search(/^ERROR: /m);
  const text = printed.slice(Math.max(0, start)).split(/\nRECEIVER|\nARGS|\nCALL STACK|\nPROTECTED|\n\n/)[0]!;
  return text.trim().split('\n').slice(0, 6).join(' / ');
}

const lastLines = (text: string): string => text.trim().split('\n').slice(-3).join(' / ');
