/**
 * The order of asynchronous commands: one after the other, while synchronous ones overtake them.
 *
 * `/sync` relies on that order, because it replies when all earlier asynchronous commands are done. A command
 * that ends at once runs at once in an empty lane, so the lane costs nothing until a file is read.
 */
export class AsyncLane {
  readonly #waiting: (() => Promise<void> | void)[] = [];
  #isRunning = false;
  #isPaused = false;
  #idle: Promise<void> = Promise.resolve();
  #becomeIdle: () => void = () => undefined;

  /** True while a task is under way that does not wait for the engine. */
  get isBusy(): boolean {
    return this.#isRunning && !this.#isPaused;
  }

  /** Resolves when nothing is under way, or what is under way waits for the engine. */
  get idle(): Promise<void> {
    return this.#idle;
  }

  /** Runs the task after those before it. It must not reject: what fails is answered by a `/fail`. */
  run(task: () => Promise<void> | void): void {
    if (this.#isRunning) {
      this.#waiting.push(task);
      return;
    }
    const running = task();
    if (!running) return;
    this.#isRunning = true;
    if (!this.#isPaused) this.#beBusy();
    void this.#goOn(running);
  }

  /** For a task that waits for the engine to compute a block: it is not the lane that keeps it. */
  async waitFor(engine: (callback: () => void) => void): Promise<void> {
    this.#isPaused = true;
    this.#becomeIdle();
    await new Promise<void>((resolve) => {
      engine(() => {
        this.#isPaused = false;
        this.#beBusy();
        resolve();
      });
    });
  }

  #beBusy(): void {
    this.#idle = new Promise((resolve) => {
      this.#becomeIdle = resolve;
    });
  }

  async #goOn(first: Promise<void>): Promise<void> {
    await first;
    for (let task = this.#waiting.shift(); task; task = this.#waiting.shift()) {
      const running = task();
      if (running) await running;
    }
    this.#isRunning = false;
    this.#becomeIdle();
  }
}
