import { exitCodes } from './exitCodes.js';

/** The reasons to stop, whichever comes first. A second Ctrl-C ends the program without waiting. */
export class Shutdown {
  readonly reached: Promise<void>;
  exitCode: number = exitCodes.ok;
  isOver = false;
  isFinished = false;
  #resolve!: () => void;
  #reject!: (error: unknown) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #onInterrupt = () => this.stop(exitCodes.interrupted);
  readonly #onTerminate = () => this.stop(exitCodes.terminated);
  readonly #onUncaught = (error: unknown) => this.fail(error);

  constructor() {
    this.reached = new Promise((resolvePromise, reject) => {
      this.#resolve = resolvePromise;
      this.#reject = reject;
    });
    this.reached.catch(() => {}); // it may fail before anybody waits for it
    process.on('SIGINT', this.#onInterrupt);
    process.on('SIGTERM', this.#onTerminate);
    process.on('SIGHUP', this.#onTerminate);
    process.on('uncaughtException', this.#onUncaught);
  }

  after(seconds: number): void {
    this.#timer = setTimeout(() => this.#over(this.#resolve), seconds * 1000);
  }

  /** It is done, whatever was waited for. */
  finish(): void {
    this.isFinished = true;
    this.#over(this.#resolve);
  }

  fail(error: unknown): void {
    this.#over(() => this.#reject(error));
  }

  stopListening(): void {
    clearTimeout(this.#timer);
    process.off('SIGINT', this.#onInterrupt);
    process.off('SIGTERM', this.#onTerminate);
    process.off('SIGHUP', this.#onTerminate);
    process.off('uncaughtException', this.#onUncaught);
  }

  /** Somebody wants to stop; at the second time without waiting for releases. */
  stop(exitCode: number): void {
    if (this.isOver) process.exit(exitCode);
    this.exitCode = exitCode;
    this.#over(this.#resolve);
  }

  #over(settle: () => void): void {
    this.isOver = true;
    settle();
  }
}
