import { SuperColliderError } from '../../errors.js';
import { loadPart } from '../../latePart.js';
import type { SoundData } from '../soundfile/sound.js';
import type { PageMessage, WorkletMessage } from './workletMessages.js';

/** A file by its address, which counts from the page's. @throws Error with the status, where it cannot be had. */
async function fetchFile(path: string): Promise<Uint8Array> {
  const response = await fetch(new URL(path, document.baseURI));
  if (!response.ok) throw new Error(`status ${response.status} ${response.statusText}`.trimEnd());
  return new Uint8Array(await response.arrayBuffer());
}

/**
 * A sound file by its address. It is decoded by the same decoders as in Node, at its own sample rate, as the browser's
 * own would resample it to the context's.
 *
 * @throws SuperColliderError `invalid-file` when it is no sound file.
 */
export async function fetchSound(path: string): Promise<SoundData> {
  const [{ decodeSoundFile }, bytes] = await Promise.all([
    loadPart(() => import('../soundfile/decodeSoundFile.js'), 'decoding of sound files'),
    fetchFile(path),
  ]);
  return decodeSoundFile(bytes);
}

/** Answers a worklet that asks for a file. */
export async function answerFile(
  { id, path, isSound }: Extract<WorkletMessage, { readonly type: 'read' }>,
  answer: (message: PageMessage, transfer: Transferable[]) => void,
): Promise<void> {
  try {
    if (isSound) {
      const sound = await fetchSound(path);
      // Decoders may give channels that lie in one piece of memory, which changes hands once.
      const channels = sound.channels.map((channel) => channel.slice());
      const memory = channels.map(({ buffer }) => buffer as ArrayBuffer);
      answer({ type: 'sound', id, sound: { sampleRate: sound.sampleRate, channels } }, memory);
    } else {
      const bytes = await fetchFile(path);
      answer({ type: 'file', id, bytes }, [bytes.buffer as ArrayBuffer]);
    }
  } catch (error) {
    const isOther = error instanceof SuperColliderError && error.code === 'invalid-file';
    answer({ type: 'noFile', id, message: (error as Error).message, isOther }, []);
  }
}
