/**
 * The definitions that were sent to a server in its present run.
 *
 * The server replies `/done` to `/d_recv` even for garbage and for definitions with a missing unit generator.
 * Before its reply, scsynth prints why it refused a definition, so the output is watched until the reply.
 */

import type { Completion } from '../commands/command.js';
import type { Command } from '../commands/index.js';
import { SuperColliderError } from '../errors.js';
import { loadPart } from '../latePart.js';
import { encodePacket } from '../osc/encode.js';
import type { Packet } from '../osc/message.js';
import { SynthDefNames, type SynthDefUser, serverNameOf } from '../synthdef/synthDefNames.js';
import type { SynthDef } from '../synthdef/synthDefsFromBytes.js';
import { checkText } from './checks.js';

/** The part of a client that sending definitions needs. */
export interface SynthDefConnection {
  /** Sends commands. */
  send(commands: readonly Command[]): void;
  /** Sends a command and resolves with the reply. */
  request(command: Command): Promise<unknown>;
  /** Sends a packet. */
  sendPacket(packet: Packet): void;
  /** Calls with each line that the server prints. */
  onOutput(listener: (line: string) => void): () => void;
  /** The largest packet in bytes. */
  maxPacketSize(): number;
  /** Bytes that the name of a definition may have. */
  maxNameSize(): number;
  /** True where other clients load definitions that ours must not touch. */
  sharesDefinitions(): boolean;
  /** Writes bytes to a file that the server can read, where there are files. */
  readonly writeFile:
    | ((name: string, bytes: Uint8Array) => Promise<{ path: string; remove(): Promise<void> }>)
    | undefined;
}

/** @throws SuperColliderError `invalid-synthdef` */
function checkNameSize({ name }: SynthDef, limit: number): void {
  const size = new TextEncoder().encode(name).length;
  if (size <= limit) return;
  throw new SuperColliderError(
    'invalid-synthdef',
    `The name of a definition has ${size} bytes ("${name.slice(0, 40)}…"). This server takes ${limit}; supernova 3.13 aborts at more.`,
  );
}

/** Room for `/d_recv`, its type tags and the blob's size. */
const MESSAGE_OVERHEAD = 64;

/** Sends definitions to a server, each once. */
export class SynthDefs {
  /** By the name on the server. */
  readonly #sent = new Map<string, { readonly def: SynthDef; readonly done: Promise<void> }>();
  readonly #names: SynthDefNames;

  #repeats: Promise<void> = Promise.resolve();

  constructor(readonly connection: SynthDefConnection) {
    this.#names = new SynthDefNames({
      maxNameSize: () => connection.maxNameSize(),
      isShared: () => connection.sharesDefinitions(),
      onFree: (names) => this.#freeUnused(names),
    });
  }

  /**
   * Sends a definition unless the server has it. Sends `/d_recv`, or a file and `/d_load` for a definition
   * that is too large for a packet.
   *
   * The name means this definition from now on. Another definition of the name that a root plays goes on.
   * Then this one has a name of its own on the server, such as `kick~2f1a`.
   *
   * @param completion - The message that the server carries out when it has the definition, before it
   *   replies. An example is `['/s_new', def.name, 1000, 0, 1]`. It goes out at once where the server has the
   *   definition.
   * @throws SuperColliderError `unsupported` naming the unit generator, `invalid-synthdef` for a name that is
   *   too long for supernova, `command-failed`, `timeout`.
   */
  ensure(def: SynthDef, completion?: Completion): Promise<void> {
    if (!(def?.bytes instanceof Uint8Array)) return Promise.reject(noDefinition());
    return this.loadPlaced(this.#names.hold(def), completion);
  }

  /** Sends a definition that was placed, unless the server has it. As `ensure`, but the name may mean another one. */
  loadPlaced(placed: SynthDef, completion?: Completion): Promise<void> {
    const name = serverNameOf(placed);
    const known = this.#sent.get(name);
    if (known?.def === placed) {
      return completion ? known.done.then(() => this.connection.sendPacket(completion)) : known.done;
    }
    const done = this.#send(placed, completion);
    this.#sent.set(name, { def: placed, done });
    done.catch(() => {
      if (this.#sent.get(name)?.def === placed) this.#sent.delete(name);
    });
    return done;
  }

  /** The definition with its name on the server; the same object for the same name and bytes. */
  place(def: SynthDef): SynthDef {
    return this.#names.place(def);
  }

  /** The definition as it was placed; `undefined` when it never was. */
  find(def: SynthDef): SynthDef | undefined {
    return this.#names.find(def);
  }

  /** The definition that was sent under a name on the server. */
  sent(serverName: string): SynthDef | undefined {
    return this.#sent.get(serverName)?.def;
  }

  /** Counts somebody as a user of definitions; returns what ends that. */
  addUser(user: SynthDefUser): () => void {
    return this.#names.addUser(user);
  }

  /** The server's name for the definition that `ensure` or `send` last got under this name. */
  serverName(name: string): string {
    return this.#names.serverName(name);
  }

  /**
   * Sends all definitions in the bytes of a `.scsyndef` file, even those that the server has. Synths that
   * sound go on with their old definitions.
   *
   * Sends `/d_recv` for each, or `/d_load` for large ones.
   *
   * @param completion - The message that the server carries out when it has all of them.
   * @throws SuperColliderError `invalid-synthdef`, `unsupported`, `command-failed`.
   */
  async send(bytes: Uint8Array, completion?: Completion): Promise<readonly SynthDef[]> {
    // What reads files is loaded when there is one, as pages mostly have none.
    const { synthDefsFromBytes } = await loadPart(
      () => import('../synthdef/synthDefsFromBytes.js'),
      'reading of a synthdef file',
    );
    const defs = synthDefsFromBytes(bytes);
    for (const [index, def] of defs.entries()) {
      this.#sent.delete(serverNameOf(this.#names.hold(def)));
      await this.ensure(def, index === defs.length - 1 ? completion : undefined);
    }
    return defs;
  }

  /**
   * Loads definitions from a file, or from all files that a pattern such as `folder/a*` matches, as the server sees
   * them. Sends `/d_load`.
   *
   * @throws SuperColliderError `command-failed` when there is none; supernova says nothing of that.
   */
  async load(path: string, completion?: Completion): Promise<void> {
    checkText('Path of the synthdef file', path);
    await this.connection.request({ type: '/d_load', path, completion });
  }

  /** Loads all definitions in a folder, as the server sees it. Sends `/d_loadDir`. */
  async loadFolder(path: string, completion?: Completion): Promise<void> {
    checkText('Path of the folder', path);
    await this.connection.request({ type: '/d_loadDir', path, completion });
  }

  /**
   * Frees definitions by name; synths of them go on. Unknown names are no failure. Sends `/d_free`.
   */
  free(...names: readonly string[]): void {
    for (const name of names) checkText('Name of the synthdef', name);
    const freed = names.map((name) => this.serverName(name));
    for (const name of freed) {
      this.#sent.delete(name);
      this.#names.forget(name);
    }
    if (freed.length > 0) this.connection.send([{ type: '/d_free', names: freed }]);
  }

  /** True when a definition of that name was sent. */
  has(name: string): boolean {
    return this.#sent.has(this.serverName(name));
  }

  /** The definition of that name, or of that name on the server, that was sent last. */
  get(name: string): SynthDef | undefined {
    return this.#sent.get(this.serverName(name))?.def;
  }

  /** The name on the server of a definition that was sent; `undefined` when it was not. */
  sentName(def: SynthDef): string | undefined {
    const placed = this.find(def);
    const name = placed && serverNameOf(placed);
    return name !== undefined && this.#sent.has(name) ? name : undefined;
  }

  /** The names on the server of what was sent. */
  names(): readonly string[] {
    return [...this.#sent.keys()];
  }

  /** The server is new: it has none. */
  clear(): void {
    this.#sent.clear();
  }

  #freeUnused(names: readonly string[]): void {
    if (this.connection.sharesDefinitions()) return;
    const sent = names.filter((name) => this.#sent.delete(name));
    if (sent.length > 0) this.connection.send([{ type: '/d_free', names: sent }]);
  }

  async #send(def: SynthDef, completion: Completion, isRepeated = false): Promise<void> {
    checkNameSize(def, this.connection.maxNameSize());
    const bytes = await bytesOnServer(def);
    const lines: string[] = [];
    const end = this.connection.onOutput((line) => lines.push(line));
    try {
      const more = completion ? encodePacket(completion).length : 0;
      if (bytes.length + more + MESSAGE_OVERHEAD <= this.connection.maxPacketSize()) {
        await this.connection.request({ type: '/d_recv', bytes, completion });
      } else await this.#sendFile(def, bytes, completion);
      await outputIsRead();
    } catch (error) {
      const message = String((error as Error).message);
      const lacking = lackingUnit(message);
      if (lacking) throw lacks(def, lacking);
      // The embedded engine says no more of a definition with too many connections.
      if (/unknown exception/.test(message)) throw await tooComplex(def, error);
      throw error;
    } finally {
      end();
    }
    // Lines of this time may be about another definition.
    const { unitGenerators } = def.description;
    const lacking = lines.map(lackingUnit).find((unit) => unit && unitGenerators.includes(unit));
    if (lacking) throw lacks(def, lacking);
    const refusal = lines.find(
      (line) =>
        lackingUnit(line) === undefined &&
        /exception in GraphDef_Recv|Could not (add|load) SynthDef/i.test(line),
    );
    if (refusal === undefined) return;
    if (!isRepeated) {
      // The line names no definition: those that were sent together are sent again one after another.
      const repeat = this.#repeats.then(() => this.#send(def, undefined, true));
      this.#repeats = repeat.catch(() => {});
      await repeat;
      return;
    }
    if (refusal.includes('interconnect')) throw await tooComplex(def);
    throw new SuperColliderError(
      'command-failed',
      `The server did not take synthdef "${def.name}": ${refusal}`,
    );
  }

  async #sendFile(def: SynthDef, bytes: Uint8Array, completion: Completion): Promise<void> {
    const { writeFile } = this.connection;
    if (!writeFile) {
      throw new SuperColliderError(
        'packet-too-large',
        `Synthdef "${def.name}" has ${bytes.length} bytes; this connection takes ${this.connection.maxPacketSize()} and there are no files to send it by.`,
      );
    }
    const file = await writeFile(`${serverNameOf(def)}.scsyndef`, bytes);
    try {
      await this.connection.request({ type: '/d_load', path: file.path, completion });
    } finally {
      await file.remove();
    }
  }
}

/** The definition under its name on the server. What reads and writes files is loaded only where that is another one. */
async function bytesOnServer(def: SynthDef): Promise<Uint8Array> {
  if (def.serverName === undefined) return def.bytes;
  return (await loadPart(() => import('../synthdef/renamed.js'), 'second synthdef of a name')).renamedBytes(
    def.bytes,
    def.serverName,
  );
}

/**
 * Waits until the lines that were printed before a reply are read.
 *
 * They come through a pipe of their own, and may be a turn of the event loop late.
 */
async function outputIsRead(): Promise<void> {
  if (typeof setImmediate !== 'function') return; // a page has no pipes
  for (let turn = 0; turn < 2; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}

/** The unit generator that scsynth, the embedded engine or supernova say they lack. */
function lackingUnit(output: string): string | undefined {
  const said = /UGen '([^']+)' not installed|Unit generator (\S+) not installed/.exec(output);
  return said?.[1] ?? said?.[2];
}

async function tooComplex(def: SynthDef, cause?: unknown): Promise<SuperColliderError> {
  const { wiresOf } = await loadPart(() => import('../synthdef/wires.js'), 'count of its wires');
  const wires = wiresOf(def.bytes);
  return new SuperColliderError(
    'command-failed',
    `The server did not take synthdef "${def.name}": it connects more units at a time than the server has room for. ` +
      `It needs about ${wires} wire buffers: boot with numWireBufs: ${2 ** Math.ceil(Math.log2(wires + 1))}, or make ` +
      'two definitions of it.',
    { cause },
  );
}

const noDefinition = (): SuperColliderError =>
  new SuperColliderError(
    'invalid-synthdef',
    'ensure() was given no definition. Make one with synthDef(), or send the bytes of a file with send().',
  );

const lacks = (def: SynthDef, unit: string): SuperColliderError =>
  new SuperColliderError(
    'unsupported',
    `Synthdef "${def.name}" needs the unit generator ${unit}, which this engine does not have. Install the plugin that has it, or take another engine.`,
  );
