/**
 * Questions that wait for their answers: matched by address and numbers, each with a time-out.
 */

import { type Answer, answerTo, type Command } from '../commands/index.js';
import { SuperColliderError } from '../errors.js';
import type { ReceivedMessage } from '../osc/message.js';
import type { Seconds } from '../units.js';
import { checkSeconds } from './checks.js';
import { setResponsiveTimeout } from './responsiveTimeout.js';

interface Pending {
  /** Names the awaited reply in error messages. */
  readonly what: string;
  readonly command?: Command;
  readonly answer: (message: ReceivedMessage) => Answer;
  /** False for notifications, which everybody who waits hears of. */
  readonly isAlone: boolean;
  readonly resolve: (reply: ReceivedMessage) => void;
  readonly reject: (error: Error) => void;
}

export class Requests {
  readonly #pending = new Set<Pending>();

  constructor(
    /** Seconds since the server last said anything; `undefined` when it never did. */
    readonly silence: () => Seconds | undefined,
    /** Lines that the server printed in the last seconds; supernova reports failures in no other way. */
    readonly printed: (last: Seconds) => readonly string[] = () => [],
  ) {}

  /** Waits for the answer to a command that is sent next. */
  expect(command: Command, timeout: Seconds): Promise<ReceivedMessage> {
    const what = describe(command);
    return this.#wait(
      { what, command, answer: (message) => answerTo(command, message), isAlone: true },
      timeout,
      () => `The server did not answer ${what} within ${timeout} s. ${this.#lastWord(timeout)}`,
    );
  }

  /**
   * Takes the answer to a command that is sent next, and drops it. Without this the answer could go to a later request
   * for the same.
   *
   * @param onAnswer - Called when an answer was dropped.
   * @returns The function that gives the answer up, as one that was lost.
   */
  expectUnread(command: Command, onAnswer: () => void): () => void {
    const pending: Pending = {
      what: describe(command),
      answer: (message) => answerTo(command, message),
      isAlone: true,
      resolve: onAnswer,
      reject: () => {},
    };
    this.#pending.add(pending);
    return () => void this.#pending.delete(pending);
  }

  /** True while a caller waits for the answer to a command of that name. */
  isAwaited(name: string): boolean {
    for (const { what, command } of this.#pending) if (command && what === name) return true;
    return false;
  }

  /** Waits for a message that nobody asked for. */
  expectMessage(
    address: string,
    matches: (message: ReceivedMessage) => boolean,
    timeout: Seconds,
  ): Promise<ReceivedMessage> {
    const answer = (message: ReceivedMessage): Answer =>
      message.address === address && matches(message) ? 'success' : undefined;
    return this.#wait(
      { what: address, answer, isAlone: false },
      timeout,
      () => `No ${address} came within ${timeout} s. ${this.#lastWord(timeout)}`,
    );
  }

  /** Takes a reply; true when somebody waited for it. */
  receive(message: ReceivedMessage): boolean {
    for (const pending of this.#pending) {
      const answer = pending.answer(message);
      if (answer === undefined) continue;
      this.#pending.delete(pending);
      if (answer === 'success') pending.resolve(message);
      else pending.reject(refused(pending.what, message));
      if (pending.isAlone) return true;
    }
    return false;
  }

  /** The server is gone: nobody will answer. */
  abandon(why: string): void {
    for (const { what, reject } of this.#pending) {
      reject(new SuperColliderError('server-offline', `${what} was not answered: ${why}.`));
    }
    this.#pending.clear();
  }

  /**
   * Rejects requests about a missing node: supernova prints that the node does not exist, and sends no reply.
   */
  nodeNotFound(id: number): void {
    for (const pending of this.#pending) {
      const { command, what, reject } = pending;
      if (!command || !idsAskedFor(command).includes(id)) continue;
      this.#pending.delete(pending);
      reject(new SuperColliderError('command-failed', `The server refused ${what}: node not found: ${id}`));
    }
  }

  #wait(
    question: Pick<Pending, 'what' | 'command' | 'answer' | 'isAlone'>,
    timeout: Seconds,
    late: () => string,
  ): Promise<ReceivedMessage> {
    return new Promise((resolve, reject) => {
      checkSeconds('timeout', timeout);
      const stopWaiting = setResponsiveTimeout(timeout, () => {
        this.#pending.delete(pending);
        reject(new SuperColliderError('timeout', late()));
      });
      const pending: Pending = {
        ...question,
        resolve: (reply) => {
          stopWaiting();
          resolve(reply);
        },
        reject: (error) => {
          stopWaiting();
          reject(error);
        },
      };
      this.#pending.add(pending);
    });
  }

  #lastWord(timeout: Seconds): string {
    const silence = this.silence();
    if (silence === undefined) return 'It never said anything: is a server listening there?';
    const spoke = `It last spoke ${silence.toFixed(1)} s ago`;
    const lines = this.printed(timeout);
    if (lines.length === 0) return `${spoke}: it may have stopped, or the packet was lost.`;
    return `${spoke}, and has printed since it was asked: "${lines.join(' / ')}".`;
  }
}

/** The nodes that a question is about. */
function idsAskedFor(command: Command): readonly number[] {
  switch (command.type) {
    case '/g_queryTree':
    case '/s_get':
    case '/s_getn':
      return [command.id];
    case '/n_query':
      return command.ids;
    default:
      return [];
  }
}

const refused = (what: string, message: ReceivedMessage): SuperColliderError =>
  new SuperColliderError('command-failed', `The server refused ${what}: ${String(message.args[1]).trim()}`, {
    cause: message,
  });

function describe(command: Command): string {
  if (command.type === 'raw') return command.message[0];
  return 'number' in command ? `${command.type} for buffer ${command.number}` : command.type;
}
