/**
 * Commands that the host itself carries out, and the parts that they use.
 *
 * Each returns at once, or returns a promise when it waits for a file. The promise must not reject.
 */

import type { Argument as OscArgument } from '../../osc/message.js';
import type { FileAccess } from './fileAccess.js';
import type { MessageArguments, OscBytes } from './oscBytes.js';

export interface HostServices {
  readonly files: FileAccess;
  /** Sends the engine a message, after all that was sent before. */
  send(message: readonly [address: string, ...args: OscArgument[]]): void;
  /** Carries out a completion message or bundle, as if it had come now; `undefined` does nothing. */
  perform(packet: OscBytes | undefined): void;
  /** Answers the client, after the engine's answers to all that was sent before. */
  reply(address: string, ...args: OscArgument[]): void;
  /** Answers the client at once; for callbacks of `afterwards`, and failures of synchronous commands. */
  answer(address: string, ...args: OscArgument[]): void;
  /** Calls back when the engine has carried out all that was sent before. */
  afterwards(callback: () => void): void;
  /**
   * Resolves when the engine has carried out all that was sent before; for commands that read or
   * write its memory themselves.
   */
  caughtUp(): Promise<void>;
  /** Prints a line, as scsynth does on its standard output. */
  print(line: string): void;
}

export type HostCommand = (services: HostServices, args: MessageArguments) => Promise<void> | void;
