/**
 * scsynth or supernova offline: `-N`, with the score through a pipe while it is being made.
 */

import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { SuperColliderError } from '../../errors.js';
import { offlineArguments } from '../../server/arguments.js';
import type { ServerOptions } from '../../server/options.js';
import { outputFailure } from '../offlineFailure.js';
import type { OfflineFile, OfflineRendering } from '../offlineRendering.js';
import { isFull, room } from '../soundfile/diskSpace.js';
import { removeFile } from '../soundfile/removeFile.js';
import { writeAll } from '../soundfile/writeAll.js';
import { findServer, type NativeProgram } from './find.js';
import { type PeriodClock, timetagFor } from './offlineTime.js';
import { STANDSTILL, type StandstillLimit, whileGrowing } from './whileGrowing.js';

export interface OfflineNativeOptions {
  readonly server: ServerOptions;
  /** The executable. @default looked for, see `findServer` */
  readonly path?: string | undefined;
  /** The limit after which a server counts as stuck. @default a minute in which it writes nothing */
  readonly standstill?: StandstillLimit | undefined;
}

/** Opened by its name the standard input is a pipe that is read as a file is: neither program reads "-". */
const STANDARD_INPUT = '/dev/stdin';

/** Bytes of the size before each bundle of a score, and where a bundle's timetag begins. */
const SIZE = 4;
const TIMETAG = 8;

/** Linux gives each process other addresses, and supernova seeds the noise of a synth with its address. */
const SETARCH = '/usr/bin/setarch';

/** Bytes that have to find room before a server is started: more than any header. */
const PROBE = 4096;

/** Bytes gathered before they go through the pipe. */
const CHUNK = 32_768;

/** The shell's exit code for SIGXFSZ, which ends a process that writes beyond `ulimit -f`. */
const FILE_TOO_LARGE = 128 + 25;

/** Lines of output that are kept. */
const LINES = 200;

/**
 * Starts a server that plays a score into a file.
 *
 * @throws SuperColliderError `not-found`, `write-failed` when the file cannot be written.
 */
export async function renderOnNative(
  program: NativeProgram,
  file: OfflineFile,
  { server, path, standstill = STANDSTILL }: OfflineNativeOptions,
): Promise<OfflineRendering> {
  const executable = findServer(program, { path });
  if (program === 'supernova' && file.input !== undefined) {
    throw new SuperColliderError(
      'unsupported',
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
  #last: Uint8Array | undefined;

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
    this.description = `${program}, ${file.sampleRate} Hz, ${server.numOutputBusChannels} out`;
    const args = offlineArguments({ ...server, verbosity: Math.min(server.verbosity, -1) }, program, {
      score: STANDARD_INPUT,
      input: file.input,
      output: file.path,
      sampleRate: file.sampleRate,
      headerFormat: file.headerFormat,
      sampleFormat: file.sampleFormat,
    });
    this.#child = start([...command, ...args]);
    // A server that has ended reads no more; the error at the end gives the reason.
    this.#child.stdin.on('error', () => {});
    const output = createInterface({ input: this.#child.all });
    output.on('line', (line) => {
      if (outputFailure(line) && this.#lines.length < LINES) this.#lines.push(line);
    });
    this.#read = once(output, 'close');
  }

  write(time: number, bundles: readonly Uint8Array[]): void {
    this.#last = bundles.at(-1) ?? this.#last;
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

  async finish(end: number): Promise<void> {
    if (this.#program === 'supernova') this.#addPeriod(end);
    await this.#flush();
    this.#child.stdin.end();
    await this.#whileItPlays(this.#child);
    const { exitCode, signal } = await this.#child;
    await this.#read;
    const problem = this.#lines.map(outputFailure).find((failure) => failure !== undefined);
    if (problem) throw problem;
    if (exitCode === 0) return; // which it also does with a full disk: who wants the file looks at it
    if (exitCode === FILE_TOO_LARGE) {
      throw new SuperColliderError(
        'write-failed',
        `${this.#file.path} grew larger than files may be here. See what ulimit -f says.`,
      );
    }
    const { headerFormat, sampleFormat, path } = this.#file;
    throw new SuperColliderError(
      'command-failed',
      `${this.#program} ended ${signal ? `by ${signal}` : `with code ${exitCode}`} before the sound was complete, as a ` +
        `"${headerFormat}" file of "${sampleFormat}" samples at ${path}.`,
    );
  }

  /** supernova 3.13 ends before the period that its last bundle is in, so that the file would lack the end. */
  #addPeriod(end: number): void {
    const { sampleRate, blockSize } = this.#clock;
    const period = Math.ceil(Math.round(end * sampleRate) / blockSize) + 1;
    if (this.#last) this.write((period * blockSize) / sampleRate, [this.#last]);
  }

  async abort(): Promise<void> {
    this.#child.stdin.destroy();
    this.#child.kill();
    await this.#child;
    await removeFile(this.#file.path);
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
    // With a full disk it computes on, and writes nothing more either.
    if (await isFull(path)) {
      throw new SuperColliderError(
        'write-failed',
        `${path} cannot be written to its end. ${await room(path)}`,
      );
    }
    const { interval, looks } = this.#standstill;
    throw new SuperColliderError(
      'timeout',
      `${this.#program} stands still: it has written nothing to ${path} for ${(interval * looks) / 1000} s, and was ended. ` +
        'A DiskIn or VDiskIn that loops with a buffer without an open file does that: give it useBuffer({ stream }).',
    );
  }
}

/**
 * Turns Node's standard input into a pipe.
 *
 * Node's own pipes are sockets, which cannot be opened by name, so `cat` makes a pipe of them. The shell ends
 * after the server, with the server's exit code. A signal that ends the shell ends the server too.
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

/** The prefix of a command that makes its addresses the same each time; containers may forbid it. */
async function withoutRandomAddresses(): Promise<readonly string[]> {
  if (!existsSync(SETARCH)) return [];
  const { failed } = await execa(SETARCH, ['-R', 'true'], { reject: false });
  return failed ? [] : [SETARCH, '-R'];
}

/** A server that cannot write the beginning of its file ends by an abort, without a reason. */
async function checkWritable(path: string): Promise<void> {
  try {
    const file = await open(path, 'w');
    try {
      await writeAll(file, new Uint8Array(PROBE), 0);
      if ((await file.stat()).isFile()) await file.truncate();
    } finally {
      await file.close();
    }
  } catch (cause) {
    await removeFile(path);
    throw new SuperColliderError('write-failed', `${path} cannot be written: ${(cause as Error).message}.`, {
      cause,
    });
  }
}
