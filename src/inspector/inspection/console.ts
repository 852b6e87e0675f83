/** Messages by hand: what is sent, what is answered, and what the server says by itself. */

import type { Message, ReceivedMessage, Server } from '../../server/index.js';
import type { HeardMessage } from '../protocol.js';
import { parseMessage, printMessage, printReceived } from './oscText.js';

/** Milliseconds that an answer is waited for. */
const PATIENCE_MS = 1000;
/** Milliseconds between two reports of messages, and the most messages of one. */
const INTERVAL_MS = 100;
const MAX_REPORTED = 100;

/** Answers to questions; those of others, such as ours, are not of interest. */
const ANSWERS: Readonly<Record<string, string>> = {
  '/status': '/status.reply',
  '/version': '/version.reply',
  '/sync': '/synced',
  '/g_queryTree': '/g_queryTree.reply',
  '/s_get': '/n_set',
  '/s_getn': '/n_setn',
  '/c_get': '/c_set',
  '/c_getn': '/c_setn',
  '/b_get': '/b_set',
  '/b_getn': '/b_setn',
  '/b_query': '/b_info',
  '/n_query': '/n_info',
};
const UNTOLD = new Set(Object.values(ANSWERS));

type Tell = (messages: readonly HeardMessage[], left: number) => void;

export class Console {
  readonly #server: Server;
  readonly #listeners = new Set<Tell>();
  /** Waiting requests; each function is true for its own reply. */
  readonly #waiting = new Set<(message: ReceivedMessage) => boolean>();
  readonly #end: () => void;
  #heard: HeardMessage[] = [];
  #left = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(server: Server) {
    this.#server = server;
    this.#end = server.on('*', (message) => this.#hear(message));
  }

  /** Calls with what the server says. Returns the function that ends it. */
  subscribe(listener: Tell): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Sends a message as it is written, and gives what was answered within a second.
   *
   * @throws Error for what is no message.
   */
  async send(text: string): Promise<{ readonly sent: string; readonly answers: readonly string[] }> {
    const message = parseMessage(text);
    const answer = this.#answerTo(message);
    this.#server.sendMessage(...message);
    return { sent: printMessage(message), answers: await answer };
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#end();
  }

  #answerTo([address, ...args]: Message): Promise<readonly string[]> {
    const answer = ANSWERS[address];
    return new Promise((resolve) => {
      const take = (message: ReceivedMessage): boolean => {
        const isOfIt =
          message.address === answer
            ? isAbout(message, args[0])
            : // `/done /b_alloc 3`, `/fail /s_new …`
              (message.address === '/done' || message.address === '/fail') && message.args[0] === address;
        if (isOfIt) done([printReceived(message)]);
        return isOfIt;
      };
      const done = (answers: readonly string[]): void => {
        clearTimeout(timer);
        this.#waiting.delete(take);
        resolve(answers);
      };
      this.#waiting.add(take);
      const timer = setTimeout(() => done([]), answer ? PATIENCE_MS : PATIENCE_MS / 4);
    });
  }

  #hear(message: ReceivedMessage): void {
    for (const take of this.#waiting) if (take(message)) return;
    if (this.#listeners.size === 0 || UNTOLD.has(message.address)) return;
    if (this.#heard.length < MAX_REPORTED)
      this.#heard.push({ at: Date.now() / 1000, text: printReceived(message) });
    else this.#left += 1;
    this.#timer ??= setTimeout(() => {
      const [heard, left] = [this.#heard, this.#left];
      this.#heard = [];
      this.#left = 0;
      this.#timer = undefined;
      for (const listener of this.#listeners) listener(heard, left);
    }, INTERVAL_MS);
  }
}

/** An answer names what it is about first, that of `/g_queryTree` second; what the server says of itself, nothing. */
function isAbout({ address, args }: ReceivedMessage, subject: unknown): boolean {
  if (subject === undefined || address === '/status.reply' || address === '/version.reply') return true;
  return args[address === '/g_queryTree.reply' ? 1 : 0] === subject;
}
