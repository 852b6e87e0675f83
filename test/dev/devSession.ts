/** `react-collider dev` as a user runs it, in a terminal: files are saved, and what it says is read. */

import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type IPty, spawn } from '@lydell/node-pty';
import { main } from '../cli/cli.js';
import { temporaryFolder } from '../engine/native/programs.js';

export interface SynthNode {
  readonly id: number;
  readonly def: string;
  readonly controls: Readonly<Record<string, number | string>>;
}
export interface GroupNode {
  readonly id: number;
  readonly children: readonly DevNode[];
}
export type DevNode = SynthNode | GroupNode;

export interface DevEvent {
  readonly event: string;
  readonly pid?: number;
  readonly kind?: string;
  readonly time?: number;
  readonly message?: string;
  readonly line?: number;
  readonly file?: string;
  readonly frame?: string;
  readonly exitCode?: number;
  readonly hasRecovered?: boolean;
  readonly files?: readonly string[];
  readonly messages?: readonly string[];
  /** What the server answered to `/g_queryTree` after it. */
  readonly nodes?: readonly DevNode[];
}

const { NODE_ENV: _, ...env } = process.env;
const CTRL_C = '\x03';

export class DevSession {
  constructor(readonly folder: string = temporaryFolder()) {}

  readonly events: DevEvent[] = [];
  #terminal: IPty | undefined;
  #exited: Promise<number> | undefined;
  #read = 0;
  #wake: () => void = () => {};
  #ended: string | undefined;

  path(name: string): string {
    return join(this.folder, name);
  }

  save(name: string, text: string | Uint8Array): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  start(...options: readonly string[]): void {
    this.play('piece.tsx', ...options);
  }

  play(file: string, ...options: readonly string[]): void {
    this.run(process.execPath, main, 'dev', file, '--json', ...options);
  }

  /** A command that prints what `dev --json` does. */
  run(command: string, ...words: readonly string[]): void {
    this.#terminal = spawn(command, [...words], { cwd: this.folder, env });
    let written = '';
    let others = '';
    this.#terminal.onData((data) => {
      const lines = (written + data).split('\r\n');
      written = lines.pop()!;
      for (const line of lines) {
        const start = line.indexOf('{"event"'); // the terminal shows ^C in front
        if (start >= 0) this.events.push(JSON.parse(line.slice(start)));
        else others += `${line}\n`;
      }
      this.#wake();
    });
    this.#exited = new Promise((resolve) => {
      this.#terminal!.onExit(({ exitCode }) => {
        this.#ended = `It ended with exit code ${exitCode}: ${others}${written}`;
        this.#wake();
        resolve(exitCode);
      });
    });
  }

  /** The next event of one of these kinds; those before it are passed over. */
  async next(...kinds: readonly string[]): Promise<DevEvent> {
    for (;;) {
      while (this.#read < this.events.length) {
        const event = this.events[this.#read++]!;
        if (kinds.includes(event.event)) return event;
      }
      if (this.#ended !== undefined) throw new Error(`No ${kinds} came. ${this.#ended}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Saves a file; resolves with what came of it, an update or an error. */
  edit(name: string, text: string | Uint8Array): Promise<DevEvent> {
    this.#read = this.events.length;
    this.save(name, text);
    return this.next('update', 'error');
  }

  /** Puts a file in place of another one in one step, as many editors save; resolves as `edit`. */
  replace(name: string, text: string | Uint8Array): Promise<DevEvent> {
    this.#read = this.events.length;
    this.save('.saving', text);
    renameSync(this.path('.saving'), this.path(name));
    return this.next('update', 'error');
  }

  /** Ctrl-C, for all that stands in front in the terminal; resolves with the exit code. */
  async stop(): Promise<number | undefined> {
    if (this.#ended === undefined) this.#terminal?.write(CTRL_C);
    return this.#exited;
  }
}

/** All synths of a tree, in the order in which they are computed. */
export const synthsOf = (nodes: readonly DevNode[]): SynthNode[] =>
  nodes.flatMap((node) => ('children' in node ? synthsOf(node.children) : [node]));
