/**
 * A synth of ours behind everything else, which hears a bus and leaves what it found where it can be asked for.
 */

import { useEffect, useRef, useState } from 'react';
import { useNearServer } from '../hooks/nearServer.js';
import type { BusHandle } from '../scene/handles.js';
import { type Command, type ReceivedMessage, Server } from '../server/index.js';
import type { SynthDef } from '../synthdef/index.js';
import type { BufferNumber, NodeId, Seconds } from '../units.js';

/** A bus: a handle, or the index of its first channel, 0 for what is heard. */
export type HeardBus = BusHandle | number;

/** What is measured, and how. */
export interface Probe<Reading> {
  readonly def: SynthDef;
  /** Channels of a control bus that the synth writes to. */
  readonly values: number;
  /** Frames of a buffer that the synth writes to, with a channel for each of the bus's. @default none */
  readonly frames?: number;
  readonly channels: number;
  readonly read: (values: readonly number[], samples: readonly number[]) => Reading;
}

interface Running {
  readonly server: Server;
  readonly life: number;
  readonly bus: number;
  readonly node: NodeId;
  readonly values: number;
  readonly buffer: number | undefined;
}

/** Seconds after which a bus that is not there yet, or a server that is away, is looked for again. */
const PATIENCE: Seconds = 0.1;

/** Seconds after which a question is asked anew. */
const ANSWER_TIMEOUT: Seconds = 5;

/**
 * What a probe reads on a bus, again and again; `undefined` until the first answer, and where a piece is rendered to a
 * file. The component renders again with each reading.
 *
 * @param key - Another one is another probe.
 */
export function useProbe<Reading>(
  bus: HeardBus,
  probe: () => Probe<Reading>,
  key: string,
  interval: Seconds,
): Reading | undefined {
  const server = useNearServer();
  const [reading, setReading] = useState<Reading>();
  const latest = useRef({ probe, interval });
  useEffect(() => {
    latest.current = { probe, interval };
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the probe.
  useEffect(() => {
    if (!(server instanceof Server)) return;
    let isMounted = true;
    const wanted = latest.current.probe();
    const listen = async (): Promise<void> => {
      let running: Running | undefined;
      while (isMounted) {
        const index = typeof bus === 'number' ? bus : bus.index;
        const isCurrent = running?.life === server.life && running.bus === index;
        try {
          if (running && !isCurrent) {
            stop(running);
            running = undefined;
          }
          if (index !== undefined && server.state === 'online') {
            running ??= await start(server, wanted, index);
            const found = await read(running, wanted);
            if (isMounted) setReading(() => found);
          }
        } catch {
          // The server is away: what was read last holds until it is back.
        }
        await pause(running ? latest.current.interval : PATIENCE);
      }
      if (running) stop(running);
    };
    void listen();
    return () => {
      isMounted = false;
    };
  }, [server, bus, key]);
  return reading;
}

const pause = (seconds: Seconds): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000));

async function start<Reading>(server: Server, probe: Probe<Reading>, bus: number): Promise<Running> {
  const { life } = server;
  await server.synthDefs.ensure(probe.def);
  const values = server.controlBuses.allocate(probe.values);
  let buffer: number | undefined;
  if (probe.frames !== undefined) {
    buffer = server.buffers.allocate(1);
    await server.request({
      type: '/b_alloc',
      number: buffer as BufferNumber,
      frames: probe.frames,
      channels: probe.channels,
    });
  }
  const node = server.nodeIds.allocate();
  // At the tail of the root: behind the volume, and behind all that anybody renders.
  const controls = ['bus', bus, 'values', values, ...(buffer === undefined ? [] : ['buffer', buffer])];
  server.sendMessage('/s_new', probe.def.name, node, 1, 0, ...controls);
  return { server, life, bus, node, values, buffer };
}

async function read<Reading>(running: Running, probe: Probe<Reading>): Promise<Reading> {
  const { server, values, buffer } = running;
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

function stop({ server, life, node, values, buffer }: Running): void {
  if (server.life !== life || server.state !== 'online') return;
  server.sendMessage('/n_free', node);
  server.controlBuses.free(values);
  if (buffer === undefined) return;
  server.send([{ type: '/b_free', number: buffer as BufferNumber }]);
  server.buffers.free(buffer);
}
