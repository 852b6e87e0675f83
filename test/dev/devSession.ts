/** `react-collider dev` as a user runs it: files are saved, and what it says is read. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
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

export class DevSession {
  readonly folder = temporaryFolder();
  readonly events: DevEvent[] = [];
  #process: ReturnType<typeof execa> | undefined;
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
    const child = execa(process.execPath, [main, 'dev', 'piece.tsx', '--json', ...options], {
      cwd: this.folder,
      reject: false,
      env,
      extendEnv: false,
    });
    this.#process = child as ReturnType<typeof execa>;
    createInterface({ input: child.stdout }).on('line', (line) => {
      this.events.push(JSON.parse(line));
      this.#wake();
    });
    void child.then(({ stderr, exitCode }) => {
      this.#ended = `It ended with exit code ${exitCode}: ${stderr}`;
      this.#wake();
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

  /** Ctrl-C; resolves with the exit code. */
  async stop(): Promise<number | undefined> {
    this.#process?.kill('SIGINT');
    return (await this.#process)?.exitCode;
  }
}

/** All synths of a tree, in the order in which they are computed. */
export const synthsOf = (nodes: readonly DevNode[]): SynthNode[] =>
  nodes.flatMap((node) => ('children' in node ? synthsOf(node.children) : [node]));
