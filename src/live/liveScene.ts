/**
 * A scene on a server: takes changes of the tree, and messages of the server, to one bundle after another.
 * React is not known here.
 *
 * New nodes of a commit that needs something asynchronous begin together, when all of it is loaded. Nodes
 * that sound already go on during the loading, and take their changes at once.
 */

import type { SuperColliderError } from '../errors.js';
import type { LiveHost } from '../scene/liveHost.js';
import { countNodes } from '../scene/nodeSnapshot.js';
import { Placement } from '../scene/placement.js';
import { plainTree, type TreeGroup } from '../scene/plainTree.js';
import { RootNode, type SceneNode } from '../scene/sceneNode.js';
import type { WireValue } from '../scene/wireValue.js';
import type { SynthDef } from '../synthdef/index.js';
import type { Clock } from '../time/clock.js';
import type { Scheduler } from '../time/scheduler.js';
import type { Grid, Transport } from '../time/transport.js';
import type { NodeId, Seconds, UnixTime } from '../units.js';
import { Commits } from './commits.js';
import { isConnectionLost } from './connectionLost.js';
import { Delivery } from './delivery/delivery.js';
import { Frames } from './frames.js';
import type { LiveSceneOptions } from './liveSceneOptions.js';
import { Modulators } from './modulators.js';
import { ReleaseLimit } from './releaseLimit.js';
import { Definitions } from './resources/definitions.js';
import { readPieceFile } from './resources/pieceFiles.js';
import { type Resource, type ResourceOwner, Resources } from './resources/resources.js';
import { RootTransport } from './rootTransport.js';
import type { ElementInfo, SceneContext } from './sceneContext.js';
import type { SceneServer } from './sceneServer.js';
import { ServerEvents } from './serverEvents.js';

export class LiveScene implements SceneContext, LiveHost {
  readonly root: RootNode;
  readonly resources: Resources;
  readonly definitions: Definitions;
  readonly frames: Frames;
  readonly transports = new Set<Transport>();
  readonly grids = new Set<{ readonly to: Grid }>();
  /** Other scenes that portals of this one lead into. */
  readonly linked = new Set<LiveScene>();

  readonly #placement: Placement;
  readonly #delivery: Delivery;
  readonly #commits: Commits;
  readonly #events: ServerEvents;
  readonly #transport: RootTransport;
  #randoms = 0;
  /** True when the root was unmounted. */
  isClosed = false;
  /** The tree as others saw it last; `undefined` when something has changed since. */
  #shown: TreeGroup | null | undefined;
  /** The time of the commit that is being made, where that commit starts the root's own transport. */
  #firstBeat: UnixTime | undefined;

  constructor(
    readonly server: SceneServer,
    readonly options: LiveSceneOptions,
  ) {
    const onInvalid = options.keepLastValid
      ? (error: unknown) => options.onFailure(error as SuperColliderError, undefined)
      : undefined;
    this.root = new RootNode(this.sendControl, onInvalid);
    this.#placement = new Placement({
      allocate: () => server.nodeIds.allocate(),
      // Another engine may be there after a reboot.
      get orderPreservesList() {
        return server.abilities.orderPreservesList;
      },
      mends: options.repairInterval < Number.POSITIVE_INFINITY,
    });
    this.#delivery = new Delivery(
      server,
      options,
      (commands, time) => this.#events.sent(commands, time),
      () => this.flush(),
    );
    this.root.host = this;
    this.frames = new Frames({
      clock: options.clock,
      scheduler: options.scheduler,
      delay: options.delay,
      now: () => this.time,
    });
    const releaseLimit = new ReleaseLimit({
      timeout: options.releaseTimeout,
      placement: this.#placement,
      now: () => this.time,
      delay: options.delay,
      send: (commands) => this.#delivery.send(commands),
      onFailure: (error) => options.onFailure(error, undefined),
    });
    this.resources = new Resources(
      server,
      (resource) => this.#placement.isInUse(resource),
      (index, values) => this.#delivery.controls.setBus(index, values),
      options.onFile,
      (error) => options.onFailure(error, undefined),
    );
    this.definitions = new Definitions(server, options.synthDefs, options.library, options.prepareSynthDef);
    const modulators = new Modulators({
      root: this.root,
      definitions: this.definitions,
      resources: this.resources,
      isLeavingThrough: (bus) => this.#placement.isLeavingThrough(bus),
      now: () => this.time,
    });
    const parts = {
      server,
      root: this.root,
      placement: this.#placement,
      resources: this.resources,
      definitions: this.definitions,
      modulators,
      delivery: this.#delivery,
      releaseLimit,
      options,
      flush: () => this.flush(),
    };
    this.#commits = new Commits(parts);
    this.#events = new ServerEvents({
      ...parts,
      now: () => this.time,
      settle: () => this.settle(),
      onChange: () => {
        this.#shown = undefined;
      },
    });
    this.#transport = new RootTransport(options.scheduler);
  }

  /** The tree that the server was last told, as data that nothing changes later; `null` for none. */
  get tree(): TreeGroup | null {
    const { tree } = this.#placement;
    if (this.#shown === undefined) this.#shown = tree && plainTree(tree);
    return this.#shown;
  }

  /** The numbers of nodes in that tree. */
  get counts(): ReturnType<typeof countNodes> {
    return countNodes(this.#placement.tree);
  }

  get fader(): SceneContext['fader'] {
    return this.definitions.fader;
  }

  get scheduler(): Scheduler {
    return this.options.scheduler;
  }

  get clock(): Clock {
    return this.options.clock;
  }

  get seed(): number {
    return this.options.seed;
  }

  get reportInvalid(): ((error: unknown) => void) | undefined {
    return this.root.onInvalid;
  }

  /**
   * The musical moment: of the commit that is being made, else the earliest that a commit made now would be
   * for. Never goes back.
   */
  get time(): UnixTime {
    return this.#delivery.time;
  }

  /** The time for the commits of now, where a caller has set one. */
  get stamp(): UnixTime | undefined {
    return this.#delivery.stamp;
  }

  set stamp(time: UnixTime | undefined) {
    this.#delivery.stamp = time;
  }

  /** True while something asynchronous is under way that nodes wait for. */
  get isLoading(): boolean {
    return this.#commits.isLoading;
  }

  /** The transport for components without a `<Transport>` above them: a beat a second. */
  get transport(): Transport {
    return this.#transport.get();
  }

  /** Numbers the sources of random numbers. React's own ids count over all roots of a process, and never come again. */
  countRandom(): number {
    return this.#randoms++;
  }

  /** Starts the root's own transport, unless it was before: the commit that does so happens at its first beat. */
  beginTransport(): void {
    this.#firstBeat = this.#transport.begin() ?? this.#firstBeat;
  }

  /** Facts of a node's element; `undefined` where there is no such node. */
  elementOf(id: NodeId): ElementInfo | undefined {
    const element = this.#placement.elementOf(id);
    return element && { name: element.name, path: element.path(), components: element.components() };
  }

  mount(resource: Resource, owner: ResourceOwner): () => void {
    return this.resources.mount(resource, owner);
  }

  addDefinition(def: SynthDef): () => void {
    return this.definitions.add(def);
  }

  definitionNamed(def: string | SynthDef): SynthDef | undefined {
    return this.definitions.named(def);
  }

  report(error: SuperColliderError): void {
    this.options.onFailure(error, undefined);
  }

  /** @throws SuperColliderError `invalid-file` when it cannot be read. */
  readFile(path: string): Uint8Array {
    return readPieceFile(this.options.readFile, path);
  }

  get readFolder() {
    return this.options.readFolder;
  }

  /** Sends the difference between the tree as wanted and the tree on the server. */
  flush(): void {
    const { stamp } = this;
    this.stamp ??= this.#firstBeat;
    this.#firstBeat = undefined;
    this.#shown = undefined;
    this.#commits.send();
    this.stamp = stamp;
  }

  /** Reports again what is still wrong, with the next commit. */
  forgetErrors(): void {
    this.#commits.forgetErrors();
  }

  commitSoon(): void {
    this.#delivery.controls.commitSoon();
  }

  /** Takes a control past the tree. */
  readonly sendControl = (element: SceneNode, name: string, value: WireValue): void => {
    this.#shown = undefined;
    this.#delivery.controls.set(element, name, value);
  };

  /** Sends what was set past the tree. */
  flushControls(): void {
    this.#delivery.controls.flush();
  }

  /** Sends what waits for others of its moment. */
  flushOutbox(): void {
    this.#delivery.flush();
  }

  /** Resolves when nothing is being loaded and the server has carried out what it was sent. */
  async settle(): Promise<void> {
    await this.#commits.loaded();
    if (this.server.state !== 'online') return;
    await this.server.sync().catch((error) => {
      // The server went away: commands that it did not carry out leave with all others when it is back.
      if (!isConnectionLost(error)) throw error;
    });
  }

  /** Resolves when the last released node has ended, or when `timeout` is over. */
  silence(timeout: Seconds): Promise<void> {
    return this.#events.silence(timeout);
  }

  /** Ends the connection to the server's replies. */
  close(): void {
    this.isClosed = true;
    this.frames.close();
    this.#commits.close();
    this.#delivery.controls.clear();
    this.#events.close();
  }
}
