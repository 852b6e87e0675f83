/**
 * `/d_recv`, `/d_load` and `/d_loadDir`: synthdefs for the engine, which itself reads no files.
 *
 * @see https://doc.sccode.org/Reference/Server-Command-Reference.html#Synth%20Definition%20Commands
 */

import type { HostServices } from './hostCommand.js';
import type { MessageArguments, OscBytes } from './oscBytes.js';

/** Largest file of definitions that fits into one message to the engine, in bytes. */
const MAX_DEFINITION = 65_500;

/**
 * The expected replies to definitions that were sent to the engine, in their order.
 *
 * The engine replies to each definition with one `/done` or `/fail`. The client gets no reply for definitions
 * that come from files.
 */
export class DefinitionAnswers {
  readonly #expected: ((failure: string | undefined) => void)[] = [];

  expect(answer: (failure: string | undefined) => void): void {
    this.#expected.push(answer);
  }

  /** Takes the engine's next answer. */
  take(failure: string | undefined): void {
    this.#expected.shift()?.(failure);
  }
}

/** `/d_recv bytes [completion]`. An unknown unit generator is a `/fail` here; scsynth says `/done`. */
export function receiveDefinition(
  services: HostServices,
  answers: DefinitionAnswers,
  args: MessageArguments,
): void {
  const bytes = args.blob();
  const completion = args.blob();
  if (!bytes) {
    services.reply('/fail', '/d_recv', 'failed');
    return;
  }
  let failed: string | undefined;
  define(services, answers, bytes, (failure) => {
    failed = failure;
  });
  services.perform(completion);
  services.afterwards(() => {
    if (failed === undefined) services.answer('/done', '/d_recv');
    else services.answer('/fail', '/d_recv', failed);
  });
}

/**
 * `/d_load pathOrPattern [completion]` and `/d_loadDir folder [completion]`. Files that cannot be taken are
 * printed; they are a `/fail` when none could.
 */
export async function loadDefinitions(
  services: HostServices,
  answers: DefinitionAnswers,
  args: MessageArguments,
  address: '/d_load' | '/d_loadDir',
): Promise<void> {
  const path = args.string() ?? '';
  const completion = args.blob();
  let files: { readonly path: string; readonly bytes: OscBytes }[];
  try {
    const paths = await pathsFor(services, path, address);
    files = await Promise.all(
      paths.map(async (each) => ({ path: each, bytes: await services.files.read(each) })),
    );
  } catch {
    files = [];
  }
  if (files.length === 0) {
    services.print(`FAILURE IN SERVER ${address} ${path}`);
    services.reply('/fail', address, path);
    return;
  }
  const failures: string[] = [];
  for (const file of files) {
    define(services, answers, file.bytes, (failure) => {
      if (failure === undefined) return;
      failures.push(failure);
      services.print(`FAILURE IN SERVER ${address} ${file.path}: ${failure}`);
    });
  }
  services.perform(completion);
  services.afterwards(() => {
    if (failures.length < files.length) services.answer('/done', address);
    else services.answer('/fail', address, `${path}: ${failures[0]}`);
  });
}

async function pathsFor(
  services: HostServices,
  path: string,
  address: '/d_load' | '/d_loadDir',
): Promise<readonly string[]> {
  if (address === '/d_loadDir') return services.files.inFolder(path, '.scsyndef');
  return /[*?]/.test(path) ? services.files.matching(path) : [path];
}

function define(
  services: HostServices,
  answers: DefinitionAnswers,
  bytes: OscBytes,
  answer: (failure: string | undefined) => void,
): void {
  if (bytes.length > MAX_DEFINITION) {
    answer(`a file of ${bytes.length} bytes; the embedded engine takes definitions up to ${MAX_DEFINITION}`);
    return;
  }
  for (const name of ['SendTrig', 'SendReply']) {
    if (!holdsUnit(bytes, name)) continue;
    services.print(
      `WARNING: a definition has ${name}, which sends nothing on the embedded engine. ` +
        'Write the value to a control bus with Out.kr, and ask with /c_get.',
    );
  }
  answers.expect(answer);
  services.send(['/d_recv', bytes]);
}

/** Tells if a definition file contains the unit's name, with the name's length before it. */
function holdsUnit(bytes: OscBytes, name: string): boolean {
  const wanted = [name.length, ...new TextEncoder().encode(name)];
  for (let at = bytes.indexOf(name.length); at >= 0; at = bytes.indexOf(name.length, at + 1)) {
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return true;
  }
  return false;
}
