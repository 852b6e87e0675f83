import type { MessagePort } from 'node:worker_threads';
import type { SoundOut } from '../engine.js';
import type { WorldOptions } from './wasmEngine.js';

/** Settings of a new worker thread. */
export interface WorkerSetup {
  readonly world: WorldOptions;
  /** Packets to and from the client. */
  readonly port: MessagePort;
  /** The sound device by name; `auto` is the system's, `none` plays to none. */
  readonly device: string;
}

/** Requests of the main thread to the worker, beside OSC. */
export type Request =
  | { readonly type: 'record'; readonly id: number; readonly path: string }
  | { readonly type: 'stopRecording'; readonly id: number }
  | { readonly type: 'end' };

/** Messages of the worker to the main thread, beside OSC. */
export type Report =
  | { readonly type: 'ready'; readonly version: string; readonly sound: SoundOut }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'output'; readonly line: string }
  | { readonly type: 'recording'; readonly id: number; readonly startTime: number }
  | { readonly type: 'recorded'; readonly id: number; readonly frames: number }
  | { readonly type: 'recordingFailed'; readonly id: number; readonly message: string }
  | { readonly type: 'quitting' };
