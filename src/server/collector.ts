/** Collects commands that leave as one bundle, and the callers that await replies to them. */

import type { Command } from '../commands/index.js';

interface Waiting {
  /** It has left: the time for an answer begins. */
  readonly sent: () => void;
  readonly dropped: (error: Error) => void;
}

export class Collector {
  #commands: Command[] = [];
  #waiting: Waiting[] = [];

  add(commands: readonly Command[]): void {
    this.#commands.push(...commands);
  }

  expect(waiting: Waiting): void {
    this.#waiting.push(waiting);
  }

  /** Hands everything over, and starts an empty collection. */
  flush(send: (commands: readonly Command[]) => void): void {
    const commands = this.#commands;
    const waiting = this.#waiting;
    this.#commands = [];
    this.#waiting = [];
    try {
      if (commands.length > 0) send(commands);
    } catch (error) {
      for (const { dropped } of waiting) dropped(error as Error);
      throw error;
    }
    for (const { sent } of waiting) sent();
  }

  /** Forgets everything. */
  drop(error: Error): void {
    for (const { dropped } of this.#waiting) dropped(error);
    this.#commands = [];
    this.#waiting = [];
  }
}
