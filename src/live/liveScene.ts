/**
 * A scene on a server: takes changes of the tree, and messages of the server, to one bundle after another.
 * React is not known here.
 *
 * New nodes of a commit that needs something asynchronous begin together, when all of it is loaded. Nodes
 * that sound already go on during the loading, and take their changes at once.
 */

import type { SuperColliderError } from '../errors.js';
import { LatePart } from '../latePart.js';
import { countNodes, endsByItself } from '../scene/nodeSnapshot.js';
import { Placement } from '../scene/placement.js';
import { plainTree, type TreeGroup } from '../scene/plainTree.js';
import type { EndReason, SynthProps } from '../scene/props.js';
import { RootNode, type SceneNode } from '../scene/sceneNode.js';
import {
  type SceneContext as SnapshotContext,
  snapshotNode,
  snapshotRoot,
  unsentBelow,
} from '../scene/snapshot.js';
import type { WireValue } from '../scene/wireValue.js';
import type { SynthDef } from '../synthdef/index.js';
import type { Clock } from '../time/clock.js';
import type { Scheduler } from '../time/scheduler.js';
import type { Transport } from '../time/transport.js';
import type { NodeId, Seconds, UnixTime } from '../units.js';
import { isConnectionLost } from './connectionLost.js';
import { Delivery } from './delivery/delivery.js';
import { type ElementError, ReportedErrors } from './diagnostics/reportedErrors.js';
import { ServerErrors } from './diagnostics/serverErrors.js';
import { Frames } from './frames.js';
import type { LiveSceneOptions } from './liveSceneOptions.js';
import { Modulators } from './modulators.js';
import { NodeRoom } from './nodeRoom.js';
import { Outage } from './outage.js';
import { ReleaseLimit } from './releaseLimit.js';
import { ReleaseWaiter } from './releaseWaiter.js';
import { Definitions } from './resources/definitions.js';
import { readPieceFile } from './resources/pieceFiles.js';
import { type Resource, type ResourceOwner, Resources } from './resources/resources.js';
import { RootTransport } from './rootTransport.js';
import type { ElementInfo, SceneContext } from './sceneContext.js';
import type { SceneServer } from './sceneServer.js';
import { Stages } from './stages.js';

export class LiveScene implements SceneContext {
  readonly root: RootNode;
  readonly resources: Resources;
  readonly definitions: Definitions;
  readonly frames: Frames;
  /** Other scenes that portals of this one lead into. */
  readonly linked = new Set<LiveScene>();

  readonly #placement: Placement;
  readonly #room: NodeRoom;
  readonly #serverErrors: ServerErrors;
  readonly #stages = new Stages();
  readonly #delivery: Delivery;
  readonly #releaseLimit: ReleaseLimit;
  readonly #errors: ReportedErrors;
  readonly #modulators: Modulators;
  readonly #subscriptions: (() => void)[];
  readonly #releases: ReleaseWaiter;
  readonly #outage: Outage;
  readonly #transport: RootTransport;
  #randoms = 0;
  /** The tree as others saw it last; `undefined` when something has changed since. */
  #shown: TreeGroup | null | undefined;
  /** True when the tree had more nodes than fit. */
  #isFull = false;
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
    this.#room = new NodeRoom(server.nodeLimit, this.#placement);
    this.#delivery = new Delivery(server, options, (commands, time) =>
      this.#serverErrors.sent(commands, time),
    );
    this.frames = new Frames({
      clock: options.clock,
      scheduler: options.scheduler,
      delay: options.delay,
      now: () => this.time,
    });
    this.#releaseLimit = new ReleaseLimit({
      timeout: options.releaseTimeout,
      placement: this.#placement,
      now: () => this.time,
      delay: options.delay,
      send: (commands) => this.#delivery.send(commands),
      onFailure: (error) => options.onFailure(error, undefined),
    });
    this.#releases = new ReleaseWaiter(() => !this.#placement.isLeaving);
    this.#outage = new Outage({
      now: () => options.clock.now(),
      settle: () => this.settle(),
      isOnline: () => server.state === 'online',
      onRecover: options.onRecover,
    });
    this.resources = new Resources(
      server,
      (resource) => this.#placement.isInUse(resource),
      (index, values) => this.#delivery.controls.setBus(index, values),
      options.onFile,
      (error) => options.onFailure(error, undefined),
    );
    this.definitions = new Definitions(server, options.synthDefs, options.library, options.prepareSynthDef);
    this.#modulators = new Modulators({
      root: this.root,
      definitions: this.definitions,
      resources: this.resources,
      isLeavingThrough: (bus) => this.#placement.isLeavingThrough(bus),
    });
    this.#errors = new ReportedErrors(options.onFailure);
    this.#transport = new RootTransport(options.scheduler);
    this.#serverErrors = new ServerErrors({
      server,
      placement: this.#placement,
      options,
      now: () => this.time,
      onGone: (id) => this.#ended(id),
    });
    this.#subscriptions = [
      server.synthDefs.addUser({
        needs: (def) => this.#needs(this.root, def),
        isQuiet: () => this.#delivery.isQuiet,
        onReplaced: (def) => this.definitions.replaced(def),
      }),
      server.on('/n_go', ({ args }) => this.#began(args[0] as NodeId)),
      server.on('/n_on', ({ args }) => this.#placement.runs(args[0] as NodeId, true)),
      server.on('/n_off', ({ args }) => this.#placement.runs(args[0] as NodeId, false)),
      server.on('/n_end', ({ args }) => this.#ended(args[0] as NodeId, args[1] === -1)),
      server.onState((state) => (state === 'online' ? this.#recovered() : this.#lost(state))),
      () => this.#serverErrors.end(),
    ];
    const repair = new LatePart(
      () => import('./repair/repair.js'),
      'repair of what a network loses',
      (error) => options.onFailure(error, undefined),
    );
    repair.with(({ Repair }) => {
      const looking = new Repair({
        server,
        placement: this.#placement,
        interval: options.repairInterval,
        commits: () => this.#delivery.commits,
        isQuiet: () => this.#delivery.isQuiet,
        moment: () => this.#delivery.moment,
        send: (commands) => this.#delivery.send(commands),
        onLook: () => {
          this.resources.release();
          this.#leftEnded();
        },
        onEnd: (id) => this.#ended(id),
      });
      this.#subscriptions.push(() => looking.stop());
    });
    this.#subscriptions.push(() => repair.end());
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
    return this.#stages.isLoading;
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

  /** Sends the difference between the tree as wanted and the tree on the server. */
  flush(): void {
    const { stamp } = this;
    this.stamp ??= this.#firstBeat;
    this.#firstBeat = undefined;
    this.#flush();
    this.stamp = stamp;
  }

  #flush(): void {
    const { root, server } = this;
    this.#shown = undefined;
    if (server.state !== 'online') return;
    // What a tree that failed was given, or one that is gone, is there for the next one.
    this.resources.release();
    if (root.firstMounted?.type === 'Failed') return;
    // Without a change of the structure there are no more nodes than before.
    if (!root.snapshot && !this.#hasRoom()) return;
    root.id = server.defaultGroup.id;
    if (this.definitions.takeChanged()) root.touchAll();
    const loads = this.resources.bind();
    const changes = this.#placement.updateControls(root);
    if (changes) this.#delivery.send(changes);
    if (!changes || loads.length > 0) this.#compare(loads);
    this.resources.release();
  }

  /** Says once that there are too many nodes, until they fit or something else is rendered. */
  #hasRoom(): boolean {
    const error = this.#room.check(this.root, this.#delivery.moment);
    if (error && !this.#isFull) this.options.onFailure(error, undefined);
    this.#isFull = error !== undefined;
    return !error;
  }

  /** Sends the difference between the trees, whatever it is. */
  #compare(loads: Promise<void>[]): void {
    const { root } = this;
    const errors: ElementError[] = [];
    const context: SnapshotContext = {
      findDef: (def) => this.definitions.find(def),
      defNames: () => this.definitions.names(),
      controlsOf: (def) => this.definitions.controlsOf(def),
      isLoaded: (def) => this.definitions.isLoaded(def),
      loadFailure: (def) => this.definitions.failure(def),
      onMissing: (def) => this.#load(def, loads),
      onError: (element, error) => errors.push([element, error]),
      modulate: (modulator, use) =>
        this.#modulators.get(modulator, use, (node) => snapshotNode(node, context, undefined)),
    };
    const snapshot = () => snapshotRoot(root, context);
    let next = snapshot();
    if (loads.length > 0 && this.#hold(loads)) next = snapshot();
    if (this.#errors.report(errors)) {
      // The error boundaries render first; what they leave is sent with the next commit, or then.
      queueMicrotask(() => queueMicrotask(() => this.flush()));
      return;
    }
    this.#delivery.send(this.#placement.update(next, this.#delivery.moment));
    if (this.#modulators.collect())
      this.#delivery.send(this.#placement.update(snapshot(), this.#delivery.moment));
    this.#releaseLimit.watch();
    if (this.#placement.isSweepDue) queueMicrotask(() => this.#placement.sweep());
  }

  /** Tells again what is still wrong, at the next `flush`. */
  forgetErrors(): void {
    this.root.generation += 1;
    this.#isFull = false;
    if (this.#errors.reset()) this.root.touchAll();
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
    await this.#stages.loaded();
    if (this.server.state !== 'online') return;
    await this.server.sync().catch((error) => {
      // The server went away: commands that it did not carry out leave with all others when it is back.
      if (!isConnectionLost(error)) throw error;
    });
  }

  /** Resolves when the last released node has ended, or when `timeout` is over. */
  silence(timeout: Seconds): Promise<void> {
    return this.#releases.wait(timeout);
  }

  /** Ends the connection to the server's replies. */
  close(): void {
    this.frames.close();
    this.#room.close();
    this.#delivery.controls.clear();
    for (const end of this.#subscriptions) end();
  }

  /** The server is back: everything is brought up again. */
  #recovered(): void {
    this.flush();
    this.#outage.end();
  }

  /** True when a synth at or below a node of the tree as it is wanted is of the definition. */
  #needs(node: SceneNode, def: SynthDef): boolean {
    if (node.type === 'Synth' && this.definitions.means((node.props as SynthProps).def, def)) return true;
    for (let child = node.firstChild; child; child = child.next) if (this.#needs(child, def)) return true;
    return false;
  }

  #load(def: SynthDef, loads: Promise<void>[]): void {
    const load = this.definitions.load(def);
    if (load) loads.push(load);
  }

  /** Holds the new nodes until the loads are decided; false when there is none to hold. */
  #hold(loads: readonly Promise<void>[]): boolean {
    const { stamp } = this;
    return this.#stages.hold(unsentBelow(this.root), loads, () => {
      this.root.touchAll();
      this.#flushFor(stamp);
    });
  }

  /** Sends elements that are loaded early at their time, and not as soon as they are loaded. */
  #flushFor(stamp: UnixTime | undefined): void {
    const before = this.stamp;
    if (stamp !== undefined && stamp > this.options.clock.now()) this.stamp = stamp;
    this.flush();
    this.stamp = before;
  }

  #began(id: NodeId): void {
    this.#placement.began(id);
    this.resources.release();
  }

  /** @param isCut - True when the server says that the end was not the node's own. */
  #ended(id: NodeId, isCut = false): void {
    this.#shown = undefined;
    const { element, commands } = this.#placement.ended(id);
    this.#delivery.send(commands);
    this.resources.release();
    if (element) tellEnd(element, isCut || !endsByItself(element.sentSnapshot) ? 'freed' : 'ended');
    this.#leftEnded();
  }

  /** Looks whether all nodes that left the tree have ended. */
  #leftEnded(): void {
    if (this.#modulators.collect()) this.flush();
    this.#releaseLimit.look();
    this.#releases.check();
  }

  #lost(state: string): void {
    if (state === 'booting') return;
    this.#shown = undefined;
    this.#outage.begin();
    const lost = this.#placement.sounding();
    this.#placement.lost(this.root);
    this.resources.lost();
    this.definitions.lost();
    this.#delivery.controls.clear();
    this.#leftEnded();
    for (const element of lost) tellEnd(element, 'lost');
  }
}

function tellEnd({ type, props }: SceneNode, reason: EndReason): void {
  if (type === 'Synth') (props as SynthProps).onEnd?.(reason);
}
