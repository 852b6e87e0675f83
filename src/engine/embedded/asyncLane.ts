/**
 * The order of asynchronous commands: one after the other, while synchronous ones overtake them.
 * That is what `/sync` relies on: it answers when all asynchronous commands before it are done.
 *
 * Commands that are done at once run at once as long as nothing is under way, so the lane costs
 * nothing until a file is read.
 */
export class AsyncLane {
  readonly #waiting: (() => Promise<void> | void)[] = [];
  #busy = false;
  #idle: Promise<void> = Promise.resolve();
  #becomeIdle: () => void = () => undefined;

  get isBusy(): boolean {
    return this.#busy;
  }

  /** Resolves when nothing is under way. */
  get idle(): Promise<void> {
    return this.#idle;
  }

  /** Runs the task after those before it. It must not reject: what fails is answered by a `/fail`. */
  run(task: () => Promise<void> | void): void {
    if (this.#busy) {
      this.#waiting.push(task);
      return;
    }
    const running = task();
    if (!running) return;
    this.#busy = true;
    this.#idle = new Promise((resolve) => {
      this.#becomeIdle = resolve;
    });
    void this.#goOn(running);
  }

  async #goOn(first: Promise<void>): Promise<void> {
    await first;
    for (let task = this.#waiting.shift(); task; task = this.#waiting.shift()) {
      const running = task();
      if (running) await running;
    }
    this.#busy = false;
    this.#becomeIdle();
  }
}
