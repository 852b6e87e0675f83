/**
 * The tree as it is wanted: what React has mounted, as groups and synths.
 *
 * Children are a linked list, because React moves a thousand keyed siblings by as many single
 * insertions. The tree is strict: a wrong move throws, since it could only come from a fault of ours.
 * Nothing here talks to a server; what the server has of a node is written on it by `diff`.
 */

import type { SuperColliderErrorFacts } from '../errors.js';
import type { NodeId, UnixTime } from '../units.js';
import type { NodeHandle } from './nodeHandle.js';
import type { NodeSnapshot, SynthSnapshot } from './nodeSnapshot.js';
import type { GroupProps, SynthProps } from './props.js';
import type { Restatement } from './restate.js';
import type { WireValue } from './wireValue.js';

/** Says where elements come from, for error messages; the reconciler answers from React's fibers. */
export interface Origin {
  /** The names and types from the root down, such as `/drums/Synth[2]`. */
  path(source: unknown): string;
  /** The React components above, one a line, as React prints them. */
  componentStack(source: unknown): string;
}

/** Takes a node's new control to the server, together with all others of the same moment. */
export type ControlSender = (element: SceneNode, control: string, value: WireValue) => void;

export type SceneNodeContent =
  | { readonly type: 'Root'; readonly sendControl: ControlSender; readonly onWrong?: OnWrong | undefined }
  | { readonly type: 'Group'; readonly props: GroupProps }
  | { readonly type: 'Synth'; readonly props: SynthProps }
  /** Stands where a root's whole tree failed: what sounds is to be left as it is. */
  | { readonly type: 'Failed' }
  /** Is silent until it is right: what is no element of ours, or has props that are none. */
  | { readonly type: 'Wrong' };

/** Takes the error of an element that stays as it was, instead of its being thrown. */
export type OnWrong = (error: unknown) => void;

export class SceneNode {
  parent: SceneNode | undefined;
  previous: SceneNode | undefined;
  next: SceneNode | undefined;
  firstChild: SceneNode | undefined;
  lastChild: SceneNode | undefined;
  /** Hidden by Suspense or Activity: on the server, paused. */
  hidden = false;

  /** The node's id on the server; `undefined` while it has none. */
  id: NodeId | undefined;
  /** True when the server freed the node by itself: never set or freed again, silent until its def changes. */
  ended = false;
  /** True when the server has announced the node. */
  confirmed = false;
  /** The moment that the node was made for, or goes on after a pause. */
  since: UnixTime = 0;
  /** True when it was paused before that. */
  resumed = false;
  /** Released nodes of our own that are still in this group on the server. */
  lingering: Set<NodeId> | undefined;
  /** True when nodes were released in this group, or in one below. */
  mayLinger = false;
  /** Controls set past React by a handle, kept for when the node is made anew. */
  overrides: Map<string, WireValue> | undefined;
  /** Of these, names and values in turn that were set since the last bundle. */
  pending: WireValue[] | undefined;
  /** What the node waits for before it may sound first: everything asynchronous of its own commit. */
  stage: Stage | undefined;

  /** The cached snapshot; `undefined` when something at or below this node changed. */
  snapshot: NodeSnapshot | null | undefined;
  /** What the snapshot will be, when it was made with the element and its definition is loaded by then. */
  draft: SynthSnapshot | undefined;
  /** The snapshot that the server has. */
  placed: NodeSnapshot | undefined;
  /** Where its snapshot stands in the snapshot of the group around it. */
  place = -1;
  /** Where it stands among its siblings before and after the change that is being compared; -1 otherwise. */
  before = -1;
  after = -1;
  /** What a ref to the element holds. */
  handle: NodeHandle | undefined;
  /** Of a group: says whether its snapshot is a copy that changes are written to. */
  copiedFor: object | undefined;
  /** Of a root: what changed below since its last commit, where that is nothing but controls. */
  restatement: Restatement | undefined;

  /** @param source - What `origin` knows the element by. */
  constructor(
    public content: SceneNodeContent,
    readonly source: unknown,
    readonly origin: Origin,
  ) {}

  get type(): SceneNodeContent['type'] {
    return this.content.type;
  }

  /** What it calls itself. */
  get name(): string | undefined {
    return 'props' in this.content ? this.content.props.name : undefined;
  }

  /** True when the server has this node now, as far as we know. */
  get alive(): boolean {
    return this.id !== undefined && !this.ended;
  }

  /** The root of the tree that it is in, or of the part that was taken out with it. */
  get top(): SceneNode {
    let node: SceneNode = this;
    while (node.parent) node = node.parent;
    return node;
  }

  path(): string {
    return this.origin.path(this.source);
  }

  /** Where errors of elements go that are to stay as they were; `undefined` where they are thrown. */
  get onWrong(): OnWrong | undefined {
    const { content } = this.top;
    return content.type === 'Root' ? content.onWrong : undefined;
  }

  componentStack(): string {
    return this.origin.componentStack(this.source);
  }

  /** What an error says of where it came from. */
  facts(): SuperColliderErrorFacts {
    const { id, content } = this;
    return {
      path: this.path(),
      componentStack: this.componentStack(),
      ...(id !== undefined && { node: id }),
      ...('props' in content && { props: content.props as Readonly<Record<string, unknown>> }),
    };
  }

  /** Adds `child` as the last one; a child of this node moves there. */
  append(child: SceneNode): void {
    this.#adopt(child);
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
    this.#adopt(child);
    child.previous = sibling.previous;
    child.next = sibling;
    if (sibling.previous) sibling.previous.next = child;
    else this.firstChild = child;
    sibling.previous = child;
    this.touch();
  }

  remove(child: SceneNode): void {
    if (child.parent !== this) throw new Error(`remove: ${child.type} is no child of this ${this.type}`);
    this.#unlink(child);
    this.touch();
  }

  /** Takes all children out. */
  clear(): void {
    while (this.firstChild) this.#unlink(this.firstChild);
    this.touch();
  }

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

  #adopt(child: SceneNode): void {
    if (child.parent === this) this.#unlink(child);
    else if (child.parent)
      throw new Error(`append: ${child.type} already is in another ${child.parent.type}`);
    child.parent = this;
  }

  #unlink(child: SceneNode): void {
    if (child.previous) child.previous.next = child.next;
    else this.firstChild = child.next;
    if (child.next) child.next.previous = child.previous;
    else this.lastChild = child.previous;
    child.parent = child.previous = child.next = undefined;
  }
}

/** What the new nodes of one commit wait for together, so that they begin at one moment. */
export interface Stage {
  done: boolean;
}
