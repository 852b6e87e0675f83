/**
 * The worker thread that the embedded engine lives in: host, clock, sound device and recordings.
 * Started by `bootEmbedded`; ends with `/quit`, with `end`, or with the process.
 */

import { parentPort, workerData } from 'node:worker_threads';
import { SuperColliderError } from '../../errors.js';
import type { SoundOut } from '../engine.js';
import { EmbeddedHost } from './embeddedHost.js';
import { loadEngineFiles } from './engineFiles.js';
import { interleave } from './interleave.js';
import { nodeFiles } from './nodeFiles.js';
import { RealTimeLoop } from './realTimeLoop.js';
import { SoundDevice } from './soundDevice.js';
import { BLOCK_SIZE } from './wasmEngine.js';
import { WavRecording } from './wavRecording.js';
import type { Report, Request, WorkerSetup } from './workerMessages.js';

/** Seconds of sound kept ready for a sound device; late wake-ups of 17 ms were seen. */
const DEVICE_LEAD = 0.04;

/** Seconds that a player may be behind before sound is left out to keep step with it. */
const MAX_BACKLOG = 0.2;

const { world, port, device } = workerData as WorkerSetup;
const steady = (): number => performance.timeOrigin + performance.now();
const report = (message: Report): void => parentPort?.postMessage(message);
const recordings = new Map<number, WavRecording>();
const format = { sampleRate: world.sampleRate, channels: world.numOutputBusChannels };
let sound: SoundDevice | undefined;
let ending = false;

async function openSound(): Promise<SoundOut> {
  if (device === 'none' || world.numOutputBusChannels === 0) return { player: undefined, failures: [] };
  const opened = await SoundDevice.open(format, device === 'auto' ? undefined : device);
  sound = opened.device;
  sound?.onEnd((why) => {
    sound = undefined;
    report({ type: 'output', line: `the sound device is gone: ${why}; going on without it` });
  });
  if (!sound && device !== 'auto') {
    throw new SuperColliderError(
      'boot-failed',
      `The sound device "${device}" could not be opened. Tried ${opened.reasons.join('; ')}. ` +
        "Name another device, or device: 'none' to play silently.",
    );
  }
  return { player: sound?.name, failures: opened.reasons };
}

async function main(): Promise<void> {
  const files = await loadEngineFiles();
  const host = await EmbeddedHost.boot({
    files,
    world,
    fileAccess: nodeFiles,
    startTime: steady() / 1000,
    now: () => performance.now(),
    onReply: (packet) => {
      const { buffer } = packet;
      port.postMessage(buffer, [buffer as ArrayBuffer]);
    },
    onOutput: (line) => report({ type: 'output', line }),
    onQuit: () => void end(),
  });
  const where = await openSound();
  const loop = new RealTimeLoop(host, steady(), {
    sampleRate: world.sampleRate,
    lead: sound ? DEVICE_LEAD : 0,
    patience: sound ? 0.2 : 2,
    clocks: {
      steady,
      system: Date.now,
      wake: (callback, after) => {
        if (after === 0) {
          const immediate = setImmediate(callback);
          return () => clearImmediate(immediate);
        }
        const timer = setTimeout(callback, after);
        return () => clearTimeout(timer);
      },
    },
    onBlock: () => {
      if (!sound && recordings.size === 0) return;
      const frames = interleave(host.outputs, BLOCK_SIZE);
      for (const recording of recordings.values()) recording.write(frames);
      if (sound && sound.waiting(format) < MAX_BACKLOG) sound.write(frames);
    },
    onOutput: (line) => report({ type: 'output', line }),
    onCrash: ({ message }) => {
      report({ type: 'output', line: message });
      void end(1);
    },
  });

  async function record(id: number, path: string): Promise<void> {
    try {
      recordings.set(id, await WavRecording.open(path, world.sampleRate, world.numOutputBusChannels));
      report({ type: 'recording', id, startTime: loop.timeOf(host.frame) });
    } catch (error) {
      report({ type: 'recordingFailed', id, message: (error as Error).message });
    }
  }

  async function stopRecording(id: number): Promise<void> {
    const recording = recordings.get(id);
    if (!recording) return;
    recordings.delete(id);
    try {
      report({ type: 'recorded', id, ...(await recording.stop()) });
    } catch (error) {
      report({ type: 'recordingFailed', id, message: (error as Error).message });
    }
  }

  async function end(code = 0): Promise<void> {
    if (ending) return;
    ending = true;
    loop.stop();
    if (code === 0) report({ type: 'quitting' });
    sound?.close();
    await Promise.all([...recordings.keys()].map(stopRecording));
    port.close();
    parentPort?.close();
    // Nothing is left that keeps this thread alive, unless a file is still being read.
    await host.idle;
    process.exit(code);
  }

  port.on('message', (data: unknown) => {
    if (data instanceof ArrayBuffer) host.receive(new Uint8Array(data));
  });
  port.on('close', () => void end());
  parentPort?.on('message', (request: Request) => {
    if (request.type === 'record') void record(request.id, request.path);
    else if (request.type === 'stopRecording') void stopRecording(request.id);
    else void end();
  });
  report({ type: 'ready', version: host.version, sound: where });
  loop.start();
}

main().catch((error: Error) => {
  report({ type: 'failed', message: error.message });
  sound?.close();
  port.close();
  parentPort?.close();
});
