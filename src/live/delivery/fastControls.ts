/**
 * Controls and bus values that are set past React: all of one microtask leave together.
 */

import type { Command } from '../../commands/command.js';
import { SetControls } from '../../commands/slotControls.js';
import { setControls } from '../../scene/controls.js';
import { Overrides, type SceneNode } from '../../scene/sceneNode.js';
import type { WireValue } from '../../scene/wireValue.js';
import type { BusIndex } from '../../units.js';

export interface FastControlsOptions {
  /** True when the server has to catch up: values wait then, so that later ones supersede them. */
  readonly isBusy: () => boolean;
  /** @param areThere - True when the server has all nodes that are set, so that nothing need be waited for. */
  readonly send: (commands: readonly Command[], areThere: boolean) => void;
  /** Makes the commit that somebody wanted. */
  readonly commit: () => void;
}

/** Milliseconds until values for a busy server are tried again: about a period of its sound device. */
const BUSY_MS = 5;

/** Adds the command for what was set of a node. One number, as a rule, has a message that is only to be filled in. */
function addControls({ id, overrides, sentSnapshot }: SceneNode, commands: Command[]): void {
  const pending = overrides!.pending!;
  const [name, value] = pending;
  if (pending.length === 2 && typeof value === 'number' && sentSnapshot?.kind === 'synth') {
    const { slotOfProp, layout } = sentSnapshot.table;
    const slot = slotOfProp.get(name as string);
    if (slot !== undefined) {
      commands.push(new SetControls(layout.noSlots.with(slot), [value], id!));
      return;
    }
  }
  setControls(id!, pending, commands);
}

export class FastControls {
  readonly #options: FastControlsOptions;
  /** Nodes with controls that were set since the last bundle. */
  #nodes: SceneNode[] = [];
  readonly #buses = new Map<number, readonly number[]>();
  /** True when there is something to send. */
  #isDue = false;
  #isCommitDue = false;
  readonly #flush = () => this.flush();
  readonly #now = Promise.resolve();
  /** Until the server is tried again. */
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(options: FastControlsOptions) {
    this.#options = options;
  }

  set(element: SceneNode, name: string, value: WireValue): void {
    this.#flushSoon();
    element.overrides ??= new Overrides();
    const { pending } = element.overrides;
    if (!pending) {
      element.overrides.pending = [name, value];
      this.#nodes.push(element);
    } else {
      let at = 0;
      while (at < pending.length && pending[at] !== name) at += 2;
      pending[at] = name;
      pending[at + 1] = value;
    }
  }

  setBus(index: BusIndex, values: readonly number[]): void {
    this.#flushSoon();
    this.#buses.delete(index); // the last one comes last
    this.#buses.set(index, values);
  }

  /** Has a commit made behind what was set. */
  commitSoon(): void {
    this.#flushSoon();
    this.#isCommitDue = true;
  }

  /** Sends what was set. */
  flush(): void {
    if (!this.#isDue) return;
    if (this.#options.isBusy()) {
      this.#retry ??= setTimeout(() => {
        this.#retry = undefined;
        this.flush();
      }, BUSY_MS);
      return;
    }
    this.#isDue = false;
    const commands: Command[] = [];
    if (this.#buses.size > 0) commands.push({ type: '/c_setn', ranges: [...this.#buses] });
    this.#buses.clear();
    let areThere = true;
    const nodes = this.#nodes;
    this.#nodes = [];
    for (const element of nodes) {
      if (element.isAlive) {
        areThere &&= element.state === 'there';
        addControls(element, commands);
      }
      element.overrides!.pending = undefined;
    }
    if (commands.length > 0) this.#options.send(commands, areThere);
    if (!this.#isCommitDue) return;
    this.#isCommitDue = false;
    this.#options.commit();
  }

  /** The server is gone: what was set comes with the nodes when it is back. Or the tree is gone. */
  clear(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    for (const element of this.#nodes) element.overrides!.pending = undefined;
    this.#nodes = [];
    this.#buses.clear();
    this.#isDue = false;
  }

  #flushSoon(): void {
    // Node's queueMicrotask makes an async resource for each, which takes as long as all else up to the socket.
    if (this.#isDue) return;
    this.#isDue = true;
    void this.#now.then(this.#flush);
  }
}
