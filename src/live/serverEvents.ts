/** Events of the server that concern a scene: nodes that begin and end, a loss of the server, its return. */

import type { Command } from '../commands/command.js';
import { LatePart } from '../latePart.js';
import { endsByItself } from '../scene/nodeSnapshot.js';
import type { EndReason, SynthProps } from '../scene/props.js';
import type { SceneNode } from '../scene/sceneNode.js';
import type { SynthDef } from '../synthdef/index.js';
import type { NodeId, Seconds, UnixTime } from '../units.js';
import type { CommitParts } from './commits.js';
import { ServerErrors } from './diagnostics/serverErrors.js';
import type { LiveSceneOptions } from './liveSceneOptions.js';
import { Outage } from './outage.js';
import { ReleaseWaiter } from './releaseWaiter.js';

export interface ServerEventsParts extends Omit<CommitParts, 'options'> {
  readonly options: LiveSceneOptions;
  readonly now: () => UnixTime;
  /** Resolves when everything that was sent is carried out. */
  readonly settle: () => Promise<void>;
  /** Called when the tree on the server has changed by itself. */
  readonly onChange: () => void;
}

export class ServerEvents {
  readonly #parts: ServerEventsParts;
  readonly #errors: ServerErrors;
  readonly #releases: ReleaseWaiter;
  readonly #outage: Outage;
  readonly #subscriptions: (() => void)[];

  constructor(parts: ServerEventsParts) {
    this.#parts = parts;
    const { server, placement, options, now, settle, definitions, delivery, root } = parts;
    this.#errors = new ServerErrors({ server, placement, options, now, onGone: (id) => this.#ended(id) });
    this.#releases = new ReleaseWaiter(() => !placement.isLeaving);
    this.#outage = new Outage({
      now: () => options.clock.now(),
      settle,
      isOnline: () => server.state === 'online',
      onRecover: options.onRecover,
    });
    this.#subscriptions = [
      server.synthDefs.addUser({
        needs: (def) => this.#needs(root, def),
        isQuiet: () => delivery.isQuiet,
        onReplaced: (def) => definitions.replaced(def),
      }),
      server.on('/n_go', ({ args }) => this.#began(args[0] as NodeId)),
      server.on('/n_on', ({ args }) => placement.runs(args[0] as NodeId, true)),
      server.on('/n_off', ({ args }) => placement.runs(args[0] as NodeId, false)),
      server.on('/n_end', ({ args }) => this.#ended(args[0] as NodeId, args[1] === -1)),
      server.onState((state) => (state === 'online' ? this.#recovered() : this.#lost(state))),
      () => this.#errors.end(),
    ];
    this.#startRepair();
  }

  /** A bundle has left: errors that come back for it find their element. */
  sent(commands: readonly Command[], time: UnixTime | undefined): void {
    this.#errors.sent(commands, time);
  }

  /** Resolves when the last released node has ended, or when `timeout` is over. */
  silence(timeout: Seconds): Promise<void> {
    return this.#releases.wait(timeout);
  }

  close(): void {
    for (const end of this.#subscriptions) end();
  }

  #startRepair(): void {
    const { server, placement, delivery, options, resources } = this.#parts;
    const repair = new LatePart(
      () => import('./repair/repair.js'),
      'repair of what a network loses',
      (error) => options.onFailure(error, undefined),
    );
    repair.with(({ Repair }) => {
      const looking = new Repair({
        server,
        placement,
        interval: options.repairInterval,
        commits: () => delivery.commits,
        isQuiet: () => delivery.isQuiet,
        moment: () => delivery.moment,
        send: (commands) => delivery.send(commands),
        onLook: () => {
          resources.release();
          this.#leftEnded();
        },
        onEnd: (id) => this.#ended(id),
      });
      this.#subscriptions.push(() => looking.stop());
    });
    this.#subscriptions.push(() => repair.end());
  }

  /** The server is back: everything is brought up again. */
  #recovered(): void {
    this.#parts.flush();
    this.#outage.end();
  }

  /** True when a synth at or below a node of the tree as it is wanted is of the definition. */
  #needs(node: SceneNode, def: SynthDef): boolean {
    const { definitions } = this.#parts;
    if (node.type === 'Synth' && definitions.means((node.props as SynthProps).def, def, node)) return true;
    for (let child = node.firstChild; child; child = child.next) if (this.#needs(child, def)) return true;
    return false;
  }

  #began(id: NodeId): void {
    this.#parts.placement.began(id);
    this.#parts.resources.release();
  }

  /** @param isCut - True when the server says that the end was not the node's own. */
  #ended(id: NodeId, isCut = false): void {
    const { placement, delivery, resources, onChange } = this.#parts;
    onChange();
    const { element, commands } = placement.ended(id);
    delivery.send(commands);
    resources.release();
    if (element) tellEnd(element, isCut || !endsByItself(element.sentSnapshot) ? 'freed' : 'ended');
    this.#leftEnded();
  }

  /** Looks whether all nodes that left the tree have ended. */
  #leftEnded(): void {
    const { modulators, releaseLimit, flush } = this.#parts;
    if (modulators.collect()) flush();
    releaseLimit.look();
    this.#releases.check();
  }

  #lost(state: string): void {
    if (state === 'booting') return;
    const { root, placement, resources, definitions, delivery, onChange } = this.#parts;
    onChange();
    this.#outage.begin();
    const lost = placement.sounding();
    placement.lost(root);
    resources.lost();
    definitions.lost();
    delivery.controls.clear();
    this.#leftEnded();
    for (const element of lost) tellEnd(element, 'lost');
  }
}

function tellEnd({ type, props }: SceneNode, reason: EndReason): void {
  if (type === 'Synth') (props as SynthProps).onEnd?.(reason);
}
