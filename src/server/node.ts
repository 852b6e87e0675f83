/** Nodes of a server, as handles: what can be done with synths and groups alike once they are there. */

import { AddAction, type Command } from '../commands/index.js';
import { SuperColliderError } from '../errors.js';
import type { NodeId, Seconds } from '../units.js';
import { ServerBus } from './buses.js';
import { checkControl, checkNumber, checkNumbers, checkOneOf, checkSeconds, checkWhole } from './checks.js';
import type { Client } from './client.js';
import { controlPairs, type MapTarget, type ServerControls } from './controlValues.js';
import type { ServerGroup } from './group.js';
import type { NodeState } from './nodeTree.js';
import { setResponsiveTimeout } from './responsiveTimeout.js';
import { ServerHandle } from './serverHandle.js';

/**
 * Handle of a node on a server, a synth or a group: moves, pauses, releases and frees it.
 *
 * A handle is stale after `free` and after a reboot; its methods then throw `stale-handle`. A node may end by itself at any
 * time, so methods of a node that has ended throw nothing: the server ignores them.
 */
export abstract class ServerNode extends ServerHandle {
  #isPaused = false;
  #hasEnded = false;

  constructor(
    server: Client,
    readonly id: NodeId,
    isPaused = false,
  ) {
    super(server);
    this.#isPaused = isPaused;
  }

  /** The last state that the server reported; `undefined` before the node began and after it ended. */
  get state(): NodeState | undefined {
    return this.isFreed ? undefined : this.server.tree.get(this.id);
  }

  /** Follows a node that was just made here: who waits for its end later hears of it, too. @internal */
  follow(): this {
    this.server.tree.onEnd(this.id, () => {
      this.#hasEnded = true;
    });
    return this;
  }

  /** True when the node was freed or has ended, or when its server is gone or was rebooted. */
  override get isFreed(): boolean {
    return super.isFreed || this.#hasEnded;
  }

  /** True from its `/n_go` to its `/n_end`. */
  get isPlaying(): boolean {
    return this.state !== undefined;
  }

  /** False while it is paused. */
  get isRunning(): boolean {
    return this.state?.isRunning === true;
  }

  /** The group that it is in. */
  get parent(): NodeId | undefined {
    return this.state?.parent;
  }

  /** Sets controls; of a group, those of all synths in it. A mapping of the control ends. Sends `/n_set`. */
  set(controls: ServerControls): void {
    this.check();
    const pairs = controlPairs(this.server, String(this), controls);
    if (pairs.length > 0) this.server.send([{ type: '/n_set', id: this.id, controls: pairs }]);
  }

  /** Sets slots in a row, from a control on, by its name or index. Sends `/n_setn`. */
  setRange(control: string | number, values: readonly number[]): void {
    this.check();
    checkControl(String(this), control);
    checkNumbers(`${this}: values of "${control}"`, values);
    this.server.send([{ type: '/n_setn', id: this.id, controls: [[control, values]] }]);
  }

  /**
   * Sets `count` slots from a control on to one value. Sends `/n_setn`: `/n_fill` sets them to 0 or to something else
   * in scsynth 3.13.
   */
  fill(control: string | number, count: number, value: number): void {
    checkWhole(`${this}: count`, count, 1, 1024);
    this.setRange(control, new Array<number>(count).fill(value));
  }

  /**
   * Maps controls to buses, all channels of each; `undefined` ends a mapping, and the value stays. Sends `/n_mapn` and
   * `/n_mapan`.
   */
  map(controls: Readonly<Record<string, MapTarget>>): void {
    this.check();
    const kr: [string, number, number][] = [];
    const ar: [string, number, number][] = [];
    for (const [name, bus] of Object.entries(controls)) {
      if (bus instanceof ServerBus) {
        bus.checkFor(this.server);
        (bus.rate === 'audio' ? ar : kr).push([name, bus.index, bus.channels]);
      } else {
        if (bus !== undefined) checkWhole(`${this}: bus of "${name}"`, bus, -1);
        kr.push([name, bus ?? -1, 1]);
      }
    }
    const commands: Command[] = [];
    if (kr.length > 0) commands.push({ type: '/n_mapn', id: this.id, controls: kr });
    if (ar.length > 0) commands.push({ type: '/n_mapan', id: this.id, controls: ar });
    this.server.send(commands);
  }

  /**
   * Stops it without a sound, or lets it go on. Sends `/n_run`; to pause twice sends it once.
   *
   * @throws SuperColliderError `unsupported` for the root of supernova, which would crash.
   */
  run(running = true): void {
    this.check();
    checkOneOf(`${this}: running`, running, [true, false]);
    if (this.id === 0 && this.server.engine.kind === 'supernova') {
      throw new SuperColliderError(
        'unsupported',
        'supernova 3.13 crashes when its root is paused. Pause the default group, or groups of your own.',
      );
    }
    // A synth that is paused twice before its first block and then resumed crashes scsynth 3.13.
    if (!running && this.#isPaused) return;
    this.#isPaused = !running;
    this.server.send([{ type: '/n_run', nodes: [[this.id, running]] }]);
  }

  /** Pauses the node: it keeps its place and computes nothing. Sends `/n_run 0`. */
  pause(): void {
    this.run(false);
  }

  /** Runs a paused node again. Sends `/n_run 1`. */
  resume(): void {
    this.run(true);
  }

  /** Sends `/n_before`. */
  moveBefore(target: ServerNode): void {
    this.#move(target, AddAction.before, { type: '/n_before', moves: [[this.id, target.id]] });
  }

  /** Sends `/n_after`. */
  moveAfter(target: ServerNode): void {
    this.#move(target, AddAction.after, { type: '/n_after', moves: [[this.id, target.id]] });
  }

  /** Sends `/g_head`. */
  moveToHead(group: ServerGroup): void {
    this.#move(group, AddAction.head, { type: '/g_head', moves: [[group.id, this.id]] });
  }

  /** Sends `/g_tail`. */
  moveToTail(group: ServerGroup): void {
    this.#move(group, AddAction.tail, { type: '/g_tail', moves: [[group.id, this.id]] });
  }

  /** Ends it at once. Sends `/n_free`. */
  free(): void {
    this.check();
    this.server.send([{ type: '/n_free', id: this.id }]);
  }

  /**
   * Sets its gate to 0, so that it ends as its envelope says; of a group, all gates in it. Sends `/n_set gate`.
   *
   * @param time - Seconds that it is to take instead of the envelope's own release; 0 = as fast as it can.
   */
  release(time?: Seconds): void {
    this.check();
    if (time !== undefined) checkNumber(`${this}: release time`, time);
    const gate = time === undefined ? 0 : time <= 0 ? -1 : -(time + 1);
    this.server.send([{ type: '/n_set', id: this.id, controls: ['gate', gate] }]);
  }

  /** Prints what it computes in one control period on the server's output. Sends `/n_trace`. */
  trace(): void {
    this.check();
    this.server.send([{ type: '/n_trace', ids: [this.id] }]);
  }

  /**
   * The node's present state. Sends `/n_query`. @throws SuperColliderError `command-failed` for a node that
   * does not exist.
   */
  async query(): Promise<Omit<NodeState, 'isRunning'>> {
    this.check();
    const { args } = await this.server.request({ type: '/n_query', ids: [this.id] });
    const [id, parent, previous, next, isGroup, head = -1, tail = -1] = args as NodeId[];
    return {
      id: id!,
      parent: parent!,
      previous: previous!,
      next: next!,
      isGroup: Number(isGroup) === 1,
      head: head as NodeId,
      tail: tail as NodeId,
    };
  }

  /**
   * Resolves when it has ended; at once when one that was made here has already.
   *
   * @throws SuperColliderError `timeout` when it has not after `timeout` seconds. @default waits for ever
   */
  async ended(timeout?: Seconds): Promise<void> {
    if (timeout !== undefined) checkSeconds(`${this}: timeout`, timeout);
    if (this.isFreed) return;
    await new Promise<void>((resolve, reject) => {
      const stopWaiting =
        timeout === undefined
          ? undefined
          : setResponsiveTimeout(timeout, () => {
              end();
              reject(
                new SuperColliderError('timeout', `${this} has not ended within ${timeout} s.`, {
                  node: this.id,
                }),
              );
            });
      const end = this.server.tree.onEnd(this.id, () => {
        stopWaiting?.();
        resolve();
      });
    });
  }

  /** Calls once when it has ended, soon when it has already. Returns the function that takes it back. */
  onEnd(listener: () => void): () => void {
    if (!this.isFreed) return this.server.tree.onEnd(this.id, listener);
    let isWanted = true;
    queueMicrotask(() => {
      if (isWanted) listener();
    });
    return () => {
      isWanted = false;
    };
  }

  #move(target: ServerNode, action: AddAction, command: Command): void {
    this.check();
    target.checkFor(this.server);
    // supernova 3.13 puts a node in the wrong place with /n_before and /n_after across groups, but not with /n_order.
    // When the first node of /n_order stays in its group, scsynth sends no notification of it.
    const isMisplaced = this.server.engine.kind === 'supernova';
    this.server.send([
      isMisplaced ? { type: '/n_order', action, target: target.id, ids: [this.id] } : command,
    ]);
  }
}
