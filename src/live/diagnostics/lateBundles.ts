/**
 * Finds out which commit the server's "late" was about.
 *
 * The server prints how late a bundle was, but not which bundle. Its due time is the print time minus the lateness, so
 * recent commits are kept with their timestamps.
 */

import type { Command } from '../../commands/command.js';
import { SuperColliderError } from '../../errors.js';
import type { SceneNode } from '../../scene/sceneNode.js';
import type { Lateness } from '../../time/scheduler.js';
import type { NodeId, Seconds, UnixTime } from '../../units.js';
import type { SentBundle, SentBundles } from './sentBundles.js';

export interface LateBundlesOptions {
  readonly latency: Seconds;
  readonly sent: SentBundles;
  readonly elementOf: (id: NodeId) => SceneNode | undefined;
  readonly onLate: (lateness: Lateness & { readonly error: SuperColliderError }) => void;
}

/** The server's clock is that of its sound device: 3 ms of difference were seen. */
const CLOCKS: Seconds = 0.02;
/**
 * The line is read when this thread has time for it: later than 0.3 s was seen on a busy machine. A bundle that is
 * farther off is another client's, or another root's.
 */
const READ_AFTER: Seconds = 1;
/** Seconds between two reports: a server that falls behind is late with everything. */
const REPORT_EVERY: Seconds = 1;

export class LateBundles {
  readonly #options: LateBundlesOptions;
  #reported = Number.NEGATIVE_INFINITY;
  /** Bundles that were late since the last report. */
  #unreported = 0;

  constructor(options: LateBundlesOptions) {
    this.#options = options;
  }

  /** The server printed a line, read at `readAt`: a bundle came so many seconds too late. */
  heard(by: Seconds, readAt: UnixTime): void {
    const sent = this.#nearest(readAt - by);
    if (!sent) return;
    if (readAt - this.#reported < REPORT_EVERY) {
      this.#unreported += 1;
      return;
    }
    this.#reported = readAt;
    const error = this.#errorOf(sent, by);
    this.#unreported = 0;
    this.#options.onLate({ time: sent.time, by, callbacks: 0, error });
  }

  #nearest(time: UnixTime): SentBundle | undefined {
    let nearest: SentBundle | undefined;
    for (const sent of this.#options.sent.recent()) {
      if (sent.time > time + CLOCKS || sent.time < time - READ_AFTER) continue;
      if (!nearest || Math.abs(sent.time - time) < Math.abs(nearest.time - time)) nearest = sent;
    }
    return nearest;
  }

  #errorOf({ commands }: SentBundle, by: Seconds): SuperColliderError {
    const { elementOf, latency } = this.#options;
    const ids = new Set(commands.flatMap(nodesOf));
    const elements = [...ids].map(elementOf).filter((element) => element !== undefined);
    const [first] = elements;
    const of = first
      ? `<${first.type}> at ${first.path()} (node ${first.id})`
      : 'nodes that have left the tree';
    const others = ids.size > 1 && first ? ` and ${ids.size - 1} more` : '';
    const more = this.#unreported > 0 ? ` So were ${this.#unreported} other bundles before it.` : '';
    const error = new SuperColliderError(
      'late-bundle',
      `The bundle for ${of}${others} was carried out ${inWords(by)} late, when it arrived.${more} Raise latency ` +
        `(now ${latency} s) or lookahead of the root, or change less at one moment.`,
    );
    return first ? error.locate(first.facts()) : error;
  }
}

const inWords = (by: Seconds): string => (by < 0.1 ? `${(by * 1000).toFixed(1)} ms` : `${by.toFixed(3)} s`);

/** The nodes that a command is about. */
function nodesOf(command: Command): readonly NodeId[] {
  switch (command.type) {
    case '/g_new':
    case '/p_new':
      return command.groups.map(({ id }) => id);
    case '/n_run':
      return command.nodes.map(([id]) => id);
    case '/n_order':
      return command.ids;
    default:
      return 'id' in command && command.id !== undefined ? [command.id as NodeId] : [];
  }
}
