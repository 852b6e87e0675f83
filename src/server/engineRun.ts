/** The engine of a server: taken into use, watched, exchanged at a reboot, and given up at its end. */

import type { Engine, ExitReason } from '../engine/engine.js';
import { SuperColliderError } from '../errors.js';
import type { Seconds } from '../units.js';
import { Heartbeat, type HeartbeatOptions } from './heartbeat.js';
import { type OutputEvent, parseOutput } from './output.js';
import type { Parts } from './parts.js';
import type { OpenEngine } from './settings.js';

/** Seconds in which the exit of a process is waited for when its connection is closed first. */
const EXIT_AFTER_CLOSE: Seconds = 1;

/** Beats whose answers may be under way at a time. Answers to older ones were lost. */
const MAX_BEATS = 10;
/** `/status` as bytes: a heartbeat passes by whatever is collected at the moment. */
const STATUS = new TextEncoder().encode('/status\0,\0\0\0');

export class EngineRun {
  readonly #parts: Parts;
  readonly #isOwner: boolean;
  readonly #initTree: () => Promise<void>;
  readonly #heartbeat: Heartbeat;
  /** Give up the answers to the last beats, answered or not. */
  readonly #beats: (() => void)[] = [];
  readonly #outputListeners = new Set<(event: OutputEvent) => void>();

  /** @param initTree - Makes what everything else on the server needs. */
  constructor(
    parts: Parts,
    isOwner: boolean,
    heartbeat: HeartbeatOptions | undefined,
    initTree: () => Promise<void>,
  ) {
    this.#parts = parts;
    this.#isOwner = isOwner;
    this.#initTree = initTree;
    this.#heartbeat = new Heartbeat(
      {
        ask: () => this.#ask(),
        onUnresponsive: () => parts.lifecycle.setResponsive(false),
        onLost: () => {
          if (isOwner) parts.lifecycle.emit({ type: 'stuck' });
          else this.end(undefined);
        },
      },
      heartbeat,
    );
  }

  /** Calls with what the engine prints, of this and of later engines. */
  onOutput(listener: (event: OutputEvent) => void): () => void {
    this.#outputListeners.add(listener);
    return () => this.#outputListeners.delete(listener);
  }

  /** Takes an engine into use: registers for its notifications, and makes what everything else needs. */
  async use(engine: Engine): Promise<void> {
    const { connection, lifecycle, login } = this.#parts;
    connection.engine = engine;
    const { memSize } = engine;
    if (memSize !== undefined) this.#parts.options = { ...this.#parts.options, memSize };
    this.#parts.epoch += 1;
    this.#listen(engine);
    await login.register();
    await this.#initTree();
    if (!lifecycle.enter('online')) {
      throw new SuperColliderError(
        'server-offline',
        `${engine.description} has ended: quit() was called during its start.`,
      );
    }
    this.#heartbeat.start();
  }

  /** Opens another engine after the end of the last one. */
  async open(openEngine: OpenEngine): Promise<void> {
    const { lifecycle, login } = this.#parts;
    lifecycle.enter('booting');
    let engine: Engine | undefined;
    try {
      engine = await openEngine(this.#parts.options);
      await this.use(engine);
    } catch (error) {
      // Neither a login nor a process is left behind.
      try {
        login.leave();
      } catch {
        // The connection is gone, and with it what it held.
      }
      this.end(undefined);
      await engine?.quit();
      throw error;
    }
  }

  /** The engine is gone, and we are no client of it any more. */
  end(reason: ExitReason | undefined): void {
    const { connection, lifecycle, login, queries, synthDefs } = this.#parts;
    if (lifecycle.state === 'offline') return;
    this.#heartbeat.stop();
    login.forget();
    queries.forget();
    synthDefs.clear();
    connection.incoming.requests.abandon(
      reason
        ? `the server is gone (${reason.signal ?? `exit code ${reason.code}`})`
        : 'the connection is closed',
    );
    lifecycle.enter('offline', reason);
  }

  #listen(engine: Engine): void {
    const { connection } = this.#parts;
    // What an engine of before still says is about nothing any more.
    const ifCurrent = (act: () => void) => {
      if (connection.engine === engine) act();
    };
    engine.transport.listen({
      onPacket: (bytes) => ifCurrent(() => this.#receive(bytes)),
      onError: (error) => ifCurrent(() => this.#transportFailed(error)),
      onClose: () => ifCurrent(() => this.#closed(engine)),
    });
    engine.onOutput((line) =>
      ifCurrent(() => {
        connection.incoming.hearLine(line);
        for (const listener of this.#outputListeners) listener(parseOutput(line));
      }),
    );
    void engine.exited.then((reason) => ifCurrent(() => this.end(reason)));
  }

  #receive(bytes: Uint8Array): void {
    this.#heartbeat.heard();
    this.#parts.lifecycle.setResponsive(true);
    this.#parts.connection.incoming.receive(bytes);
  }

  #ask(): void {
    const { requests } = this.#parts.connection.incoming;
    // The answer of a busy server may come when a caller waits for a newer status.
    if (this.#beats.length === MAX_BEATS) this.#beats.shift()!();
    this.#beats.push(
      requests.expectUnread({ type: '/status' }, () => {
        // If the answer to a beat was lost, this one was the caller's: another query makes up for the answer.
        if (requests.isAwaited('/status')) this.#ask();
      }),
    );
    try {
      this.#parts.connection.engine.transport.send(STATUS);
    } catch {
      // A connection that closed just now says so itself.
    }
  }

  #transportFailed(error: Error): void {
    const { connection, lifecycle } = this.#parts;
    connection.incoming.deliver({ address: '/transport-error', args: [error.message] });
    // By UDP this is how one hears that nobody listens there any more; our own process is watched.
    if (!this.#isOwner && lifecycle.state === 'online' && isRefused(error)) this.end(undefined);
  }

  /** The connection is closed: of an engine of our own the reason is known in a moment. */
  #closed(engine: Engine): void {
    if (!this.#isOwner) {
      this.end(undefined);
      return;
    }
    const timer = setTimeout(() => {
      if (this.#parts.connection.engine === engine) this.end(undefined);
    }, EXIT_AFTER_CLOSE * 1000);
    void engine.exited.then(() => clearTimeout(timer));
  }
}

/** Nobody listens there any more, as the system says. */
const isRefused = ({ cause }: Error): boolean =>
  (cause as { readonly code?: unknown } | undefined)?.code === 'ECONNREFUSED';
