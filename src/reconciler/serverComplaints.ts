/** What a server says that went wrong, by `/fail` or in what it prints, and which elements it is about. */

import type { Command } from '../commands/command.js';
import type { Placement } from '../scene/placement.js';
import type { NodeId, UnixTime } from '../units.js';
import { AllocFailures } from './allocFailures.js';
import { Failures } from './failures.js';
import { LateBundles } from './lateBundles.js';
import type { LiveSceneOptions } from './liveSceneOptions.js';
import type { SceneServer } from './sceneServer.js';

export interface ServerComplaintsOptions {
  readonly server: SceneServer;
  readonly placement: Placement;
  readonly options: LiveSceneOptions;
  /** The musical moment. */
  readonly now: () => UnixTime;
  /** A node turns out to be gone, though the server did not say so. */
  readonly onGone: (id: NodeId) => void;
}

export class ServerComplaints {
  readonly #lateBundles: LateBundles | undefined;
  readonly #ends: (() => void)[];

  constructor({ server, placement, options, now, onGone }: ServerComplaintsOptions) {
    const { clock, latency, repair, onFailure, onLate } = options;
    const failures = new Failures(server, placement, { mends: repair > 0, onFailure, onGone });
    this.#ends = [server.on('/fail', (message) => void failures.failed(message).catch(() => {}))];
    if (!server.onOutput) return;
    const allocFailures = new AllocFailures({
      now,
      sounding: () => placement.sounding(),
      sync: () => server.sync(),
      onFailure,
    });
    const lateBundles = new LateBundles({
      latency,
      now: () => clock.toSystem(clock.now()),
      elementOf: (id) => placement.elementOf(id),
      onLate,
    });
    this.#lateBundles = lateBundles;
    this.#ends.push(
      server.onOutput(({ line, seconds }) => {
        if (seconds === undefined) allocFailures.heard(line);
        else lateBundles.heard(seconds);
      }),
    );
  }

  /** Takes note of a bundle that leaves. */
  sent(commands: readonly Command[], time: UnixTime | undefined): void {
    if (time !== undefined) this.#lateBundles?.note(commands, time);
  }

  /** Listens no more. */
  end(): void {
    for (const end of this.#ends) end();
  }
}
