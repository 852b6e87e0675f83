/**
 * Finds out which element the server's `/fail` was about.
 *
 * `/fail` names a command and a reason and no node. The server announces every new node by `/n_go`. So after
 * a failed `/s_new` or `/g_new` and a `/sync`, the nodes of that time without `/n_go` are meant.
 */

import { SuperColliderError } from '../../errors.js';
import type { ReceivedMessage } from '../../osc/message.js';
import { endsByItself } from '../../scene/nodeSnapshot.js';
import type { Placement } from '../../scene/placement.js';
import type { SceneNode } from '../../scene/sceneNode.js';
import type { NodeId } from '../../units.js';
import type { SceneServer } from '../sceneServer.js';

export interface FailureOptions {
  /**
   * True when repair finds nodes that are missing on the server and makes them again: a missing node is then
   * no failure.
   */
  readonly mends: boolean;
  /** @param element - `undefined` when it is not known which one. */
  readonly onFailure: (error: SuperColliderError, element: SceneNode | undefined) => void;
  /** A node turns out to be gone, though the server did not say so. */
  readonly onGone: (id: NodeId) => void;
}

/** Reasons that a comparison of the trees repairs: lost nodes, and nodes whose datagram came twice. */
const ARE_FOUND = /not found$|^duplicate node ID/;

/** The number of elements with a report each; more of them share one error. */
const MAX_REPORTS = 3;

export class Failures {
  /** The reasons of refused nodes, while a query for these nodes is under way. */
  #refused: Set<string> | undefined;

  constructor(
    readonly server: SceneServer,
    readonly placement: Placement,
    readonly options: FailureOptions,
  ) {}

  /** Takes a `/fail` from the server. */
  async failed({ args }: ReceivedMessage): Promise<void> {
    const [command, reason] = [String(args[0]), String(args[1]).trim()];
    if (this.options.mends && ARE_FOUND.test(reason) && reason !== 'SynthDef not found') return;
    if (command === '/s_new' || command === '/g_new' || command === '/p_new')
      return this.#notCreated(command, reason);
    const id = /^Node (-?\d+) not found/.exec(reason)?.[1];
    if (id === undefined) return;
    // A node that ended between our message and its arrival is no fault: its /n_end is on the way.
    await this.server.sync();
    const node = Number(id) as NodeId;
    const element = this.placement.elementOf(node);
    if (element?.isAlive && !endsByItself(element.sentSnapshot)) this.#report(element, command, reason);
    // Its /n_end was lost: what waits for it would wait for ever.
    else this.options.onGone(node);
  }

  /** A server refuses node by node: all that it refuses until it has answered is looked for once. */
  async #notCreated(command: string, reason: string): Promise<void> {
    if (this.#refused) return void this.#refused.add(reason);
    const reasons = new Set([reason]);
    this.#refused = reasons;
    const suspects = this.placement.unconfirmed();
    try {
      await this.server.sync();
    } finally {
      this.#refused = undefined;
    }
    const missing = suspects.filter(({ isAlive, state }) => isAlive && state === 'sent');
    if (missing.length > MAX_REPORTS) this.#reportMany(missing, command, [...reasons].join('; '));
    else for (const element of missing) this.#report(element, command, reason);
  }

  /** One error for a flood: tens of thousands of them say no more, and take minutes. */
  #reportMany(missing: readonly SceneNode[], command: string, reason: string): void {
    const [first] = missing as [SceneNode];
    const paths = missing.slice(0, MAX_REPORTS).map((element) => element.path());
    for (const element of missing) element.state = 'ended';
    this.options.onFailure(
      new SuperColliderError(
        'command-failed',
        `The server refused ${command} for ${missing.length} elements (${paths.join(', ')} and ` +
          `${missing.length - paths.length} more): ${reason}.${advice(reason)}`,
      ).locate(first.facts()),
      undefined,
    );
  }

  #report(element: SceneNode, command: string, reason: string): void {
    const id = element.id!;
    const path = element.path();
    const def =
      element.sentSnapshot?.kind === 'synth' ? ` with synthdef "${element.sentSnapshot.def.name}"` : '';
    element.state = 'ended';
    this.options.onFailure(
      new SuperColliderError(
        'command-failed',
        `<${element.type}> at ${path} (node ${id})${def}: the server refused ${command}: ${reason}.${advice(reason)}`,
      ).locate(element.facts()),
      element,
    );
  }
}

function advice(reason: string): string {
  if (reason === 'too many nodes') return ' Raise the server option maxNodes, or mount fewer nodes.';
  if (reason === 'out of real time memory') return ' Raise the server option memSize (kilobytes).';
  if (reason === 'SynthDef not found')
    return ' Another client may have freed it: render it again under another key.';
  if (reason.startsWith('Group') || reason.startsWith('Node'))
    return ' Another client may have freed the group that it belongs in.';
  return '';
}
