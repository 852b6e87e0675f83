/**
 * The embedded engine as its client sees it: scsynth, to the letter where it can be.
 *
 * The host stands between a client's packets and the WebAssembly engine. It holds timed bundles until their
 * block, and cuts messages that are too large. It carries out what the engine cannot (files, buffer memory,
 * `/quit`), and sorts the replies in scsynth's order.
 *
 * The host knows no sound device, no timer and no file system: the caller of `process` decides how time
 * passes. The same host therefore runs in real time in a worker, in a browser's AudioWorklet, and offline at
 * full speed.
 */

import { encodePacket } from '../../osc/encode.js';
import type { Message } from '../../osc/message.js';
import type { Seconds } from '../../units.js';
import { Buffers } from './buffers.js';
import { CommandRouter } from './commandRouter.js';
import { DefinitionAnswers } from './definitionCommands.js';
import { dumpPacket } from './dumpPacket.js';
import { EngineReplies } from './engineReplies.js';
import { Feed, TIMED_PER_BLOCK } from './feed.js';
import { type FileAccess, noFiles } from './fileAccess.js';
import type { HostServices } from './hostCommand.js';
import { LoadMeter } from './loadMeter.js';
import { addressOf, bundleElements, bundleTime, isBundle, type OscBytes } from './oscBytes.js';
import { TimedQueue } from './timedQueue.js';
import {
  BLOCK_SIZE,
  type EngineFiles,
  sampleMemoryStart,
  WasmEngine,
  type WorldOptions,
} from './wasmEngine.js';

export interface EmbeddedHostOptions {
  readonly files: EngineFiles;
  readonly world: WorldOptions;
  /** File access for `/b_allocRead` and similar commands. @default no files */
  readonly fileAccess?: FileAccess;
  /**
   * The moment of frame 0, in seconds since 1900 as timetags count; 0 for a score, whose timetags
   * count from its beginning. @default 0
   */
  readonly startTime?: Seconds;
  /** Milliseconds from a steady clock, to measure the CPU load with. Without it the load is 0. */
  readonly now?: () => number;
  /** Hears each answer and notification; the bytes are its own. */
  onReply(packet: Uint8Array): void;
  /** Hears each line that scsynth would print. */
  onOutput(line: string): void;
  /** The client sent `/quit`, and has been answered. */
  onQuit(): void;
}

/** Blocks ahead of its time that a bundle may be handed to the engine, which holds 512 of them. */
const BLOCKS_AHEAD = 8;

interface TimedBundle {
  readonly messages: readonly { readonly address: string; readonly message: OscBytes }[];
  /** No message in it is the host's own business, and all can be fed ahead. */
  isPlain: boolean;
  /** Made when it is first fed ahead: its bundles for the engine, those fed already taken off. */
  fed?: OscBytes[];
}

export class EmbeddedHost {
  readonly #engine: WasmEngine;
  readonly #options: EmbeddedHostOptions;
  readonly #feed: Feed;
  readonly #router: CommandRouter;
  readonly #replies: EngineReplies;
  readonly #queue = new TimedQueue<TimedBundle>();
  readonly #load: LoadMeter;
  readonly #buffers: Buffers;
  readonly #startWhole: number;
  #startFraction: Seconds;
  #frame = 0;
  /** The frame of the next block that synchronous messages are for; `undefined` for the block's beginning. */
  #at: number | undefined;
  #dumps = false;

  private constructor(engine: WasmEngine, options: EmbeddedHostOptions) {
    this.#engine = engine;
    this.#options = options;
    const { sampleRate, numBuffers } = options.world;
    this.#feed = new Feed(engine, sampleRate);
    this.#load = new LoadMeter((1000 * BLOCK_SIZE) / sampleRate, options.now);
    this.#startWhole = Math.floor(options.startTime ?? 0);
    this.#startFraction = (options.startTime ?? 0) - this.#startWhole;
    this.#buffers = new Buffers(engine.memory, sampleMemoryStart(options.world), numBuffers);
    const definitions = new DefinitionAnswers();
    this.#replies = new EngineReplies(sampleRate, definitions, this.#load);
    const services: HostServices = {
      files: options.fileAccess ?? noFiles,
      send: (message) => this.#sendNow(message[0], encodePacket(message as Message)),
      perform: (packet) => packet && this.#now(() => this.#carryOut(packet)),
      reply: (address, ...args) => services.afterwards(() => services.answer(address, ...args)),
      answer: (address, ...args) => this.#replies.add(encodePacket([address, ...args])),
      afterwards: (callback) => {
        const message = this.#replies.markerFor(callback);
        this.#sendNow('/sync', message);
      },
      caughtUp: () => this.#router.caughtUp(),
      print: (line) => options.onOutput(line),
    };
    this.#router = new CommandRouter({
      services,
      buffers: this.#buffers,
      definitions,
      sampleRate,
      sendNow: (address, message) => this.#sendNow(address, message),
      send: (address, message) => this.#send(address, message),
      clear: () => this.#clear(),
      dump: (dumps) => {
        this.#dumps = dumps;
      },
      quit: () => options.onQuit(),
    });
  }

  /** @throws SuperColliderError `boot-failed` when the engine is of another version or does not start. */
  static async boot(options: EmbeddedHostOptions): Promise<EmbeddedHost> {
    const engine = await WasmEngine.boot(options.files, options.world, options.onOutput);
    engine.readOutput(() => undefined); // its banner
    return new EmbeddedHost(engine, options);
  }

  /** Frames computed so far; the next block begins with this one. */
  get frame(): number {
    return this.#frame;
  }

  /** The output of the last `process`: 128 frames for each output channel, overwritten by the next. */
  get outputs(): readonly Float32Array[] {
    return this.#engine.outputs;
  }

  /** The input of the next `process`: 128 frames for each input channel, for the caller to write. */
  get inputs(): readonly Float32Array[] {
    return this.#engine.inputs;
  }

  /** The name and version that the engine reports. */
  get version(): string {
    return this.#engine.version;
  }

  /** True while a file is being read or written; the asynchronous commands after it wait. */
  get isBusy(): boolean {
    return this.#router.isBusy;
  }

  /** Resolves when no file is being read or written. An offline renderer waits for it before each block. */
  get idle(): Promise<void> {
    return this.#router.idle;
  }

  /** Bytes that buffers take of the engine's memory for them, about 50 MiB. */
  get bufferBytes(): number {
    return this.#buffers.bytesInUse;
  }

  /** Bundles that wait for their time. */
  get scheduledBundles(): number {
    return this.#queue.size;
  }

  /**
   * Moves the clock against the frames, so that it does not drift from the system's.
   *
   * @param startTime - The moment of frame 0, in seconds since 1900, as corrected.
   */
  setStartTime(startTime: Seconds): void {
    this.#startFraction = startTime - this.#startWhole;
  }

  /** Takes a client's packet. What is malformed is reported on the output, and never throws. */
  receive(packet: OscBytes): void {
    try {
      if (this.#dumps && addressOf(packet) !== '/status') this.#options.onOutput(dumpPacket(packet));
      this.#carryOut(packet);
    } catch (error) {
      this.#options.onOutput(`ERROR: malformed OSC packet: ${(error as Error).message}`);
    }
  }

  /** Computes the next 128 frames into `outputs`, and delivers the answers. */
  process(): void {
    const start = this.#frame;
    const end = start + BLOCK_SIZE;
    this.#takeDue(end);
    this.#feed.flush(start);
    this.#feedAhead(end + BLOCKS_AHEAD * BLOCK_SIZE);
    this.#load.measure(() => this.#engine.process(start / this.#options.world.sampleRate));
    this.#frame = end;
    this.#engine.readReplies((packet) => this.#replies.take(packet));
    this.#replies.deliver(this.#options.onReply);
    this.#engine.readOutput((line) => this.#options.onOutput(line));
  }

  #carryOut(packet: OscBytes): void {
    if (!isBundle(packet)) {
      this.#router.route(addressOf(packet), packet);
      return;
    }
    const elements = bundleElements(packet);
    const messages = elements
      .filter((element) => !isBundle(element))
      .map((message) => ({ address: addressOf(message), message }));
    if (messages.length > 0) this.#schedule(bundleTime(packet), messages);
    // A nested bundle has its own time. (scsynth loses the messages beside one; here they count.)
    for (const element of elements) if (isBundle(element)) this.#carryOut(element);
  }

  #schedule([seconds, fraction]: readonly [number, number], messages: TimedBundle['messages']): void {
    if (seconds === 0 && fraction <= 1) {
      for (const { address, message } of messages) this.#router.route(address, message);
      return;
    }
    const time = seconds - this.#startWhole + fraction / 2 ** 32;
    const late = this.#frame - this.#frameOf(time);
    if (late > 0) {
      this.#options.onOutput(`late ${(late / this.#options.world.sampleRate).toFixed(9)}`);
      for (const { address, message } of messages) this.#router.route(address, message);
      return;
    }
    const isPlain = messages.every(({ address }) => !this.#router.isOurs(address));
    this.#queue.add(time, { messages, isPlain });
  }

  /** The frame that is nearest to a moment. */
  #frameOf(time: Seconds): number {
    return Math.round((time - this.#startFraction) * this.#options.world.sampleRate);
  }

  #takeDue(end: number): void {
    for (let next = this.#queue.peek(); next; next = this.#queue.peek()) {
      const frame = this.#frameOf(next.time);
      if (frame >= end) break;
      this.#queue.take();
      // What was fed ahead in part goes on where it stopped; the engine has its time.
      const messages = next.item.fed
        ? next.item.fed.flatMap(bundleElements).map((message) => ({ address: addressOf(message), message }))
        : next.item.messages;
      this.#at = Math.max(frame, this.#frame);
      for (const { address, message } of messages) this.#router.route(address, message);
      this.#at = undefined;
    }
  }

  /** A moment of many messages does not fit into one block, so it is handed over ahead. */
  #feedAhead(end: number): void {
    for (let next = this.#queue.peek(); next; next = this.#queue.peek()) {
      const { time, item } = next;
      const frame = this.#frameOf(time);
      if (frame >= end || !item.isPlain) return;
      if (!item.fed) {
        const bundles = this.#feed.timedBundles(frame, item.messages);
        // What the blocks ahead do not hold begins together in its own block.
        if (!bundles || bundles.length > BLOCKS_AHEAD * TIMED_PER_BLOCK) {
          item.isPlain = false;
          return;
        }
        item.fed = bundles;
      }
      while (item.fed.length > 0) {
        if (!this.#feed.writeAhead(frame, item.fed[0]!)) return;
        item.fed.shift();
      }
      this.#queue.take();
    }
  }

  #send(address: string, message: OscBytes): void {
    if (this.#at !== undefined) {
      if (!this.#feed.sendAt(this.#at, address, message)) this.#refuse(address, message);
      return;
    }
    // The samples of a long buffer would fill the ring for many blocks.
    if (address === '/b_setn' && this.#feed.mayWriteSamples && this.#buffers.write(message)) return;
    this.#sendNow(address, message);
  }

  #sendNow(address: string, message: OscBytes): void {
    if (!this.#feed.sendNow(address, message)) this.#refuse(address, message);
  }

  #refuse(address: string, message: OscBytes): void {
    const why = `a message of ${message.length} bytes; the embedded engine takes 65,536`;
    this.#options.onOutput(`FAILURE IN SERVER ${address} ${why}`);
    this.#replies.add(encodePacket(['/fail', address, why]));
  }

  /** Completion messages are carried out at once, whatever the time of their command. */
  #now(action: () => void): void {
    const at = this.#at;
    this.#at = undefined;
    action();
    this.#at = at;
  }

  #clear(): void {
    this.#queue.clear();
    this.#feed.clear();
    this.#engine.clearScheduler();
  }
}
