/**
 * A piece on a server, as it is operated: begun, paused, stopped, begun again, louder, softer, recorded.
 */

import type { Root, RootOptions, Waker } from 'react-collider';
import { createRoot } from 'react-collider/node';
import type { Server } from 'react-collider/server';
import { PausableClock } from './pausableClock.js';

/** A piece that can begin again and again. */
export interface Piece {
  /** Its file's name. */
  readonly name: string;
  /**
   * Renders it into a root of its own, from the beginning.
   *
   * @throws what it begins with cannot be rendered.
   */
  begin(openRoot: (options: RootOptions) => Root): Promise<BegunPiece>;
}

export interface BegunPiece {
  readonly root: Root;
  /** Ends what follows it, such as the watch on its files; the root goes on. */
  close(): Promise<void>;
}

export interface FileRecording {
  readonly path: string;
  stop(): Promise<void>;
}

export interface PerformanceOptions {
  readonly server: Server;
  readonly piece: Piece;
  /** Seconds from a commit to the moment when it sounds. */
  readonly latency: number;
  /** Begins a recording to a file. */
  readonly record: (path: string) => Promise<FileRecording>;
  /** The path of the next recording. */
  readonly nextRecording: () => string;
  /** Takes what went wrong outside of the piece. */
  readonly onError: (error: Error) => void;
}

/** `plays` before it has begun, too; `stopped` after a panic. */
export type Playing = 'plays' | 'paused' | 'stopped' | 'ending';

/** Longest wait for the releases at the end, in seconds. */
const RELEASE_TIMEOUT = 10;

const waker: Waker = (after, callback) => {
  const timer = setTimeout(callback, Math.min(Math.max(0, after * 1000), 2 ** 31 - 1));
  return () => clearTimeout(timer);
};

export class Performance {
  readonly server: Server;
  readonly #options: PerformanceOptions;
  #clock = new PausableClock();
  #piece: BegunPiece | undefined;
  #root: Root | undefined;
  #recording: FileRecording | undefined;
  #playing: Playing = 'plays';
  readonly #operations = new InTurn();
  /** Apart from the others: what takes its time to begin is recorded as well. */
  readonly #recordings = new InTurn();
  readonly #endWatch: () => void;

  constructor(options: PerformanceOptions) {
    this.#options = options;
    this.server = options.server;
    this.#endWatch = options.server.onState((state) => this.#serverIs(state));
  }

  get name(): string {
    return this.#options.piece.name;
  }

  get playing(): Playing {
    return this.#playing;
  }

  /** The root of the piece; another one after `restart`, `undefined` before the first. */
  get root(): Root | undefined {
    return this.#root;
  }

  /** The file that is being written. */
  get recording(): string | undefined {
    return this.#recording?.path;
  }

  /** Renders the piece, from the beginning. */
  begin(): Promise<Root> {
    return this.#operations.perform(() => this.#begin());
  }

  async #begin(): Promise<Root> {
    this.#clock = new PausableClock();
    const clock = this.#clock;
    const { server, latency, piece } = this.#options;
    this.#piece = await piece.begin((options) => {
      this.#root = createRoot(server, { latency, clock, waker, ...options });
      return this.#root;
    });
    return this.#piece.root;
  }

  /**
   * Pauses or goes on: all synths of the piece and its beats stand still, and go on as if nothing had been. It takes
   * effect after the latency and the lookahead, as what is before that has been sent. Sends `/n_run`.
   */
  togglePause(): void {
    if (this.#playing === 'plays') {
      this.#run(false);
      this.#clock.stop();
      this.#playing = 'paused';
    } else if (this.#playing === 'paused') {
      this.#clock.goOn();
      this.#run(true);
      this.#playing = 'plays';
    }
  }

  /**
   * Silence: frees everything in every group of the server, forgets what is scheduled, and stops the piece until it is
   * begun again. The volume, the meters and a recording stay. Sends `/clearSched` and `/g_freeAll`.
   */
  panic(): Promise<void> {
    return this.#operations.perform(async () => {
      if (this.#playing !== 'ending') this.#playing = 'stopped';
      const { server } = this;
      if (server.state === 'online') server.send([{ type: '/clearSched' }]);
      const ended = this.#endPiece(0);
      if (server.state === 'online') {
        // What the unmounting has just stamped is forgotten, too: nothing may come after.
        server.send([{ type: '/clearSched' }]);
        const { children } = await server.queryTree(undefined, { controls: false });
        const groups = children.filter((node) => 'children' in node);
        server.send(groups.map(({ id }) => ({ type: '/g_freeAll', id })));
        // A paused group stays paused when it is emptied.
        server.send([{ type: '/n_run', nodes: [[server.defaultGroup.id, true]] }]);
        await server.sync();
      }
      await ended;
    });
  }

  /** Begins the piece again, with its state as at first; releases the old sounds at the same time. */
  restart(): Promise<void> {
    return this.#operations.perform(async () => {
      if (this.#playing === 'ending') return;
      const wasPaused = this.#playing === 'paused';
      const ended = this.#endPiece(RELEASE_TIMEOUT);
      if (wasPaused) this.#run(true);
      this.#playing = 'plays';
      void ended.catch((error) => this.#options.onError(error as Error));
      await this.#begin();
    });
  }

  /** Boots the engine again; the piece comes back as it is. */
  reboot(): Promise<void> {
    return this.#operations.perform(() => this.server.reboot());
  }

  /** Mutes the outputs, or lets them be heard again. */
  toggleMute(): Promise<void> {
    const { volume } = this.server;
    return volume.isMuted ? volume.unmute() : volume.mute();
  }

  /** Makes everything louder by so many decibels, or softer. */
  changeVolume(decibels: number): Promise<void> {
    const { volume } = this.server;
    return volume.set(volume.decibels + decibels);
  }

  /**
   * Begins to record what is heard, or ends it.
   *
   * @param path - @default the next one
   * @returns The file that is complete now, when it ended one.
   */
  toggleRecording(path?: string): Promise<string | undefined> {
    return this.#recordings.perform(async () => {
      if (this.#recording) return this.#endRecording();
      this.#recording = await this.#options.record(path ?? this.#options.nextRecording());
      return undefined;
    });
  }

  async #endRecording(): Promise<string | undefined> {
    const recording = this.#recording;
    this.#recording = undefined;
    await recording?.stop();
    return recording?.path;
  }

  /**
   * Releases everything and ends the recording.
   *
   * @returns The recording's file.
   */
  async end(): Promise<string | undefined> {
    const wasPaused = this.#playing === 'paused';
    this.#playing = 'ending';
    this.#endWatch();
    await this.#operations.done;
    if (this.server.state !== 'online') {
      await this.#piece?.close();
      return undefined;
    }
    const ended = this.#endPiece(RELEASE_TIMEOUT);
    if (wasPaused) this.#run(true); // what is paused never ends its release
    await ended;
    return this.#recordings.perform(() => this.#endRecording());
  }

  async #endPiece(timeout: number): Promise<void> {
    const piece = this.#piece;
    const root = this.#root;
    this.#piece = undefined;
    this.#root = undefined;
    // Its last bundle leaves before this returns: whatever follows is behind it.
    const unmounted = root?.unmount({ timeout });
    await piece?.close();
    await unmounted;
  }

  /** At the moment up to which everything has been sent, or at once where nothing is ahead. */
  #run(isRunning: boolean): void {
    const { server } = this;
    if (server.state !== 'online') return;
    const ahead = this.#root?.scheduler.lookahead ?? 0;
    const moment = Math.max(this.#clock.now() + ahead, this.#root?.scheduler.last ?? 0);
    server.send(
      [{ type: '/n_run', nodes: [[server.defaultGroup.id, isRunning]] }],
      this.#clock.toSystem(moment),
    );
  }

  #serverIs(state: Server['state']): void {
    if (state === 'offline' && this.#recording) {
      const { path } = this.#recording;
      this.#recording = undefined;
      this.#options.onError(new Error(`The recording to ${path} ended with the server.`));
    }
    // Its group is a new one.
    if (state === 'online' && this.#playing === 'paused') {
      this.server.send([{ type: '/n_run', nodes: [[this.server.defaultGroup.id, false]] }]);
    }
  }
}

/** One operation after another, whether it goes well or not. */
class InTurn {
  /** Resolves when all operations so far are over. */
  done: Promise<unknown> = Promise.resolve();

  perform<Result>(act: () => Promise<Result>): Promise<Result> {
    const performed = this.done.then(act);
    this.done = performed.catch(() => {});
    return performed;
  }
}
