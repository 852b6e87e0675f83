/** Making nodes on a server, and finding those that are there. */

import { AddAction, type Command, inOrder } from '../commands/index.js';
import { SuperColliderError } from '../errors.js';
import type { ControlDefaults, SynthDef } from '../synthdef/index.js';
import type { NodeId } from '../units.js';
import { checkOneOf, checkText, checkWhole } from './checks.js';
import type { Client } from './client.js';
import { checkFirstControls } from './controlChecks.js';
import { controlPairs, type ServerControls, type ServerControlValue } from './controlValues.js';
import { ServerGroup, ServerParallelGroup } from './group.js';
import type { ServerNode } from './node.js';
import { ServerSynth } from './synth.js';

/** The place of a new node: a target, and an add action as seen from the target. */
export interface Placement {
  /** Seen from here. @default the default group */
  readonly target?: ServerNode | undefined;
  /** `head` and `tail` of a group, `before`, `after` or in place of (`replace`) a node. @default 'head' */
  readonly action?: keyof typeof AddAction | undefined;
}

/** Id and place of a new node. */
export interface NodeOptions extends Placement {
  /** Its id. @default the next one */
  readonly id?: NodeId | undefined;
  /** Takes an id of those for nodes that stay, 2 to 999 of our own, and gives it back when the node ends. */
  readonly permanent?: boolean | undefined;
}

/** Id, place and initial state of a new synth. */
export interface SynthOptions extends NodeOptions {
  /** Starts it paused, in the same bundle. @default false */
  readonly paused?: boolean | undefined;
}

/** The controls of a definition; of one by name, any. */
export type ControlsOfDef<Controls extends ControlDefaults> = string extends keyof Controls
  ? ServerControls
  : { readonly [Name in keyof Controls]?: ServerControlValue };

/**
 * Makes the synths and groups of one client on a server.
 *
 * @example
 * ```ts
 * const group = server.nodes.group();
 * const synth = server.nodes.synth('default', { freq: 330 }, { target: group });
 * synth.release();
 * ```
 */
export class Nodes {
  constructor(readonly server: Client) {}

  /** The group of everything. */
  get root(): ServerGroup {
    return new ServerGroup(this.server, 0 as NodeId);
  }

  /** The group that our nodes go into. */
  get defaultGroup(): ServerGroup {
    return new ServerGroup(this.server, this.server.defaultGroup.id);
  }

  /**
   * A synth of a definition that the server has. Sends `/s_new`, and `/n_run` for a paused one.
   *
   * @param def - What `synthDefs.ensure` was given, or the name of one.
   * @throws SuperColliderError `unknown-synthdef` for a definition that was not sent, `unknown-control`, `invalid-control`,
   *   `invalid-argument`.
   */
  synth<Controls extends ControlDefaults>(
    def: string | SynthDef<Controls>,
    controls: ControlsOfDef<Controls> = {},
    { paused = false, ...options }: SynthOptions = {},
  ): ServerSynth<Controls> {
    const name = this.#nameOf(def);
    const pairs = controlPairs(this.server, `Synth of "${name}"`, controls as ServerControls);
    const { action, target } = this.#place(options);
    const id = this.#id(options);
    const synth = new ServerSynth<Controls>(this.server, id, name, paused);
    checkFirstControls(this.server, String(synth), name, controls as ServerControls);
    const commands: Command[] = [{ type: '/s_new', def: name, id, action, target, controls: pairs }];
    if (paused) commands.push({ type: '/n_run', nodes: [[id, false]] });
    this.server.send(commands);
    return synth.begin(controls as ServerControls);
  }

  /** A synth of a definition, which is sent before unless the server has it; resolves when it is there. */
  async play<Controls extends ControlDefaults>(
    def: SynthDef<Controls>,
    controls?: ControlsOfDef<Controls>,
    options?: SynthOptions,
  ): Promise<ServerSynth<Controls>> {
    await this.server.synthDefs.ensure(def);
    const synth = this.synth(def, controls, options);
    await this.server.sync();
    return synth;
  }

  /**
   * Starts a synth without an id: the server sends no notification of it, and no command reaches it. Sends
   * `/s_new -1`.
   */
  grain<Controls extends ControlDefaults>(
    def: string | SynthDef<Controls>,
    controls: ControlsOfDef<Controls> = {},
    placement: Placement = {},
  ): void {
    const name = this.#nameOf(def);
    const what = `Grain of "${name}"`;
    const pairs = controlPairs(this.server, what, controls as ServerControls);
    checkFirstControls(this.server, what, name, controls as ServerControls);
    const { action, target } = this.#place(placement);
    this.server.send([{ type: '/s_new', def: name, id: -1 as NodeId, action, target, controls: pairs }]);
  }

  /** Sends `/g_new`. */
  group(options: NodeOptions = {}): ServerGroup {
    const { action, target } = this.#place(options);
    const id = this.#id(options);
    this.server.send([{ type: '/g_new', groups: [{ id, action, target }] }]);
    return new ServerGroup(this.server, id).follow();
  }

  /** A group whose nodes supernova computes side by side; a group for others. Sends `/p_new`. */
  parallelGroup(options: NodeOptions = {}): ServerParallelGroup {
    const { action, target } = this.#place(options);
    const id = this.#id(options);
    this.server.send([{ type: '/p_new', groups: [{ id, action, target }] }]);
    return new ServerParallelGroup(this.server, id).follow();
  }

  /** The handle of a group that is there, whoever made it. */
  groupAt(id: number): ServerGroup {
    checkWhole('Id of the group', id, 0, 2 ** 31 - 1);
    return new ServerGroup(this.server, id as NodeId);
  }

  /** The handle of a synth that is there, whoever made it. */
  synthAt(id: number, def = '?'): ServerSynth {
    checkWhole('Id of the synth', id, 1, 2 ** 31 - 1);
    return new ServerSynth(this.server, id as NodeId, def);
  }

  /**
   * Puts nodes in an order, the first one seen from `target` and each next one behind it. Sends `/n_order`.
   *
   * @throws SuperColliderError `invalid-argument` for `replace`, and for nodes of another server.
   */
  order(nodes: readonly ServerNode[], { target, action = 'head' }: Placement = {}): void {
    checkOneOf('action', action, ['head', 'tail', 'before', 'after']);
    const place = this.#place({ target, action });
    for (const node of nodes) this.#checkNode(node);
    const ids = nodes.map(({ id }) => id);
    const commands = inOrder(place.action, place.target, ids);
    // supernova 3.13 puts the list in reverse, but at the tail.
    const isReversed = !this.server.abilities.orderPreservesList && action !== 'tail';
    const sent = isReversed
      ? commands.map((command) => ({ ...command, ids: command.ids.toReversed() }))
      : commands;
    if (sent.length > 0) this.server.send(sent);
  }

  /**
   * Gives synths hidden ids: they go on without notifications, and no command reaches them. Sends `/s_noid`.
   */
  forget(...synths: readonly ServerSynth[]): void {
    for (const synth of synths) this.#checkNode(synth);
    if (synths.length === 0) return;
    this.server.send([{ type: '/s_noid', ids: synths.map(({ id }) => id) }]);
  }

  #nameOf(def: string | SynthDef): string {
    if (typeof def === 'string') {
      checkText('Name of the synthdef', def);
      return this.server.synthDefs.serverName(def);
    }
    const name = this.server.synthDefs.sentName(def);
    if (name !== undefined) return name;
    throw new SuperColliderError(
      'unknown-synthdef',
      `The server has no synthdef "${def.name}" yet. Send it before: await server.synthDefs.ensure(def), or play(def, …), which does.`,
    );
  }

  #place({ target = this.defaultGroup, action = 'head' }: Placement): { action: AddAction; target: NodeId } {
    checkOneOf('action', action, Object.keys(AddAction));
    this.#checkNode(target);
    const isInside = action === 'head' || action === 'tail';
    if (isInside && target instanceof ServerSynth) {
      throw new SuperColliderError(
        'invalid-argument',
        `${target} is no group: nothing can be at its ${action}. Use before, after or replace.`,
      );
    }
    if (!isInside && target.id === 0) {
      throw new SuperColliderError(
        'invalid-argument',
        `Nothing can be ${action} the root. Use head or tail.`,
      );
    }
    return { action: AddAction[action], target: target.id };
  }

  #checkNode(node: ServerNode): void {
    if (node.server !== this.server) {
      throw new SuperColliderError(
        'invalid-argument',
        `${node} belongs to another server (${node.server.engine.description}).`,
      );
    }
    if (node.isFreed) {
      const { state, engine } = this.server;
      if (state === 'offline')
        throw new SuperColliderError(
          'server-offline',
          `${engine.description} is offline: nothing can be made.`,
        );
      throw new SuperColliderError(
        'stale-handle',
        `${node} is from an earlier run of the server, before a reboot.`,
      );
    }
  }

  #id({ id, permanent = false }: NodeOptions): NodeId {
    // From now on nodes are followed: a handle says whether its node is there.
    const { permanentIds, tree } = this.server;
    if (id !== undefined) {
      checkWhole('Id of the node', id, 1, 2 ** 31 - 1);
      return id;
    }
    if (!permanent) return this.server.nodeIds.allocate();
    const taken = permanentIds.reserve() as NodeId;
    tree.onEnd(taken, () => permanentIds.free(taken));
    return taken;
  }
}
