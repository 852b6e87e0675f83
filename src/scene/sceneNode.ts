/**
 * The tree as it is wanted: what React has mounted, as groups and synths.
 *
 * Children are a linked list, because React moves a thousand keyed siblings by as many single
 * insertions. The tree is strict: a wrong move throws, since it could only come from a fault of ours.
 * Nothing here talks to a server; what the server has of a node is written on it by `diff`.
 */

import type { SuperColliderErrorFacts } from '../errors.js';
import type { NodeId } from '../units.js';
import type { LiveHost } from './liveHost.js';
import { NEVER, type Start } from './moment.js';
import type { NodeHandle } from './nodeHandle.js';
import type { NodeSnapshot } from './nodeSnapshot.js';
import type { GroupProps, SynthProps } from './props.js';
import type { WireValue } from './wireValue.js';

/** Takes a node's new control to the server, together with all others of the same moment. */
export type ControlSender = (element: SceneNode, control: string, value: WireValue) => void;

/** Takes the error of an element that stays as it was, instead of its being thrown. */
export type OnWrong = (error: unknown) => void;

/** The type of an element, with its checked props. */
export type SceneNodeContent =
  | { readonly type: 'Root'; readonly props?: undefined }
  | { readonly type: 'Group'; readonly props: GroupProps }
  | { readonly type: 'Synth'; readonly props: SynthProps }
  /** Stands where a root's whole tree failed: what sounds is to be left as it is. */
  | { readonly type: 'Failed'; readonly props?: undefined }
  /** An invalid element, or one with invalid props: silent until it is right. */
  | { readonly type: 'Wrong'; readonly props?: undefined };

/**
 * The state of a node on the server: sent and not announced yet, there, or ended by itself.
 *
 * A node that has ended is never set or freed again, and stays silent until its def changes.
 */
export type NodeState = 'sent' | 'there' | 'ended';

/**
 * An element of the scene.
 *
 * A piece may mount thousands of elements in one go. So one field leads to all that few elements need, and
 * fields that are used together stand together.
 */
export abstract class SceneNode {
  declare type: SceneNodeContent['type'];
  /** As its type says: of a group or a synth. */
  declare props: GroupProps | SynthProps | undefined;

  /** The cached snapshot; `undefined` when something at or below this node changed, `null` for none. */
  declare snapshot: NodeSnapshot | null | undefined;
  /** The snapshot that the server has. */
  declare sentSnapshot: NodeSnapshot | undefined;
  /**
   * The stage that the node waits for before it may sound first: everything asynchronous of its own commit.
   */
  declare stage: Stage | undefined;
  /** The node's id on the server; `undefined` while it has none. */
  declare id: NodeId | undefined;
  declare state: NodeState;
  declare start: Start;

  declare parent: SceneNode | undefined;
  declare previous: SceneNode | undefined;
  declare next: SceneNode | undefined;
  declare firstChild: SceneNode | undefined;
  declare lastChild: SceneNode | undefined;

  /** Hidden by Suspense or Activity: on the server, paused. */
  declare isHidden: boolean;
  /** Indices among its siblings before and after the change that is being compared; -1 otherwise. */
  declare previousIndex: number;
  declare nextIndex: number;
  /** Released nodes of our own that are still in this group; `undefined` when none was released in or below it. */
  declare releasingNodes: Set<NodeId> | undefined;
  /** The values that a handle set past React. */
  declare overrides: Overrides | undefined;
  /** The ref of the element. */
  declare handle: NodeHandle | undefined;

  /**
   * Fields that are initialized where they are declared are set by a function of their own when another class extends
   * this one. V8 calls it for each object, which made this take three times as long (38 ns, and 13 ns so; Node 20).
   */
  constructor(type: SceneNodeContent['type'], props: GroupProps | SynthProps | undefined) {
    this.type = type;
    this.props = props;
    this.snapshot = undefined;
    this.sentSnapshot = undefined;
    this.stage = undefined;
    this.id = undefined;
    this.state = 'sent';
    this.start = NEVER;
    this.parent = undefined;
    this.previous = undefined;
    this.next = undefined;
    this.firstChild = undefined;
    this.lastChild = undefined;
    this.isHidden = false;
    this.previousIndex = -1;
    this.nextIndex = -1;
    this.releasingNodes = undefined;
    this.overrides = undefined;
    this.handle = undefined;
  }

  /** The names and types from the root down, such as `/drums/Synth[2]`. */
  abstract path(): string;

  /** The React components above, the nearest first. */
  abstract components(): readonly string[];

  /** These and the elements among them, one a line, as React prints them. */
  abstract componentStack(): string;

  /** The places where it was written, as lines of a stack, when React knows them. */
  abstract ownerStack(): string | undefined;

  /** Becomes another element, or one with other props. */
  become({ type, props }: SceneNodeContent): void {
    this.type = type;
    this.props = props;
    this.touch();
  }

  /** The element's `name` prop. */
  get name(): string | undefined {
    return this.props?.name;
  }

  /** True when the server has this node now, as far as we know. */
  get isAlive(): boolean {
    return this.id !== undefined && this.state !== 'ended';
  }

  /** The root of the tree that it is in, or of the part that was taken out with it. */
  get top(): SceneNode {
    let node: SceneNode = this;
    while (node.parent) node = node.parent;
    return node;
  }

  /** The root that it is mounted in. */
  get root(): RootNode | undefined {
    const { top } = this;
    return top instanceof RootNode ? top : undefined;
  }

  /** The facts of an error about the origin of the element. */
  facts(): SuperColliderErrorFacts {
    const { id, props } = this;
    return {
      ...this.whereabouts(),
      ...(id !== undefined && { node: id }),
      ...(props && { props: props as Readonly<Record<string, unknown>> }),
    };
  }

  /** The facts about its place, for errors. */
  whereabouts(): SuperColliderErrorFacts {
    return { path: this.path(), componentStack: this.componentStack(), ownerStack: this.ownerStack() };
  }

  /** Adds `child` as the last one; a child of this node moves there. */
  append(child: SceneNode): void {
    adopt(this, child);
    child.previous = this.lastChild;
    if (this.lastChild) this.lastChild.next = child;
    else this.firstChild = child;
    this.lastChild = child;
    this.touch();
  }

  /** Puts `child` before `sibling`, a child of this node. */
  insertBefore(child: SceneNode, sibling: SceneNode): void {
    if (sibling.parent !== this)
      throw new Error(`insertBefore: ${sibling.type} is no child of this ${this.type}`);
    if (child === sibling) return;
    adopt(this, child);
    child.previous = sibling.previous;
    child.next = sibling;
    if (sibling.previous) sibling.previous.next = child;
    else this.firstChild = child;
    sibling.previous = child;
    this.touch();
  }

  remove(child: SceneNode): void {
    if (child.parent !== this) throw new Error(`remove: ${child.type} is no child of this ${this.type}`);
    unlink(this, child);
    this.touch();
  }

  /** Takes all children out. */
  clear(): void {
    while (this.firstChild) unlink(this, this.firstChild);
    this.touch();
  }

  /** Called before a node is made on the server: its snapshot takes values that depend on the time. */
  beforeNew?(snapshot: NodeSnapshot): void;

  /** Says that something at or below this node changed. */
  touch(): void {
    let node: SceneNode | undefined = this;
    while (node && node.snapshot !== undefined) {
      node.snapshot = undefined;
      node = node.parent;
    }
  }

  /** Says that anything may have changed below: a synthdef or buffer was loaded, an index given. */
  touchAll(): void {
    this.snapshot = undefined;
    for (let child = this.firstChild; child; child = child.next) child.touchAll();
  }
}

/** Makes `child` one of `parent`'s, to be linked in. */
function adopt(parent: SceneNode, child: SceneNode): void {
  if (child.parent === parent) unlink(parent, child);
  else if (child.parent) throw new Error(`append: ${child.type} already is in another ${child.parent.type}`);
  child.parent = parent;
}

function unlink(parent: SceneNode, child: SceneNode): void {
  if (child.previous) child.previous.next = child.next;
  else parent.firstChild = child.next;
  if (child.next) child.next.previous = child.previous;
  else parent.lastChild = child.previous;
  child.parent = child.previous = child.next = undefined;
}

/** The tree itself: the group that everything of a root goes into. */
export class RootNode extends SceneNode {
  /** Synths whose snapshots took values that the server does not have yet. */
  #dirtySynths: SceneNode[] = [];
  /** The group of the root's own nodes, before all that React has mounted; `undefined` while there is none. */
  head: SceneNode | undefined;
  /** The scene of the tree, for values that move. */
  host: LiveHost | undefined;
  /** Counts renderings from outside: each reports again the errors that are still there. */
  generation = 0;

  /**
   * @param sendControl - The way to the server past React.
   * @param onInvalid - Where errors of elements go that are to stay as they were; they are thrown without it.
   */
  constructor(
    readonly sendControl: ControlSender,
    readonly onInvalid?: OnWrong | undefined,
  ) {
    super('Root', undefined);
  }

  /** The first element that React has mounted. */
  get firstMounted(): SceneNode | undefined {
    return this.head ? this.head.next : this.firstChild;
  }

  /** Puts a group before everything else. */
  addHead(head: SceneNode): void {
    if (this.firstChild) {
      head.next = this.firstChild;
      this.firstChild.previous = head;
    } else this.lastChild = head;
    this.firstChild = head;
    head.parent = this;
    this.head = head;
    this.touch();
  }

  removeHead(): void {
    this.remove(this.head!);
    this.head = undefined;
  }

  /** Takes out what React has mounted. */
  override clear(): void {
    while (this.firstMounted) unlink(this, this.firstMounted);
    this.touch();
  }

  addDirtySynth(synth: SceneNode): void {
    this.#dirtySynths.push(synth);
  }

  /** Returns those synths and forgets them. */
  takeDirtySynths(): readonly SceneNode[] {
    const synths = this.#dirtySynths;
    if (synths.length > 0) this.#dirtySynths = [];
    return synths;
  }

  override path(): string {
    return '/';
  }

  override components(): readonly string[] {
    return [];
  }

  override componentStack(): string {
    return '';
  }

  override ownerStack(): undefined {}
}

/** Controls that a handle set past React: each holds until the prop of its name changes. */
export class Overrides {
  /** For a node that is made again. */
  readonly #values = new Map<string, WireValue>();
  /** Names and values in turn that were set since the last bundle. */
  pending: WireValue[] | undefined;

  valueOf(name: string): WireValue | undefined {
    return this.#values.get(name);
  }

  set(name: string, value: WireValue): void {
    this.#values.set(name, value);
  }

  propChanged(name: string): void {
    this.#values.delete(name);
  }
}

/** The stage that the new nodes of one commit wait for together, so that they begin at one time. */
export interface Stage {
  isDone: boolean;
}
