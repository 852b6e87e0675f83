/** An embedded host under virtual time: a score is played as fast as it can be, and what sounds is kept. */

import { EmbeddedHost } from '../../../src/engine/embedded/embeddedHost.js';
import { loadEngineFiles } from '../../../src/engine/embedded/engineFiles.js';
import { nodeFiles } from '../../../src/engine/embedded/nodeFiles.js';
import type { WorldOptions } from '../../../src/engine/embedded/wasmEngine.js';
import { decodePacket } from '../../../src/osc/decode.js';
import { encodePacket } from '../../../src/osc/encode.js';
import type { Argument, Message, ReceivedMessage } from '../../../src/osc/message.js';
import { scoreTimetag } from '../../../src/osc/timetag.js';

export const RATE = 48_000;

const world: WorldOptions = {
  sampleRate: RATE,
  numOutputBusChannels: 2,
  numInputBusChannels: 2,
  numBuffers: 1024,
  maxNodes: 8192,
  maxSynthDefs: 1024,
  numWireBufs: 64,
  audioBuses: 128,
  controlBuses: 4096,
  memSize: 8192,
  seed: 1,
};

export class Offline {
  /** What has sounded on the left and on the right. */
  readonly left: number[] = [];
  readonly right: number[] = [];
  readonly replies: ReceivedMessage[] = [];
  readonly output: string[] = [];
  quits = 0;
  host!: EmbeddedHost;

  static async boot(changes: Partial<WorldOptions> = {}): Promise<Offline> {
    const offline = new Offline();
    offline.host = await EmbeddedHost.boot({
      files: await loadEngineFiles(),
      world: { ...world, ...changes },
      fileAccess: nodeFiles,
      onReply: (packet) => offline.replies.push(decodePacket(packet) as ReceivedMessage),
      onOutput: (line) => offline.output.push(line),
      onQuit: () => offline.quits++,
    });
    return offline;
  }

  send(address: string, ...args: Argument[]): void {
    this.host.receive(encodePacket([address, ...args]));
  }

  /** Messages at a moment of the score. */
  at(seconds: number, ...messages: Message[]): void {
    this.host.receive(encodePacket({ timetag: scoreTimetag(seconds), elements: messages }));
  }

  /** Messages at a frame of the score. */
  atFrame(frame: number, ...messages: Message[]): void {
    this.at(frame / RATE, ...messages);
  }

  /** Computes so many blocks of 128 frames, waiting for files in between. */
  async blocks(count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      if (this.host.isBusy) await this.host.idle;
      this.host.process();
      this.left.push(...this.host.outputs[0]!);
      this.right.push(...this.host.outputs[1]!);
    }
  }

  /** Loads definitions, and forgets the answers. */
  async define(...definitions: readonly Uint8Array[]): Promise<void> {
    for (const bytes of definitions) this.send('/d_recv', bytes);
    await this.blocks(1);
    this.replies.length = 0;
  }

  /** The replies as arrays: address, then arguments. */
  get said(): unknown[][] {
    return this.replies.map(({ address, args }) => [address, ...args]);
  }

  /** The frame of the first sample beyond a threshold on the left; -1 when there is none. */
  onset(threshold = 1e-4): number {
    return this.left.findIndex((sample) => Math.abs(sample) > threshold);
  }
}
