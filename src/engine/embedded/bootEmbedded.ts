/**
 * The embedded engine: scsynth as WebAssembly in a worker thread, with nothing to install.
 */

import { MessageChannel, Worker } from 'node:worker_threads';
import { SuperColliderError } from '../../errors.js';
import { WorkletTransport } from '../../transport/worklet.js';
import type { Engine, ExitReason, Recording, SoundOut } from '../engine.js';
import { type EmbeddedOptions, embeddedAbilities, worldOptions } from './embeddedOptions.js';
import type { WorldOptions } from './wasmEngine.js';
import type { Report, Request, WorkerSetup } from './workerMessages.js';

/** Lines of output that a reason for the end quotes. */
const LAST_LINES = 20;

/** Milliseconds after which a worker that does not end by itself is ended. */
const END_TIMEOUT = 2000;

/**
 * Boots the embedded engine in a worker thread, in real time.
 *
 * @throws SuperColliderError `boot-failed` when its package is missing or of another version, when a
 *   named sound device cannot be opened, or when `signal` aborts.
 */
export async function bootEmbedded(options: EmbeddedOptions = {}): Promise<Engine> {
  options.signal?.throwIfAborted();
  const world = worldOptions(options);
  const { port1, port2 } = new MessageChannel();
  const setup: WorkerSetup = { world, port: port2, device: deviceName(options.device) };
  const worker = new Worker(workerUrl(), { workerData: setup, transferList: [port2] });
  const engine = new EmbeddedEngine(worker, new WorkletTransport(port1), world);
  const abort = (): void => void worker.terminate();
  options.signal?.addEventListener('abort', abort, { once: true });
  void engine.exited.then(() => options.signal?.removeEventListener('abort', abort));
  try {
    await engine.ready;
  } catch (error) {
    await engine.transport.close();
    await worker.terminate();
    throw options.signal?.aborted ? options.signal.reason : error;
  }
  return engine;
}

class EmbeddedEngine implements Engine {
  readonly kind = 'embedded';
  readonly abilities = embeddedAbilities;
  readonly pid = undefined;
  readonly transport: WorkletTransport;
  readonly sampleRate: number;
  readonly numOutputBusChannels: number;
  soundOut: SoundOut | undefined;
  readonly memSize: number;
  readonly exited: Promise<ExitReason>;
  /** Resolves when the engine plays; rejects with `boot-failed`. */
  readonly ready: Promise<void>;
  readonly #worker: Worker;
  readonly #listeners = new Set<(line: string) => void>();
  readonly #lines: string[] = [];
  readonly #recordings = new Map<number, (report: Report) => void>();
  #description = 'embedded scsynth';
  #nextRecording = 0;
  #quitRequested = false;

  constructor(worker: Worker, transport: WorkletTransport, world: WorldOptions) {
    this.#worker = worker;
    this.transport = transport;
    this.sampleRate = world.sampleRate;
    this.numOutputBusChannels = world.numOutputBusChannels;
    this.memSize = world.memSize;
    this.exited = new Promise((resolve) => {
      worker.once('exit', (code) => {
        resolve({ code, signal: undefined, lastOutput: [...this.#lines], wasRequested: this.#quitRequested });
      });
    });
    this.ready = new Promise((resolve, reject) => {
      const fail = (message: string, cause?: unknown): void =>
        reject(new SuperColliderError('boot-failed', message, { cause }));
      worker.on('message', (report: Report) => {
        if (report.type === 'ready') {
          this.soundOut = report.sound;
          this.#describe(report.version, report.sound);
          resolve();
        } else if (report.type === 'failed') fail(report.message);
        else this.#hear(report);
      });
      worker.once('error', (error) => {
        this.#print(`the embedded engine's thread failed: ${error.stack ?? error}`);
        fail(`The embedded engine did not start: ${error.message}.`, error);
      });
      void this.exited.then(({ code }) => {
        fail(`The embedded engine ended with code ${code} before it was ready.`);
        this.#failRecordings();
      });
    });
  }

  get description(): string {
    return this.#description;
  }

  onOutput(listener: (line: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async quit(): Promise<ExitReason> {
    this.#quitRequested = true;
    this.#say({ type: 'end' });
    const timer = setTimeout(() => void this.#worker.terminate(), END_TIMEOUT);
    const reason = await this.exited;
    clearTimeout(timer);
    await this.transport.close();
    return reason;
  }

  async record(path: string): Promise<Recording> {
    const id = this.#nextRecording++;
    const started = await this.#ask(id, { type: 'record', id, path }, path);
    const startTime = started.type === 'recording' ? started.startTime : undefined;
    let stopped: Promise<{ frames: number }> | undefined;
    const stop = async (): Promise<{ frames: number }> => {
      const done = await this.#ask(id, { type: 'stopRecording', id }, path);
      return { frames: done.type === 'recorded' ? done.frames : 0 };
    };
    return {
      path,
      startTime,
      stop: () => {
        stopped ??= stop();
        return stopped;
      },
    };
  }

  #ask(id: number, request: Request, path: string): Promise<Report> {
    return new Promise((resolve, reject) => {
      this.#recordings.set(id, (report) => {
        this.#recordings.delete(id);
        if (report.type !== 'recordingFailed') return resolve(report);
        reject(new SuperColliderError('write-failed', `The recording ${path} failed: ${report.message}.`));
      });
      this.#say(request);
    });
  }

  #failRecordings(): void {
    for (const [id, answer] of this.#recordings) {
      answer({ type: 'recordingFailed', id, message: 'the embedded engine has ended' });
    }
  }

  #describe(version: string, { player }: SoundOut): void {
    const scsynth = /SuperCollider \D*([\d.]+)/.exec(version)?.[1] ?? '';
    const parts = [
      `embedded scsynth ${scsynth}`,
      `${this.sampleRate} Hz`,
      `${this.numOutputBusChannels} out`,
      player === undefined ? 'no sound device' : `sound by ${player}`,
    ];
    this.#description = parts.join(' · ');
  }

  #hear(report: Report): void {
    if (report.type === 'output') this.#print(report.line);
    else if (report.type === 'quitting') this.#quitRequested = true;
    else if ('id' in report) this.#recordings.get(report.id)?.(report);
  }

  #print(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > LAST_LINES) this.#lines.shift();
    for (const listener of this.#listeners) listener(line);
  }

  #say(request: Request): void {
    this.#worker.postMessage(request);
  }
}

function deviceName(device: EmbeddedOptions['device']): string {
  return (typeof device === 'string' ? device : device?.[1]) ?? 'auto';
}

/** The compiled worker: Node's worker threads load no TypeScript, so from `src/` it is the one in `dist/`. */
function workerUrl(): URL {
  const isSource = import.meta.url.endsWith('.ts');
  return new URL(isSource ? '../../../dist/engine/embedded/worker.js' : './worker.js', import.meta.url);
}
