import { SuperColliderError } from '../errors.js';

/** Gives the path of a sound file for a text. */
export type Speak = (text: string) => Promise<string>;

/** Sound files of spoken texts, each of which is spoken once. */
export class Speech {
  readonly #paths = new Map<string, Promise<string>>();

  constructor(readonly speak: Speak | undefined) {}

  /**
   * Rejects with what `speak` rejects with; the text is tried again the next time then.
   *
   * @throws SuperColliderError `unsupported` when nothing speaks.
   */
  pathOf(text: string): Promise<string> {
    const { speak } = this;
    if (!speak) {
      throw new SuperColliderError(
        'unsupported',
        'Nothing here turns text into speech: the fleet was opened without the option speak. Send action "code".',
      );
    }
    const known = this.#paths.get(text);
    if (known) return known;
    const path = Promise.resolve().then(() => speak(text));
    this.#paths.set(text, path);
    path.catch(() => this.#paths.delete(text));
    return path;
  }
}
