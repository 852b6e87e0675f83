/**
 * scsynth or supernova offline: `-N`, with the score through a pipe while it is being made.
 */

import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { SuperColliderError } from '../../errors.js';
import { offlineArguments } from '../../server/arguments.js';
import type { ServerOptions } from '../../server/options.js';
import { outputFailure, soundFileProblem } from '../offlineFailure.js';
import type { OfflineFile, OfflineRendering } from '../offlineRendering.js';
import { findServer, type NativeProgram } from './find.js';
import { type PeriodClock, timetagFor } from './offlineTime.js';
import { STANDSTILL, type StandstillLimit, sizeOf, whileGrowing } from './whileGrowing.js';

export interface OfflineNativeOptions {
  readonly server: ServerOptions;
  /** The executable. @default looked for, see `findServer` */
  readonly path?: string | undefined;
  /** When a server is taken to compute no more. @default a minute in which it writes nothing */
  readonly standstill?: StandstillLimit | undefined;
}

/** Opened by its name the standard input is a pipe that is read as a file is: neither program reads "-". */
const STANDARD_INPUT = '/dev/stdin';

/** Bytes of the size before each bundle of a score, and where a bundle's timetag begins. */
const SIZE = 4;
const TIMETAG = 8;

/** Linux gives each process other addresses, and supernova seeds the noise of a synth with its address. */
const SETARCH = '/usr/bin/setarch';

/** Bytes gathered before they go through the pipe. */
const CHUNK = 32_768;

/** Lines of output that are kept. */
const LINES = 200;

/**
 * Starts a server that plays a score into a file.
 *
 * @throws SuperColliderError `not-found`, `bad-file` when the file cannot be written.
 */
export async function renderOnNative(
  program: NativeProgram,
  file: OfflineFile,
  { server, path, standstill = STANDSTILL }: OfflineNativeOptions,
): Promise<OfflineRendering> {
  const executable = findServer(program, { path });
  if (program === 'supernova' && file.input !== undefined) {
    throw new SuperColliderError(
      'engine-lacks',
      'supernova reads no input file when it renders: its inputs stay silent. Take --engine scsynth or embedded.',
    );
  }
  await checkWritable(file.path);
  const command = program === 'supernova' ? [...(await withoutRandomAddresses()), executable] : [executable];
  return new NativeRendering(program, command, file, server, standstill);
}

class NativeRendering implements OfflineRendering {
  readonly description: string;
  readonly #file: OfflineFile;
  readonly #program: NativeProgram;
  readonly #clock: PeriodClock;
  readonly #child: ReturnType<typeof start>;
  readonly #lines: string[] = [];
  readonly #read: Promise<unknown>;
  readonly #standstill: StandstillLimit;
  #standsStill = false;
  #gathered: Uint8Array[] = [];
  #gatheredBytes = 0;

  constructor(
    program: NativeProgram,
    command: readonly string[],
    file: OfflineFile,
    server: ServerOptions,
    standstill: StandstillLimit,
  ) {
    this.#program = program;
    this.#standstill = standstill;
    this.#clock = { sampleRate: file.sampleRate, blockSize: server.blockSize };
    this.#file = file;
    this.description = `${program}, ${file.sampleRate} Hz, ${server.outputChannels} out`;
    const args = offlineArguments({ ...server, verbosity: Math.min(server.verbosity, -1) }, program, {
      score: STANDARD_INPUT,
      input: file.input,
      output: file.path,
      sampleRate: file.sampleRate,
      header: file.header,
      format: file.format,
    });
    this.#child = start([...command, ...args]);
    // A server that is gone reads no more; why it is gone is said at the end.
    this.#child.stdin.on('error', () => {});
    const output = createInterface({ input: this.#child.all });
    output.on('line', (line) => {
      if (outputFailure(line) && this.#lines.length < LINES) this.#lines.push(line);
    });
    this.#read = once(output, 'close');
  }

  write(time: number, bundles: readonly Uint8Array[]): void {
    const [seconds, fraction] = timetagFor(this.#program, time, this.#clock);
    for (const bundle of bundles) {
      const bytes = new Uint8Array(SIZE + bundle.length);
      const view = new DataView(bytes.buffer);
      view.setInt32(0, bundle.length);
      bytes.set(bundle, SIZE);
      view.setUint32(SIZE + TIMETAG, seconds);
      view.setUint32(SIZE + TIMETAG + 4, fraction);
      this.#gathered.push(bytes);
      this.#gatheredBytes += bytes.length;
    }
  }

  catchUp(): Promise<void> | undefined {
    return this.#gatheredBytes >= CHUNK ? this.#flush() : undefined;
  }

  async finish(): Promise<void> {
    await this.#flush();
    this.#child.stdin.end();
    await this.#whileItPlays(this.#child);
    const { exitCode, signal } = await this.#child;
    await this.#read;
    const problem = this.#lines.map(outputFailure).find((failure) => failure !== undefined);
    if (problem) throw problem;
    if (exitCode === 0 && (await sizeOf(this.#file.path)) > 0) return;
    throw new SuperColliderError(
      'server-failed',
      `${this.#program} ended ${signal ? `by ${signal}` : `with code ${exitCode}`} and wrote no sound. ` +
        soundFileProblem(this.#file),
    );
  }

  async abort(): Promise<void> {
    this.#child.stdin.destroy();
    this.#child.kill();
    await this.#child;
    await rm(this.#file.path, { force: true });
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#gathered);
    this.#gathered = [];
    this.#gatheredBytes = 0;
    const { stdin } = this.#child;
    if (stdin.destroyed || stdin.write(bytes)) return;
    const drained = new Promise<void>((resolve) => {
      const goOn = () => {
        stdin.off('drain', goOn).off('close', goOn);
        resolve();
      };
      stdin.on('drain', goOn).on('close', goOn);
    });
    await this.#whileItPlays(drained);
  }

  /** Waits for what the server has to do; ends it when it does nothing any more. */
  async #whileItPlays(work: Promise<unknown>): Promise<void> {
    const { path } = this.#file;
    await whileGrowing(path, work, this.#standstill, () => {
      this.#standsStill = true;
      this.#child.kill();
    });
    if (!this.#standsStill) return;
    const { interval, looks } = this.#standstill;
    throw new SuperColliderError(
      'timeout',
      `${this.#program} stands still: it has written nothing to ${path} for ${(interval * looks) / 1000} s, and was ended. ` +
        'A DiskIn or VDiskIn that loops with a buffer without an open file does that: give it useBuffer({ stream }).',
    );
  }
}

/**
 * Node's own pipes are sockets, which cannot be opened by name: `cat` makes a pipe of them. The shell ends when the
 * server has ended, with its exit code, and takes it along when it is told to end.
 */
const PIPE = `exec 3<&0
cat <&3 | "$0" "$@" 3<&- &
server=$!
trap 'kill $server' TERM
wait $server
code=$?
wait $server
exit $code`;

const start = (command: readonly string[]) =>
  execa('sh', ['-c', PIPE, ...command], {
    all: true,
    reject: false,
    stdin: 'pipe',
    buffer: false,
    cleanup: true,
  });

/** What goes before a command so that its addresses are the same each time; containers may forbid it. */
async function withoutRandomAddresses(): Promise<readonly string[]> {
  if (!existsSync(SETARCH)) return [];
  const { failed } = await execa(SETARCH, ['-R', 'true'], { reject: false });
  return failed ? [] : [SETARCH, '-R'];
}

async function checkWritable(path: string): Promise<void> {
  try {
    await (await open(path, 'w')).close();
  } catch (cause) {
    throw new SuperColliderError('bad-file', `${path} cannot be written: ${(cause as Error).message}.`, {
      cause,
    });
  }
}
