/**
 * A synth of ours behind everything else, which hears a bus and leaves what it found where it can be asked for.
 */

import type { Command, ReceivedMessage, Server } from '../server/index.js';
import type { SynthDef } from '../synthdef/index.js';
import type { BufferNumber, NodeId, Seconds } from '../units.js';

/** A measuring synth, and the numbers that it writes. */
export interface Probe<Reading> {
  readonly def: SynthDef;
  /** Channels of a control bus that the synth writes to. */
  readonly values: number;
  /** Frames of a buffer that the synth writes to, with a channel for each of the bus's. @default none */
  readonly frames?: number;
  readonly channels: number;
  readonly read: (values: readonly number[], samples: readonly number[]) => Reading;
}

/** Seconds after which an unanswered query is sent again. */
const ANSWER_TIMEOUT: Seconds = 5;

export class Listening<Reading> {
  private constructor(
    readonly server: Server,
    readonly probe: Probe<Reading>,
    /** The first channel that is heard. */
    readonly bus: number,
    readonly epoch: number,
    readonly node: NodeId,
    readonly values: number,
    readonly buffer: number | undefined,
  ) {}

  /** Begins to listen; resolves when the synth is there. Sends `/d_recv` where the server lacks the definition, `/b_alloc` and `/s_new`. */
  static async start<Reading>(
    server: Server,
    probe: Probe<Reading>,
    bus: number,
  ): Promise<Listening<Reading>> {
    const { epoch } = server;
    await server.synthDefs.ensure(probe.def);
    const values = server.controlBuses.reserve(probe.values);
    const buffer = probe.frames === undefined ? undefined : server.buffers.reserve(1);
    const node = server.nodeIds.allocate();
    const listening = new Listening(server, probe, bus, epoch, node, values, buffer);
    try {
      await listening.#begin();
    } catch (error) {
      // Who listens in vain tries again and again.
      listening.stop();
      throw error;
    }
    return listening;
  }

  async #begin(): Promise<void> {
    const { server, probe, bus, values, buffer, node } = this;
    if (buffer !== undefined) {
      await server.request({
        type: '/b_alloc',
        number: buffer as BufferNumber,
        frames: probe.frames!,
        channels: probe.channels,
      });
    }
    const controls = ['bus', bus, 'values', values, ...(buffer === undefined ? [] : ['buffer', buffer])];
    // What the bus and the buffer held before is no reading.
    const begun = server.next('/n_go', ({ args }) => args[0] === node, { timeout: ANSWER_TIMEOUT });
    // At the tail of the root: behind the volume, and behind all that anybody renders.
    server.sendMessage('/s_new', probe.def.name, node, 1, 0, ...controls);
    await begun;
  }

  /** False after the server was away: the synth is gone. */
  get isAlive(): boolean {
    return this.server.epoch === this.epoch;
  }

  /** The present reading. Sends `/c_getn` and `/b_getn`. */
  async read(): Promise<Reading> {
    const { server, probe, values, buffer } = this;
    const asked: Command[] = [{ type: '/c_getn', ranges: [[values, probe.values]] }];
    if (buffer !== undefined && probe.frames !== undefined) {
      const ranges = [[0, probe.frames * probe.channels] as const];
      asked.push({ type: '/b_getn', number: buffer as BufferNumber, ranges });
    }
    // One bundle, so that both are of one block.
    const answers = Promise.all(asked.map((command) => server.requests.expect(command, ANSWER_TIMEOUT)));
    server.send(asked);
    const [first, second] = await answers;
    const numbers = ({ args }: ReceivedMessage, from: number): number[] => args.slice(from) as number[];
    return probe.read(numbers(first!, 2), second ? numbers(second, 3) : []);
  }

  /** Sends `/n_free` and `/b_free`. */
  stop(): void {
    const { server, node, values, buffer } = this;
    if (!this.isAlive || server.state !== 'online') return;
    server.sendMessage('/n_free', node);
    server.controlBuses.free(values);
    if (buffer === undefined) return;
    server.send([{ type: '/b_free', number: buffer as BufferNumber }]);
    server.buffers.free(buffer);
  }
}
