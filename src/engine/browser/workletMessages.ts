import type { EngineFiles, WorldOptions } from '../embedded/wasmEngine.js';
import type { SoundData } from '../soundfile/sound.js';

/** The name under which the processor is registered. */
export const PROCESSOR_NAME = 'react-collider';

/** Settings of a new worklet, passed as `processorOptions`. */
export interface WorkletSetup {
  readonly files: EngineFiles;
  readonly world: WorldOptions;
  /** A score to be played from the first block on, as an `OfflineAudioContext` does. @default what comes by the port */
  readonly score?: WorkletScore | undefined;
}

export interface WorkletScore {
  /** Bundles in the order of their times, which count from 0. */
  readonly entries: readonly { readonly time: number; readonly bundles: readonly Uint8Array[] }[];
  /** Its sound files by path, as nothing can be fetched while an `OfflineAudioContext` computes. */
  readonly sounds: ReadonlyMap<string, SoundData>;
}

/** Messages from the page to the worklet, beside OSC. */
export type PageMessage =
  /** The port that OSC comes and goes by; and the ring that it comes by where memory may be shared. */
  | { readonly type: 'connect'; readonly port: MessagePort; readonly ring?: SharedArrayBuffer | undefined }
  /** True while the context is suspended, so that the browser requests no blocks. */
  | { readonly type: 'suspended'; readonly isSuspended: boolean }
  | { readonly type: 'file'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly type: 'sound'; readonly id: number; readonly sound: SoundData }
  /** A file that could not be had. `isOther`: it is there, and is no sound file. */
  | { readonly type: 'noFile'; readonly id: number; readonly message: string; readonly isOther: boolean }
  | { readonly type: 'end' };

/** Messages from the worklet to the page, beside OSC. */
export type WorkletMessage =
  | { readonly type: 'ready'; readonly version: string }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'output'; readonly line: string }
  | { readonly type: 'read'; readonly id: number; readonly path: string; readonly isSound: boolean }
  | { readonly type: 'crashed'; readonly message: string }
  | { readonly type: 'ended' };
