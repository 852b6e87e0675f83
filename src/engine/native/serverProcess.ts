/**
 * A server's process: its output line by line, its end, and that it never outlives us.
 */

import { existsSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { onExit } from 'signal-exit';
import type { ExitReason } from '../engine.js';
import type { Environment } from './find.js';

const REMEMBERED_LINES = 40;
const SIGTERM_AFTER_MS = 1000;
const SIGKILL_AFTER_MS = 3000;

/** Linux kills the server with us even when we get SIGKILL, which nobody can catch. */
const SETPRIV = '/usr/bin/setpriv';

const spawn = (file: string, words: readonly string[], env: Environment) =>
  // In a session of its own: Ctrl-C in a terminal goes to all that belongs to it, and would end the server before
  // we have released what sounds.
  execa(file, words, {
    all: true,
    reject: false,
    stdin: 'ignore',
    buffer: false,
    detached: true,
    env,
    extendEnv: false,
  });

type Subprocess = ReturnType<typeof spawn>;

export class ServerProcess {
  readonly pid: number | undefined;
  readonly exited: Promise<ExitReason>;
  readonly #child: Subprocess;
  readonly #lines: string[] = [];
  readonly #listeners = new Set<(line: string) => void>();
  #quitRequested = false;
  #running = true;

  constructor(
    readonly command: string,
    readonly args: readonly string[],
    env: Environment,
    /** Files that the server leaves behind when it is killed. */
    leftovers: readonly string[],
  ) {
    const [file, words] = existsSync(SETPRIV)
      ? [SETPRIV, ['--pdeathsig', 'SIGKILL', '--', command, ...args]]
      : [command, args];
    this.#child = spawn(file, words, env);
    this.pid = this.#child.pid;
    const output = createInterface({ input: this.#child.all });
    output.on('line', (line) => this.#read(line));
    const read = new Promise<void>((resolve) => output.once('close', resolve));
    // On our exit, on SIGINT, SIGTERM and SIGHUP, and on an uncaught exception.
    const stay = onExit(() => void this.#child.kill());
    this.exited = this.#child.then(async ({ exitCode, signal }) => {
      stay();
      await read;
      this.#running = false;
      for (const path of leftovers) rmSync(path, { force: true });
      return { code: exitCode, signal, lastOutput: this.lastOutput, wasRequested: this.#quitRequested };
    });
  }

  get isRunning(): boolean {
    return this.#running;
  }

  /** The last lines that it printed, oldest first. */
  get lastOutput(): readonly string[] {
    return [...this.#lines];
  }

  onOutput(listener: (line: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Waits for a requested end, and helps it along.
   *
   * @param ask - Requests the server's end.
   */
  async end(ask: () => void): Promise<ExitReason> {
    this.#quitRequested = true;
    if (this.#running) ask();
    const term = setTimeout(() => this.#child.kill('SIGTERM'), SIGTERM_AFTER_MS);
    const kill = setTimeout(() => this.#child.kill('SIGKILL'), SIGKILL_AFTER_MS);
    try {
      return await this.exited;
    } finally {
      clearTimeout(term);
      clearTimeout(kill);
    }
  }

  /** Ends it at once. */
  kill(): Promise<ExitReason> {
    return this.end(() => this.#child.kill('SIGKILL'));
  }

  #read(line: string): void {
    if (line === '') return;
    this.#lines.push(line);
    if (this.#lines.length > REMEMBERED_LINES) this.#lines.shift();
    for (const listener of this.#listeners) listener(line);
  }
}
