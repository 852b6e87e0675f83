/**
 * Bundles from a scene to its server: each at its time, with the values that were set past React or behind
 * those.
 */

import type { Command } from '../../commands/command.js';
import { SuperColliderError } from '../../errors.js';
import type { Moment } from '../../scene/moment.js';
import type { Seconds, UnixTime } from '../../units.js';
import { isConnectionLost } from '../connectionLost.js';
import type { LiveSceneOptions } from '../liveSceneOptions.js';
import type { SceneServer } from '../sceneServer.js';
import { FastControls } from './fastControls.js';
import { Outbox } from './outbox.js';

/** The largest distance of two times that may be in one block of the server: 64 samples at 22 kHz. */
const BLOCK: Seconds = 0.003;
/**
 * The longest period of a sound device; the server carries out all that arrives within one period in one
 * block.
 *
 * A `/n_go` shows that a period is over. A node whose `/n_go` was lost counts as computed after this time.
 */
const MAX_PERIOD: Seconds = 0.5;

export class Delivery {
  /** The time for the commits of now, where a caller has set one. */
  stamp: UnixTime | undefined;
  /** The values that are set past React. */
  readonly controls: FastControls;
  readonly #outbox: Outbox;
  #commits = 0;

  /**
   * @param onSent - Called with each bundle when it has left.
   * @param commit - Makes a commit.
   */
  constructor(
    readonly server: SceneServer,
    readonly options: LiveSceneOptions,
    readonly onSent: (commands: readonly Command[], time: UnixTime | undefined) => void,
    commit: () => void,
  ) {
    this.#outbox = new Outbox({
      clock: options.clock,
      latency: options.latency,
      send: (commands, time) => this.#deliver(commands, time),
      onError: (error) => {
        if (!(error instanceof SuperColliderError)) throw error;
        options.onFailure(error, undefined);
      },
    });
    this.controls = new FastControls({
      isBusy: () => this.stamp === undefined && (server.backlog ?? 0) > 0,
      send: (commands, areThere) => {
        if (areThere && this.stamp === undefined) this.#outbox.addAhead(commands);
        else this.send(commands);
      },
      commit,
    });
  }

  /** The number of bundles that have left. */
  get commits(): number {
    return this.#commits;
  }

  /** True when nothing is under way for a later moment. */
  get isQuiet(): boolean {
    return this.#outbox.last <= this.options.clock.now();
  }

  /** The moment of the commit that is being made, else the earliest for one that is made now. Never goes back. */
  get time(): UnixTime {
    const { clock, latency, scheduler } = this.options;
    return this.stamp ?? Math.max(clock.now() + latency, this.#outbox.last, scheduler.last);
  }

  get moment(): Moment {
    const { time } = this;
    const isStamped = this.stamp !== undefined || this.options.latency > 0;
    return { time, unconfirmedAfter: time - (isStamped ? BLOCK : MAX_PERIOD) };
  }

  send(commands: readonly Command[]): void {
    if (commands.length === 0) return;
    if (this.stamp === undefined) this.#outbox.addNow(commands);
    else this.#outbox.add(commands, this.stamp);
  }

  /** Sends what waits for others of its moment. */
  flush(): void {
    this.#outbox.flush();
  }

  #deliver(commands: readonly Command[], time: UnixTime | undefined): void {
    if (this.server.state !== 'online') return;
    try {
      this.server.send(commands, time);
      this.onSent(commands, time);
    } catch (error) {
      // Everything is brought up again when the server is back.
      if (isConnectionLost(error)) return;
      throw error;
    }
    this.#commits += 1;
    this.options.onCommit({ number: this.#commits, commands, time });
  }
}
