/** The command line in a pseudo-terminal, whose screen is read as a user reads it. */

import { fileURLToPath } from 'node:url';
import { type IPty, spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export interface TerminalOptions {
  readonly cwd: string;
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
}

export class Terminal {
  /** Of the program in it. */
  readonly pid: number;
  /** What was written, with all escape sequences. */
  written = '';
  exitCode: number | undefined;
  readonly #pty: IPty;
  readonly #screen: InstanceType<typeof headless.Terminal>;
  readonly #waiting = new Set<() => void>();

  constructor(args: readonly string[], { cwd, columns = 100, rows = 30, env = {} }: TerminalOptions) {
    this.#screen = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
    // Where CI or the tests' own NODE_ENV is set, the screen would be another.
    const { CI: _ci, NODE_ENV: _node, ...own } = process.env;
    this.#pty = spawn(process.execPath, [main, ...args], {
      name: env.TERM ?? 'xterm-256color',
      cols: columns,
      rows,
      cwd,
      env: { ...own, ...env },
    });
    this.pid = this.#pty.pid;
    this.#pty.onData((data) => {
      this.written += data;
      this.#screen.write(data, () => this.#wake());
    });
    this.#pty.onExit(({ exitCode }) => {
      this.exitCode = exitCode;
      // What was written last is drawn first.
      this.#screen.write('', () => this.#wake());
    });
  }

  /** The lines of the screen, without blanks at their ends. */
  get lines(): string[] {
    const buffer = this.#screen.buffer.active;
    return Array.from(
      { length: this.#screen.rows },
      (_, row) => buffer.getLine(buffer.viewportY + row)?.translateToString(true) ?? '',
    );
  }

  get text(): string {
    return this.lines.join('\n');
  }

  /** True while the program has the other screen. */
  get isOther(): boolean {
    return this.#screen.buffer.active.type === 'alternate';
  }

  press(keys: string): void {
    this.#pty.write(keys);
  }

  /** Draws on the screen past the program, as another one would. */
  write(text: string): void {
    this.#screen.write(text, () => this.#wake());
  }

  resize(columns: number, rows: number): void {
    this.#pty.resize(columns, rows);
    this.#screen.resize(columns, rows);
  }

  /** Resolves with what a look at the screen finds, as soon as it finds something. */
  async until<Found>(
    find: (text: string) => Found | undefined | false,
    what: string,
    seconds = 50,
  ): Promise<Found> {
    let end = Date.now() + seconds * 1000;
    let hasEnded = false;
    for (;;) {
      const found = find(this.text);
      if (found !== undefined && found !== false) return found;
      if (this.exitCode !== undefined && !hasEnded) {
        // What was written last may be read after the end.
        hasEnded = true;
        end = Math.min(end, Date.now() + 1000);
      }
      const left = end - Date.now();
      if (left <= 0) {
        const how = hasEnded ? `before it ended with ${this.exitCode}` : `within ${seconds} s`;
        throw new Error(`There was no ${what} ${how}:\n${this.text}`);
      }
      await this.#change(left);
    }
  }

  shows(pattern: RegExp | string): Promise<string> {
    const find = (text: string) =>
      typeof pattern === 'string' ? (text.includes(pattern) ? pattern : undefined) : pattern.exec(text)?.[0];
    return this.until(find, String(pattern));
  }

  /** Resolves with the exit code. */
  async ended(): Promise<number> {
    while (this.exitCode === undefined) await this.#change(20_000);
    return this.exitCode;
  }

  kill(): void {
    if (this.exitCode === undefined) this.#pty.kill('SIGKILL');
  }

  #change(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, milliseconds);
      const waiting = this.#waiting;
      function done(): void {
        clearTimeout(timer);
        waiting.delete(done);
        resolve();
      }
      waiting.add(done);
    });
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}
