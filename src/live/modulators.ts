/**
 * The synths of modulators: a bus and a small synth each, in a group before everything else of the root.
 *
 * A modulator runs as long as an element has it among its controls, and until the last synth that follows it has
 * ended. The same object in several controls is one synth. A modulator of a later render with an equal graph takes
 * over the synth of the one before, and only changed controls are sent.
 */

import { BusHandle, BusMap } from '../scene/handles.js';
import { Modulator } from '../scene/modulator.js';
import type { NodeSnapshot } from '../scene/nodeSnapshot.js';
import type { SynthProps } from '../scene/props.js';
import { valueGiven } from '../scene/readProps.js';
import { type ControlPlace, placeName } from '../scene/resolve.js';
import { type RootNode, SceneNode, type SceneNodeContent } from '../scene/sceneNode.js';
import type { SynthDef } from '../synthdef/index.js';
import type { UnixTime } from '../units.js';
import type { Definitions } from './resources/definitions.js';
import type { Resources } from './resources/resources.js';

export interface ModulatorsOptions {
  readonly root: RootNode;
  readonly definitions: Definitions;
  readonly resources: Resources;
  /** True while a synth that left the tree sounds through the bus. */
  readonly isLeavingThrough: (bus: BusHandle) => boolean;
  /** The time of the commit that is being made. */
  readonly now: () => UnixTime;
}

const FIRST_LOOK = 32;

/** Makes the snapshot of a modulator's synth; `undefined` while something that it needs is not loaded. */
export type SnapshotOf = (node: SceneNode) => NodeSnapshot | undefined;

/** A modulator that has a bus and a synth. */
interface Running {
  modulator: Modulator;
  readonly def: SynthDef;
  readonly bus: BusHandle;
  readonly node: ModulatorNode;
  uses: ControlPlace[];
  /** Uses at which those of elements that are gone are dropped: notes come and go by the thousand. */
  look: number;
  readonly unmountBus: () => void;
}

export class Modulators {
  readonly #options: ModulatorsOptions;
  readonly #running = new Set<Running>();
  readonly #ofModulator = new WeakMap<Modulator, Running>();
  /** By element, and by the place among its controls. */
  readonly #ofUse = new WeakMap<SceneNode, Map<string, Running>>();

  constructor(options: ModulatorsOptions) {
    this.#options = options;
  }

  /**
   * The map to the bus of a modulator, which runs from the next commit on.
   *
   * @returns `undefined` while the server does not have everything that the modulator needs.
   * @throws SuperColliderError `out-of-ids` when the server has no bus left.
   */
  get(modulator: Modulator, use: ControlPlace, snapshotOf: SnapshotOf): BusMap | undefined {
    const def = this.#options.definitions.find(modulator.def)!;
    const running =
      this.#ofModulator.get(modulator) ??
      (modulator.isFresh ? undefined : this.#takeOver(modulator, def, use)) ??
      this.#begin(modulator, def, use);
    this.#addUse(running, use);
    this.#putBefore(running, use.element);
    if (!snapshotOf(running.node)) return undefined;
    return new BusMap(running.bus, modulator.rate);
  }

  /** Takes the synths away that nothing follows any more; returns true when there were some. */
  collect(): boolean {
    let isAny = false;
    for (const running of this.#running) {
      if (this.#isFollowed(running) || this.#options.isLeavingThrough(running.bus)) continue;
      this.#end(running);
      isAny = true;
    }
    return isAny;
  }

  #takeOver(modulator: Modulator, def: SynthDef, use: ControlPlace): Running | undefined {
    const running = this.#ofUse.get(use.element)?.get(placeName(use));
    if (!running || running.def !== def || !this.#running.has(running)) return undefined;
    const isWanted = running.uses.some(
      (other) => isMounted(other, this.#options.root) && valueGiven(other) === running.modulator,
    );
    if (isWanted) return undefined;
    this.#ofModulator.delete(running.modulator);
    running.modulator = modulator;
    this.#ofModulator.set(modulator, running);
    running.node.become({ type: 'Synth', props: propsOf(modulator, running.bus, placeName(use)) });
    running.node.modulator = modulator;
    return running;
  }

  #begin(modulator: Modulator, def: SynthDef, use: ControlPlace): Running {
    const { rate, channels } = modulator;
    const place = placeName(use);
    const bus = new BusHandle({ rate, channels, name: `modulator of ${place}` });
    const unmountBus = this.#options.resources.mountNow(bus);
    const node = new ModulatorNode(
      { type: 'Synth', props: propsOf(modulator, bus, place) },
      use.element,
      this.#options.now,
    );
    node.modulator = modulator;
    const running: Running = { modulator, def, bus, node, uses: [], look: FIRST_LOOK, unmountBus };
    this.#head().append(node);
    this.#running.add(running);
    this.#ofModulator.set(modulator, running);
    return running;
  }

  #end(running: Running): void {
    const { root } = this.#options;
    this.#running.delete(running);
    if (this.#ofModulator.get(running.modulator) === running) this.#ofModulator.delete(running.modulator);
    root.head!.remove(running.node);
    running.unmountBus();
    if (!root.head!.firstChild) root.removeHead();
  }

  #head(): SceneNode {
    const { root } = this.#options;
    if (!root.head)
      root.addHead(
        new ModulatorNode({ type: 'Group', props: { name: 'modulators' } }, root, this.#options.now),
      );
    return root.head!;
  }

  #addUse(running: Running, use: ControlPlace): void {
    const place = placeName(use);
    const places = this.#ofUse.get(use.element) ?? new Map<string, Running>();
    if (places.get(place) === running) return;
    this.#ofUse.set(use.element, places.set(place, running));
    if (running.uses.length >= running.look) {
      running.uses = running.uses.filter((other) => isMounted(other, this.#options.root));
      running.look = FIRST_LOOK + 2 * running.uses.length;
    }
    running.uses.push(use);
  }

  /** A modulator of a modulator is computed before it. */
  #putBefore(running: Running, user: SceneNode): void {
    const { head } = this.#options.root;
    if (user.parent !== head || isBefore(running.node, user)) return;
    head!.insertBefore(running.node, user);
    for (const nested of modulatorsIn(running.modulator)) {
      const other = this.#ofModulator.get(nested);
      if (other) this.#putBefore(other, running.node);
    }
  }

  #isFollowed({ modulator, bus, node, uses }: Running): boolean {
    return uses.some((use) => {
      if (!isMounted(use, this.#options.root)) return false;
      // Its definition is on the way to the server.
      if (!node.sentSnapshot && valueGiven(use) === modulator) return true;
      const { snapshot, sentSnapshot } = use.element;
      return [snapshot, sentSnapshot].some((each) => each?.kind === 'synth' && each.uses.includes(bus));
    });
  }
}

/** A node that a root makes for a modulator; its origin is the element with the modulator. */
class ModulatorNode extends SceneNode {
  /** `undefined` for the group of all. */
  modulator: Modulator | undefined;
  readonly #origin: SceneNode;
  readonly #now: () => UnixTime;

  constructor({ type, props }: SceneNodeContent, origin: SceneNode, now: () => UnixTime) {
    super(type, props);
    this.#origin = origin;
    this.#now = now;
  }

  override beforeNew(snapshot: NodeSnapshot): void {
    this.modulator?.prepare?.(snapshot, this.#now());
  }

  override path(): string {
    return this.type === 'Group' ? '/modulators' : `/modulators/${this.name}`;
  }

  override components(): readonly string[] {
    return this.#origin.components();
  }

  override componentStack(): string {
    return this.#origin.componentStack();
  }

  override ownerStack(): string | undefined {
    return this.#origin.ownerStack();
  }
}

const propsOf = ({ def, controls }: Modulator, out: BusHandle, name: string): SynthProps => ({
  def,
  name,
  exit: 'free',
  controls: { ...controls, out },
});

const isMounted = ({ element }: ControlPlace, root: RootNode): boolean => element.root === root;

const modulatorsIn = ({ controls }: Modulator): Modulator[] =>
  Object.values(controls)
    .flat()
    .filter((part): part is Modulator => part instanceof Modulator);

function isBefore(node: SceneNode, other: SceneNode): boolean {
  for (let next = node.next; next; next = next.next) if (next === other) return true;
  return false;
}
