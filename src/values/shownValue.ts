import type { ValueSource } from './source.js';

/** Milliseconds between two pictures of a value that moves. */
const PICTURE_MS = 33;

/** The number of a live value as it is shown: it stands between two pictures. */
export class ShownValue {
  readonly #source: ValueSource;
  #shown: number;

  constructor(source: ValueSource) {
    this.#source = source;
    this.#shown = source.get();
  }

  /** The number of the last picture. */
  readonly read = (): number => this.#shown;

  /** Calls with each new picture. */
  readonly subscribe = (listener: () => void): (() => void) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      timer = undefined;
      const value = this.#source.get();
      if (value !== this.#shown) {
        this.#shown = value;
        listener();
      }
      if (this.#source.isMoving) timer = setTimeout(look, PICTURE_MS);
    };
    const end = this.#source.subscribe(look);
    look();
    return () => {
      end();
      clearTimeout(timer);
    };
  };
}
