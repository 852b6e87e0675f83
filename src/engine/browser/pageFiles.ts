import { SuperColliderError } from '../../errors.js';
import type { FileAccess } from '../embedded/fileAccess.js';
import type { SoundData } from '../soundfile/sound.js';
import type { PageMessage, WorkletMessage } from './workletMessages.js';

interface Waiting {
  readonly resolve: (content: Uint8Array & SoundData) => void;
  readonly reject: (error: Error) => void;
}

/** Files for a host in an AudioWorklet: the page fetches and decodes them, as a worklet can do neither. */
export class PageFiles implements FileAccess {
  readonly #ask: (message: WorkletMessage) => void;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 0;

  readonly #known: ReadonlyMap<string, SoundData>;

  /** @param known - Sounds that need not be asked for. */
  constructor(ask: (message: WorkletMessage) => void, known: ReadonlyMap<string, SoundData> = new Map()) {
    this.#ask = ask;
    this.#known = known;
  }

  read(path: string): Promise<Uint8Array> {
    return this.#fetch(path, false);
  }

  async readSound(path: string): Promise<SoundData> {
    return this.#known.get(path) ?? this.#fetch(path, true);
  }

  write(path: string): Promise<void> {
    return Promise.reject(new Error(`a page has no files to write '${path}' to`));
  }

  async matching(): Promise<readonly string[]> {
    return [];
  }

  async inFolder(): Promise<readonly string[]> {
    return [];
  }

  /** Takes the page's answer. */
  receive(message: Extract<PageMessage, { readonly id: number }>): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.type === 'file') waiting?.resolve(message.bytes as Uint8Array & SoundData);
    else if (message.type === 'sound') waiting?.resolve(message.sound as Uint8Array & SoundData);
    else if (message.isOther) waiting?.reject(new SuperColliderError('invalid-file', message.message));
    else waiting?.reject(new Error(message.message));
  }

  #fetch(path: string, isSound: boolean): Promise<Uint8Array & SoundData> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#ask({ type: 'read', id, path, isSound });
    });
  }
}
