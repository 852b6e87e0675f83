/**
 * MIDI outputs of this machine: by the package `@julusian/midi` where it is installed, or a raw device of the system.
 *
 * A thread of its own sends each message at its time, whatever the main thread does.
 */

import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { SuperColliderError } from '../errors.js';
import type { MidiPort } from '../midi/port.js';
import type { UnixTime } from '../units.js';

/** An open MIDI output. */
export interface MidiOutput extends MidiPort, AsyncDisposable {
  /** Name of the MIDI port, or path of the device. */
  readonly name: string;
  /** Sends what waits, each at its time, and closes the output. */
  close(): Promise<void>;
}

/** An output by the path of its device. */
export interface MidiDevice {
  /** A raw MIDI device of Linux, such as `/dev/snd/midiC1D0`, or a named pipe. */
  readonly path: string;
}

/**
 * The thread: sleeps until the next message or until it gets one.
 *
 * It is a text, because a bundler and a test runner load modules of threads in ways of their own.
 */
const THREAD = `
const { receiveMessageOnPort, workerData, parentPort } = require('node:worker_threads');
const { port, signal, path, package: library, name } = workerData;
const now = () => Number(process.hrtime.bigint()) / 1e9;
let write, close, found;
try {
  if (path !== undefined) {
    const { openSync, writeSync, closeSync } = require('node:fs');
    const file = openSync(path, 'w');
    write = (bytes) => writeSync(file, Uint8Array.from(bytes));
    close = () => closeSync(file);
    found = path;
  } else {
    const { Output } = require(library);
    const output = new Output();
    const names = Array.from({ length: output.getPortCount() }, (_, index) => output.getPortName(index));
    const index = names.findIndex((each) => each.toLowerCase().includes(name.toLowerCase()));
    if (index < 0) {
      output.destroy();
      throw new Error(names.length === 0 ? 'No MIDI output is connected.'
        : 'No MIDI output has "' + name + '" in its name. There are: ' + names.map((each) => '"' + each + '"').join(', ') + '.');
    }
    output.openPort(index);
    write = (bytes) => output.sendMessage(bytes);
    close = () => output.destroy();
    found = names[index];
  }
  parentPort.postMessage({ name: found });
} catch (error) {
  parentPort.postMessage({ error: error.message });
  return;
}
const queue = [];
let isClosing = false;
for (;;) {
  const seen = Atomics.load(signal, 0);
  for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) {
    if (next.message === null) { isClosing = true; continue; }
    // Those of one time stay in their order.
    let place = queue.length;
    while (place > 0 && queue[place - 1].time > next.message.time) place--;
    queue.splice(place, 0, next.message);
  }
  const [next] = queue;
  if (next && next.time <= now()) {
    queue.shift();
    try { write(next.bytes); } catch (error) { parentPort.postMessage({ failed: error.message }); isClosing = true; queue.length = 0; }
    continue;
  }
  if (!next && isClosing) break;
  Atomics.wait(signal, 0, seen, next ? (next.time - now()) * 1000 : Infinity);
}
close();
port.close();
`;

/** The names of the MIDI outputs that are connected. @throws SuperColliderError `not-found`. */
export async function midiOutputs(): Promise<readonly string[]> {
  const { Output } = await import('@julusian/midi').catch(missing);
  let output: InstanceType<typeof Output>;
  try {
    output = new Output();
  } catch (cause) {
    throw noMidi(cause);
  }
  try {
    return Array.from({ length: output.getPortCount() }, (_, port) => output.getPortName(port));
  } finally {
    output.destroy();
  }
}

/**
 * Opens a MIDI output.
 *
 * Messages are sent to a tenth of a millisecond of their time on a machine that is not overloaded.
 *
 * @param given - A part of its name, in any case, or the path of a raw device. @default the first one
 * @throws SuperColliderError `not-found` when the package or MIDI itself is missing, when no output has the name, and when
 *   the device cannot be opened.
 */
export async function openMidiOutput(given: string | MidiDevice = ''): Promise<MidiOutput> {
  const isDevice = typeof given !== 'string';
  // A thread that cannot be told that there is no MIDI: the package prints lines of its own there.
  if (!isDevice) await midiOutputs();
  const { port1: port, port2 } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(`(() => {${THREAD}})()`, {
    eval: true,
    workerData: {
      port: port2,
      signal,
      ...(isDevice
        ? { path: given.path }
        : { name: given, package: createRequire(import.meta.url).resolve('@julusian/midi') }),
    },
    transferList: [port2 as never],
  });
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const name = await new Promise<string>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', ({ name, error }: { name?: string; error?: string }) => {
      if (name !== undefined) resolve(name);
      else reject(new SuperColliderError('not-found', `MIDI output: ${error}`));
    });
  }).catch((error) => {
    port.close();
    throw error;
  });
  let failure: string | undefined;
  worker.on('message', ({ failed }: { failed?: string }) => {
    failure = failed;
  });
  // An open output alone keeps no program running.
  worker.unref();
  const post = (message: unknown): void => {
    port.postMessage(message);
    Atomics.add(signal, 0, 1);
    Atomics.notify(signal, 0);
  };
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    if (!closed) {
      worker.ref();
      post(null);
      closed = exited.then(() => port.close());
    }
    return closed;
  };
  return {
    name,
    send(bytes: readonly number[], time?: UnixTime) {
      if (failure !== undefined || closed) {
        throw new SuperColliderError(
          'transport-closed',
          `MIDI output ${name}: ${failure ?? 'it is closed'}. Open it again.`,
        );
      }
      const now = Number(process.hrtime.bigint()) / 1e9;
      const steady = (performance.timeOrigin + performance.now()) / 1000;
      post({ bytes: [...bytes], time: time === undefined ? now : now + (time - steady) });
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function missing(cause: unknown): never {
  throw new SuperColliderError(
    'not-found',
    'MIDI needs the package @julusian/midi: npm install @julusian/midi. (In a browser use webMidiOutput().)',
    { cause },
  );
}

const noMidi = (cause: unknown): SuperColliderError =>
  new SuperColliderError(
    'not-found',
    `This machine has no MIDI: ${(cause as Error).message}. On Linux it takes ALSA's sequencer (/dev/snd/seq); a raw device ` +
      "works without: openMidiOutput({ path: '/dev/snd/midiC1D0' }).",
    { cause },
  );
