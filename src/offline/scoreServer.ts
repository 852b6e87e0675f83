/**
 * A server that writes down what it is sent: each commit becomes a bundle of a score.
 *
 * It replies to a piece's queries at once. Facts of buffers come from their files, and ends of nodes from
 * their definitions. So loading takes no time of the piece. A score depends on the piece alone, not on the
 * engine that will play it.
 */

import type { Command } from '../commands/command.js';
import type { SoundFileFacts } from '../engine/soundfile/soundFileFacts.js';
import { SuperColliderError } from '../errors.js';
import type { NodeLimit, SceneServer, SceneSynthDefs } from '../live/sceneServer.js';
import type { ReceivedArgument, ReceivedMessage } from '../osc/message.js';
import { partition } from '../server/allocators.js';
import type { ServerOptions } from '../server/options.js';
import type { SynthDef } from '../synthdef/index.js';
import { renamedBytes } from '../synthdef/renamed.js';
import { SynthDefNames } from '../synthdef/synthDefNames.js';
import type { Clock } from '../time/clock.js';
import type { Scheduler } from '../time/scheduler.js';
import type { ClientId, NodeId, Seconds } from '../units.js';
import type { ScoreEntry, ScoreMidi } from './score.js';
import { ScoreNodes } from './scoreNodes.js';
import { seedCommands } from './seeding.js';

export interface ScoreServerOptions {
  readonly options: ServerOptions;
  readonly clock: Clock;
  readonly seed: number;
  /** @throws an error that says why the file cannot be read. */
  readonly soundFile: (path: string) => Promise<SoundFileFacts>;
  /** Resolves a relative path, for errors. */
  readonly fullPath?: ((path: string) => string) | undefined;
  readonly onEntry: (entry: ScoreEntry) => void;
}

type Listener = (message: ReceivedMessage) => void;

const DEFAULT_GROUP = 1 as NodeId;

export class ScoreServer implements SceneServer {
  readonly abilities = { orderPreservesList: false, queriesTrailingArrays: true };
  readonly defaultGroup = { id: DEFAULT_GROUP };
  readonly synthDefs: SceneSynthDefs;
  /** Names and ends of nodes, as far as they are known. */
  readonly facts = {
    names: new Map<number, string>(),
    ends: new Map<number, Seconds>(),
    midi: [] as ScoreMidi[],
  };
  readonly fullPath: ((path: string) => string) | undefined;
  /** The root and the default group are all that others have. */
  readonly nodeLimit: NodeLimit;
  state = 'online';

  readonly #options: ScoreServerOptions;
  readonly #parts: ReturnType<typeof partition>;
  readonly #nodes: ScoreNodes;
  readonly #defs = new Map<string, SynthDef>();
  readonly #buffers = new Map<number, SoundFileFacts>();
  readonly #listeners = new Map<string, Set<Listener>>();
  /** Notifications that are not delivered yet, in the order in which they happened. */
  #news: [address: string, id: NodeId][] = [];
  #scheduler: Pick<Scheduler, 'schedule'> | undefined;
  #nameOf: (id: NodeId) => string | undefined = () => undefined;
  #last: Seconds = 0;

  takeMidi(bytes: readonly number[], time: Seconds): void {
    this.facts.midi.push({ time, bytes });
  }

  constructor(options: ScoreServerOptions) {
    this.#options = options;
    const names = new SynthDefNames();
    this.synthDefs = {
      addUser: (user) => names.addUser(user),
      find: (def) => names.find(def),
      place: (def) => names.place(def),
      loadPlaced: async (placed) => this.#define(placed),
    };
    this.fullPath = options.fullPath;
    this.nodeLimit = { max: options.options.maxNodes, others: () => 2, add: () => () => {} };
    // Offline there are no other clients to leave room for.
    this.#parts = partition(options.options, 0 as ClientId, 1);
    this.#nodes = new ScoreNodes({
      findDef: (name) => this.#defs.get(name),
      schedule: (time, callback) => this.#scheduler!.schedule(time, callback),
      onBegin: (id) => this.#news.push(['/n_go', id]),
      onEnd: (id, isOwn) => {
        this.#news.push(['/n_end', id]);
        if (!isOwn) return;
        this.facts.ends.set(id, options.clock.now());
        this.tellNews();
      },
    });
  }

  get sampleRate(): number | undefined {
    return this.#options.options.sampleRate;
  }

  get nodeIds() {
    return this.#parts.nodeIds;
  }

  get audioBuses() {
    return this.#parts.audioBuses;
  }

  get controlBuses() {
    return this.#parts.controlBuses;
  }

  get buffers() {
    return this.#parts.buffers;
  }

  /** The moment of the last entry. */
  get last(): Seconds {
    return this.#last;
  }

  /** Begins the score: random numbers and the default group. */
  open(scheduler: Pick<Scheduler, 'schedule'>, nameOf: (id: NodeId) => string | undefined): void {
    this.#scheduler = scheduler;
    this.#nameOf = nameOf;
    const { seed, options } = this.#options;
    this.send([
      { type: '/g_new', groups: [{ id: DEFAULT_GROUP, action: 0, target: 0 as NodeId }] },
      ...seedCommands(seed, options.numRGens),
    ]);
  }

  /** Writes nothing any more. */
  close(): void {
    this.state = 'offline';
  }

  /** Tells what began and ended since, as a server's notifications would. */
  tellNews(): void {
    while (this.#news.length > 0) {
      const news = this.#news;
      this.#news = [];
      for (const [address, id] of news) this.#tell({ address, args: [id, 0, -1, -1, 0] });
    }
  }

  send(commands: readonly Command[], time?: Seconds): void {
    if (this.state !== 'online') return;
    const at = Math.max(time ?? this.#options.clock.now(), this.#last);
    this.#last = at;
    for (const command of commands) {
      this.#nodes.carryOut(command, at);
      this.#name(command);
    }
    this.#options.onEntry({ time: at, commands });
  }

  async request(command: Command): Promise<ReceivedMessage> {
    if (this.state !== 'online') return { address: '/done', args: [command.type] };
    const answer = await this.#answer(command);
    if (command.type !== '/b_query') this.send([command]);
    return answer;
  }

  async sync(): Promise<void> {}

  on(address: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(address) ?? new Set();
    this.#listeners.set(address, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  onState(): () => void {
    return () => {};
  }

  #tell(message: ReceivedMessage): void {
    for (const listener of this.#listeners.get(message.address) ?? []) listener(message);
  }

  #define(def: SynthDef): void {
    const { serverName } = def;
    const name = serverName ?? def.name;
    if (this.#defs.get(name) === def) return;
    this.#defs.set(name, def);
    const bytes = serverName === undefined ? def.bytes : renamedBytes(def.bytes, serverName);
    this.send([{ type: '/d_recv', bytes }]);
  }

  #name(command: Command): void {
    const ids =
      command.type === '/s_new'
        ? [command.id]
        : 'groups' in command
          ? command.groups.map(({ id }) => id)
          : undefined;
    for (const id of ids ?? []) {
      const name = this.#nameOf(id);
      if (name !== undefined) this.facts.names.set(id, name);
    }
  }

  async #answer(command: Command): Promise<ReceivedMessage> {
    const done = (...args: ReceivedArgument[]) => ({ address: '/done', args: [command.type, ...args] });
    switch (command.type) {
      case '/b_alloc': {
        const { frames, channels } = command;
        this.#buffers.set(command.number, {
          frames,
          channels,
          sampleRate: this.#options.options.sampleRate ?? 0,
        });
        return done(command.number);
      }
      case '/b_allocRead':
      case '/b_allocReadChannel': {
        const file = await this.#soundFile(command.path, command.type, command.number);
        const rest = Math.max(0, file.frames - command.startFrame);
        this.#buffers.set(command.number, {
          frames: command.frames > 0 ? Math.min(command.frames, rest) : rest,
          channels: command.type === '/b_allocRead' ? file.channels : command.channels.length,
          sampleRate: file.sampleRate,
        });
        return done(command.number);
      }
      case '/b_read':
        // Fills a whole buffer from a file that was queried before.
        await this.#soundFile(command.path, command.type, command.number);
        return done(command.number);
      case '/b_query': {
        const [number = 0] = command.numbers;
        const { frames, channels, sampleRate } = this.#buffers.get(number) ?? {
          frames: 0,
          channels: 0,
          sampleRate: 0,
        };
        return { address: '/b_info', args: [number, frames, channels, sampleRate] };
      }
      case '/b_free':
        this.#buffers.delete(command.number);
        return done(command.number);
      case '/b_zero':
      case '/b_gen':
      case '/b_close':
      case '/b_write':
        return done(command.number);
      case '/d_recv':
      case '/d_load':
        return done();
      default:
        throw new SuperColliderError(
          'unsupported',
          `Offline nobody answers ${command.type}: what is rendered is written down first, and played afterwards.`,
        );
    }
  }

  async #soundFile(path: string, address: string, number: number): Promise<SoundFileFacts> {
    try {
      return await this.#options.soundFile(path);
    } catch (cause) {
      throw new SuperColliderError(
        'command-failed',
        `The score cannot have ${address} for buffer ${number}: ${(cause as Error).message}`,
        { cause },
      );
    }
  }
}
