/** The bundles of the last seconds, for when a server says that one of them was late. */

import type { Command } from '../../commands/command.js';
import type { Seconds, UnixTime } from '../../units.js';

export interface SentBundle {
  readonly time: UnixTime;
  readonly commands: readonly Command[];
}

/** Seconds for which a bundle is kept; the server would have printed a line about an older one before. */
const KEPT: Seconds = 5;
const MAX_REMOVED = 1024;

export class SentBundles {
  #sent: SentBundle[] = [];
  /** The number of bundles at the beginning that are too old. */
  #gone = 0;

  /** @param now - The system's time. */
  constructor(readonly now: () => UnixTime) {}

  /** Takes note of a bundle that leaves. */
  note(commands: readonly Command[], time: UnixTime): void {
    const sent = this.#sent;
    sent.push({ commands, time });
    const oldest = this.now() - KEPT;
    while (sent[this.#gone]!.time < oldest && this.#gone < sent.length - 1) this.#gone += 1;
    if (this.#gone < MAX_REMOVED) return;
    this.#sent = sent.slice(this.#gone);
    this.#gone = 0;
  }

  /** Those that may be meant. */
  recent(): readonly SentBundle[] {
    return this.#sent;
  }
}
