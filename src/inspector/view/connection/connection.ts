/**
 * The picture as it arrived, and questions to the inspection. A channel carries both.
 */

import { applyPatches, enablePatches } from 'immer';
import type {
  Answers,
  FromServer,
  HeardMessage,
  QuestionName,
  Questions,
  Snapshot,
  ToServer,
} from '../../protocol.js';

/** A way to an inspection. */
export interface Channel {
  send(message: ToServer): void;
  close(): void;
}

/** Events of a channel. */
export interface ChannelEvents {
  onMessage(message: FromServer): void;
  /** It is there, or away; `reason` is for people. */
  onStatus(status: ConnectionStatus, reason?: string): void;
}

export type ConnectionStatus = 'connecting' | 'open' | 'lost';

export interface ConnectionState {
  readonly status: ConnectionStatus;
  readonly reason: string | undefined;
  readonly snapshot: Snapshot | undefined;
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** Messages that the server said by itself and that are kept for the console. */
const KEPT = 500;

export class Connection {
  readonly #channel: Channel;
  readonly #listeners = new Set<() => void>();
  readonly #waiting = new Map<number, Waiting>();
  #state: ConnectionState = { status: 'connecting', reason: undefined, snapshot: undefined };
  #heard: readonly HeardMessage[] = [];
  #last = 0;

  constructor(open: (events: ChannelEvents) => Channel) {
    enablePatches();
    this.#channel = open({
      onMessage: (message) => this.#receive(message),
      onStatus: (status, reason) => this.#setStatus(status, reason),
    });
  }

  readonly state = (): ConnectionState => this.#state;

  /** Messages of the server that are no replies, the oldest first. */
  readonly heard = (): readonly HeardMessage[] => this.#heard;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** @throws Error with the reason: a refusal, no connection, or a connection that was lost before the answer. */
  ask<Name extends QuestionName>(type: Name, ask: Questions[Name]): Promise<Answers[Name]> {
    if (this.#state.status !== 'open') return Promise.reject(new Error('There is no connection.'));
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#channel.send({ id, type, ask } as ToServer);
    });
  }

  /** The same where nobody waits for what comes of it. */
  tell<Name extends QuestionName>(type: Name, ask: Questions[Name]): void {
    this.ask(type, ask).catch(() => {});
  }

  close(): void {
    this.#channel.close();
    this.#abandon();
  }

  #receive(message: FromServer): void {
    switch (message.type) {
      case 'snapshot':
        this.#set({ ...this.#state, snapshot: message.snapshot });
        break;
      case 'patches': {
        const { snapshot } = this.#state;
        if (snapshot) this.#set({ ...this.#state, snapshot: applyPatches(snapshot, [...message.patches]) });
        break;
      }
      case 'heard': {
        const left = message.left > 0 ? [{ at: Date.now() / 1000, text: `… and ${message.left} more` }] : [];
        this.#heard = [...this.#heard, ...message.messages, ...left].slice(-KEPT);
        this.#notify();
        break;
      }
      case 'answer':
        this.#take(message.id)?.resolve(message.value as never);
        break;
      case 'refused':
        this.#take(message.id)?.reject(new Error(message.reason));
    }
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #setStatus(status: ConnectionStatus, reason: string | undefined): void {
    if (status !== 'open') this.#abandon();
    this.#set({ ...this.#state, status, reason });
  }

  #abandon(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error('The connection is lost.'));
    this.#waiting.clear();
  }

  #set(state: ConnectionState): void {
    this.#state = state;
    this.#notify();
  }

  #notify(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
