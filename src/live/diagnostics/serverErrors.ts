/** Listens to the errors of a server, `/fail` and printed lines, for the elements that caused them. */

import type { Command } from '../../commands/command.js';
import { LatePart } from '../../latePart.js';
import type { Placement } from '../../scene/placement.js';
import type { NodeId, UnixTime } from '../../units.js';
import type { LiveSceneOptions } from '../liveSceneOptions.js';
import type { SceneServer } from '../sceneServer.js';
import { SentBundles } from './sentBundles.js';

export interface ServerErrorsOptions {
  readonly server: SceneServer;
  readonly placement: Placement;
  readonly options: LiveSceneOptions;
  /** The musical moment. */
  readonly now: () => UnixTime;
  /** A node turns out to be gone, though the server did not say so. */
  readonly onGone: (id: NodeId) => void;
}

export class ServerErrors {
  readonly #sent: SentBundles | undefined;
  readonly #ends: (() => void)[];

  constructor(given: ServerErrorsOptions) {
    const { server, options } = given;
    const sent = new SentBundles(() => options.clock.toSystem(options.clock.now()));
    // Messages that arrive before this part is loaded wait for it.
    const diagnostics = new LatePart(
      () => import('./diagnostics.js').then(({ createDiagnostics }) => createDiagnostics(given, sent)),
      'the elements of what the server refuses',
      (error) => options.onFailure(error, undefined),
    );
    this.#ends = [
      () => diagnostics.end(),
      server.on('/fail', (message) =>
        // A server that has gone away by then gets no query.
        diagnostics.with(({ failures }) => void failures.failed(message).catch(() => {})),
      ),
    ];
    if (!server.onOutput) return;
    this.#sent = sent;
    this.#ends.push(
      server.onOutput(({ line, seconds }) => {
        // Read here: the part below may take longer to load than a bundle can be told apart by.
        const readAt = sent.now();
        diagnostics.with(({ allocFailures, lateBundles }) => {
          if (seconds === undefined) allocFailures.heard(line);
          else lateBundles.heard(seconds, readAt);
        });
      }),
    );
  }

  /** Takes note of a bundle that leaves. */
  sent(commands: readonly Command[], time: UnixTime | undefined): void {
    if (time !== undefined) this.#sent?.note(commands, time);
  }

  /** Listens no more. */
  end(): void {
    for (const end of this.#ends) end();
  }
}
