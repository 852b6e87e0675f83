/**
 * Questions that wait for their answers: matched by address and numbers, each with a time-out.
 */

import { type Answer, answerTo, type Command } from '../commands/index.js';
import { SuperColliderError } from '../errors.js';
import type { ReceivedMessage } from '../osc/message.js';
import type { Seconds } from '../units.js';

interface Pending {
  readonly command: Command;
  readonly resolve: (reply: ReceivedMessage) => void;
  readonly reject: (error: Error) => void;
}

export class Requests {
  readonly #pending = new Set<Pending>();

  /** Waits for the answer to a command that is sent next. */
  expect(command: Command, timeout: Seconds): Promise<ReceivedMessage> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(pending);
        reject(
          new SuperColliderError(
            'timeout',
            `The server did not answer ${describe(command)} within ${timeout} s. It may have stopped, or the packet was lost.`,
          ),
        );
      }, timeout * 1000);
      const pending: Pending = {
        command,
        resolve: (reply) => {
          clearTimeout(timer);
          resolve(reply);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      };
      this.#pending.add(pending);
    });
  }

  /** Takes a reply; true when somebody waited for it. */
  receive(message: ReceivedMessage): boolean {
    for (const pending of this.#pending) {
      const answer: Answer = answerTo(pending.command, message);
      if (answer === undefined) continue;
      this.#pending.delete(pending);
      if (answer === 'success') pending.resolve(message);
      else pending.reject(refused(pending.command, message));
      return true;
    }
    return false;
  }

  /** The server is gone: nobody will answer. */
  abandon(why: string): void {
    for (const { command, reject } of this.#pending) {
      reject(new SuperColliderError('server-offline', `${describe(command)} was not answered: ${why}.`));
    }
    this.#pending.clear();
  }
}

const refused = (command: Command, { args }: ReceivedMessage): SuperColliderError =>
  new SuperColliderError(
    'server-failed',
    `The server refused ${describe(command)}: ${String(args[1]).trim()}`,
  );

function describe(command: Command): string {
  return 'number' in command ? `${command.type} for buffer ${command.number}` : command.type;
}
