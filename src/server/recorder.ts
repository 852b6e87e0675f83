/**
 * Records a server's outputs to a sound file on the server's side, with DiskOut.
 */

import {
  encodeSynthDefs,
  type GraphInput,
  type GraphUnit,
  type SynthDef,
  synthDefsFromBytes,
} from '../synthdef/index.js';
import type { NodeId, UnixTime } from '../units.js';
import type { Server } from './server.js';

export interface RecorderOptions {
  /** As the server sees it. */
  readonly path: string;
  /** First bus to record. @default 0 */
  readonly bus?: number | undefined;
  /** @default the server's output channels */
  readonly channels?: number | undefined;
  /** @default 'wav' */
  readonly header?: string | undefined;
  /** @default 'float' */
  readonly format?: string | undefined;
  /** When the first sample is to be recorded. @default at once */
  readonly time?: UnixTime | undefined;
}

export interface Recorder {
  readonly path: string;
  /** Ends the recording; resolves when the file is complete and closed. */
  stop(): Promise<void>;
}

/** Frames between two writes to the disk: a power of two, 1.4 s at 48 kHz. */
const BUFFER_FRAMES = 65_536;

/**
 * Starts recording. Sends `/b_alloc`, `/b_write` with leaveOpen, `/d_recv`, and `/s_new` at the end of the
 * root node, behind everything that is heard.
 */
export async function record(server: Server, options: RecorderOptions): Promise<Recorder> {
  const {
    path,
    bus = 0,
    channels = server.engine.outputChannels,
    header = 'wav',
    format = 'float',
    time,
  } = options;
  const number = server.buffers.allocate(1);
  const def = recorderDef(channels);
  await server.synthDefs.ensure(def);
  await server.request({ type: '/b_alloc', number, frames: BUFFER_FRAMES, channels });
  await server.request({
    type: '/b_write',
    number,
    path,
    header,
    format,
    frames: 0,
    startFrame: 0,
    leaveOpen: true,
  });
  const id = server.nodeIds.allocate();
  const begun = nodeEvent(server, '/n_go', id);
  server.send(
    [
      {
        type: '/s_new',
        def: def.name,
        id,
        action: 1,
        target: 0 as NodeId,
        controls: ['buffer', number, 'bus', bus],
      },
    ],
    time,
  );
  if (time === undefined) await begun;
  return {
    path,
    async stop() {
      // Freeing the synth makes DiskOut write what it still holds; the buffer must be there until then.
      const ended = nodeEvent(server, '/n_end', id);
      server.send([{ type: '/n_free', id }]);
      await ended;
      await server.request({ type: '/b_close', number });
      await server.request({ type: '/b_free', number });
      server.buffers.free(number);
    },
  };
}

function nodeEvent(server: Server, address: '/n_go' | '/n_end', id: NodeId): Promise<void> {
  return new Promise((resolve) => {
    const end = server.on(address, ({ args }) => {
      if (args[0] !== id) return;
      end();
      resolve();
    });
  });
}

/** `DiskOut.ar(buffer, In.ar(bus, channels))`. */
function recorderDef(channels: number): SynthDef {
  const from = (unit: number, output = 0): GraphInput => ({ unit, output });
  const signals = Array.from({ length: channels }, (_, channel) => from(1, channel));
  const units: GraphUnit[] = [
    { className: 'Control', rate: 'control', specialIndex: 0, inputs: [], outputs: ['control', 'control'] },
    {
      className: 'In',
      rate: 'audio',
      specialIndex: 0,
      inputs: [from(0, 1)],
      outputs: signals.map(() => 'audio'),
    },
    {
      className: 'DiskOut',
      rate: 'audio',
      specialIndex: 0,
      inputs: [from(0, 0), ...signals],
      outputs: ['audio'],
    },
  ];
  const graph = {
    name: `react-collider-recorder-${channels}`,
    constants: [],
    parameters: [0, 0],
    parameterNames: [
      { name: 'buffer', index: 0 },
      { name: 'bus', index: 1 },
    ],
    units,
    variants: [],
  };
  return synthDefsFromBytes(encodeSynthDefs([graph]))[0]!;
}
