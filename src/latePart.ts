/** Parts of the package that are loaded when they are needed. */

import { SuperColliderError } from './errors.js';

/**
 * A part of the package that is loaded when it is needed, so that a page loads it when it plays and not
 * before.
 *
 * A part that does not load is reported once, and tried again at the next use. A page that is open while a
 * newer version of it is published finds no files of the old one.
 */
export class LatePart<Part> {
  readonly #load: () => Promise<Part>;
  readonly #onError: (error: SuperColliderError) => void;
  /** The features that are missing without the part, for the error. */
  readonly #purpose: string;
  #part: Promise<Part | undefined> | undefined;
  #isReported = false;
  #isEnded = false;

  constructor(load: () => Promise<Part>, purpose: string, onError: (error: SuperColliderError) => void) {
    this.#load = load;
    this.#purpose = purpose;
    this.#onError = onError;
  }

  /** Calls with the part when it is there, in the order of the calls; never after `end`. */
  with(use: (part: Part) => void): void {
    this.#part ??= this.#load().catch((cause: unknown) => {
      this.#part = undefined;
      this.#report(cause);
      return undefined;
    });
    void this.#part.then((part) => {
      if (part !== undefined && !this.#isEnded) use(part);
    });
  }

  end(): void {
    this.#isEnded = true;
  }

  #report(cause: unknown): void {
    if (this.#isReported || this.#isEnded) return;
    this.#isReported = true;
    this.#onError(notLoaded(cause, `The piece goes on without ${this.#purpose}.`));
  }
}

/**
 * Loads a part of the package that somebody waits for. What did not load is tried again with the next call.
 *
 * @param purpose - What is not possible without the part, for the error.
 * @throws SuperColliderError `not-loaded`
 */
export function loadPart<Part>(load: () => Promise<Part>, purpose: string): Promise<Part> {
  return load().catch((cause: unknown) => {
    throw notLoaded(cause, `Without it there is no ${purpose}.`);
  });
}

const notLoaded = (cause: unknown, consequence: string): SuperColliderError =>
  new SuperColliderError(
    'not-loaded',
    `A part of react-collider did not load: ${cause instanceof Error ? cause.message : String(cause)}. ` +
      `${consequence} Reload the page: a newer version may have been published.`,
    { cause },
  );
