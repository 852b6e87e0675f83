/**
 * The embedded engine's host within an AudioWorklet: the sound device says when a block is computed.
 */

import { PacketRing } from '../../transport/packetRing.js';
import { EmbeddedHost } from '../embedded/embeddedHost.js';
import { BLOCKS_BEFORE, ScorePlayer, scoreStartTime } from '../embedded/scorePlayer.js';
import { BLOCK_SIZE } from '../embedded/wasmEngine.js';
import { FrameClock } from './frameClock.js';
import { PageFiles } from './pageFiles.js';
import type { PageMessage, WorkletMessage, WorkletSetup } from './workletMessages.js';

/** Seconds from 1900, where timetags begin, to 1970. */
const SECONDS_FROM_1900_TO_1970 = 2_208_988_800;

/** Blocks for each packet of a suspended context: one to take it, one to answer. */
const BLOCKS_WHILE_SUSPENDED = 2;

export class WorkletHost {
  readonly #setup: WorkletSetup;
  readonly #say: (message: WorkletMessage) => void;
  readonly #clock: FrameClock;
  readonly #files: PageFiles;
  #host: EmbeddedHost | undefined;
  #player: ScorePlayer | undefined;
  #packets: MessagePort | undefined;
  #ring: PacketRing | undefined;
  #isSuspended = false;
  #hasEnded = false;
  #hasSaidSo = false;

  constructor(setup: WorkletSetup, say: (message: WorkletMessage) => void) {
    this.#setup = setup;
    this.#say = say;
    this.#clock = new FrameClock(setup.world.sampleRate);
    this.#files = new PageFiles(say, setup.score?.sounds);
  }

  async boot(): Promise<void> {
    const { files, world, score } = this.#setup;
    try {
      const host = await EmbeddedHost.boot({
        files,
        world,
        fileAccess: this.#files,
        startTime: score ? scoreStartTime(world.sampleRate) : SECONDS_FROM_1900_TO_1970 + Date.now() / 1000,
        // In whole milliseconds, which the average of many blocks makes up for.
        ...(score ? {} : { now: () => Date.now() }),
        onReply: (packet) => {
          const { buffer } = packet;
          this.#packets?.postMessage(buffer, [buffer as ArrayBuffer]);
        },
        onOutput: (line) => this.#say({ type: 'output', line }),
        onQuit: () => this.#end(),
      });
      if (score) {
        this.#player = new ScorePlayer(host, world.sampleRate);
        for (const { time, bundles } of score.entries) this.#player.take(time, bundles);
        await this.#playUntilStart(host, this.#player);
      }
      this.#host = host;
      this.#say({ type: 'ready', version: host.version });
    } catch (error) {
      this.#hasEnded = true;
      this.#say({ type: 'failed', message: (error as Error).message });
    }
  }

  receive(message: PageMessage): void {
    switch (message.type) {
      case 'connect':
        this.#connect(message.port, message.ring);
        return;
      case 'suspended':
        this.#isSuspended = message.isSuspended;
        this.#takeFromRing();
        this.#processWhileSuspended();
        return;
      case 'end':
        this.#end();
        return;
      default:
        this.#files.receive(message);
        // What is done with the file is done in a later microtask.
        void Promise.resolve().then(() => this.#processWhileSuspended());
    }
  }

  /** Computes a block into the outputs; false when the engine has ended. */
  process(inputs: readonly Float32Array[], outputs: readonly Float32Array[]): boolean {
    const host = this.#host;
    if (this.#hasEnded) return this.#sayEnded();
    if (!host) return true;
    if (outputs[0] && outputs[0].length !== BLOCK_SIZE) {
      return this.#crash(
        `this context computes ${outputs[0].length} frames at a time, the engine ${BLOCK_SIZE}`,
      );
    }
    try {
      for (const [index, channel] of host.inputs.entries()) {
        const heard = inputs[index];
        if (heard) channel.set(heard);
        else channel.fill(0);
      }
      if (this.#player) this.#player.beforeBlock();
      else this.#setStartTime(host);
      this.#takeFromRing();
      host.process();
    } catch (error) {
      return this.#crash((error as Error).message);
    }
    for (const [index, channel] of outputs.entries()) {
      const samples = host.outputs[index];
      if (samples) channel.set(samples);
    }
    return true;
  }

  #connect(port: MessagePort, ring: SharedArrayBuffer | undefined): void {
    this.#packets = port;
    this.#ring = ring && new PacketRing(ring);
    port.onmessage = ({ data }: MessageEvent) => {
      if (!(data instanceof ArrayBuffer)) return;
      if (data.byteLength > 0) this.#host?.receive(new Uint8Array(data));
      this.#takeFromRing();
      this.#processWhileSuspended();
    };
  }

  #takeFromRing(): void {
    for (let packet = this.#ring?.read(); packet; packet = this.#ring?.read()) this.#host?.receive(packet);
  }

  /**
   * Lets time go on for a few milliseconds at each packet, unheard. A browser requests no blocks from a
   * suspended context, but the engine must reply to packets.
   */
  #processWhileSuspended(): void {
    if (!this.#isSuspended || !this.#host || this.#hasEnded) return;
    try {
      for (let i = 0; i < BLOCKS_WHILE_SUSPENDED; i++) this.#host.process();
    } catch (error) {
      this.#crash((error as Error).message);
    }
  }

  /** The blocks before the score, in which its first definitions and buffers are loaded. */
  async #playUntilStart(host: EmbeddedHost, player: ScorePlayer): Promise<void> {
    while (host.frame < BLOCKS_BEFORE * BLOCK_SIZE) {
      const loading = player.load();
      if (loading) await loading;
      host.process();
    }
  }

  #setStartTime(host: EmbeddedHost): void {
    const zero = this.#clock.at(Date.now() / 1000, host.frame);
    if (zero !== undefined) host.setStartTime(zero + SECONDS_FROM_1900_TO_1970);
  }

  #crash(message: string): false {
    this.#say({ type: 'crashed', message });
    this.#end();
    return this.#sayEnded();
  }

  #end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#packets?.close();
    this.#packets = undefined;
    this.#ring = undefined;
    // Its 80 MB are free when nothing holds them any more.
    this.#host = undefined;
    if (this.#isSuspended) this.#sayEnded();
  }

  /**
   * Reports the end with the last call of `process`.
   *
   * In Chromium, a context may be closed before `process` has returned false. Chromium then keeps the node,
   * the context and the page's whole tree for as long as the page lives.
   */
  #sayEnded(): false {
    if (!this.#hasSaidSo) this.#say({ type: 'ended' });
    this.#hasSaidSo = true;
    return false;
  }
}
