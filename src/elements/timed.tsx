/**
 * Children that exist from beat to beat.
 *
 * Only open ones are rendered. At each note, a piece of twenty thousand notes therefore costs as much as a
 * piece of twenty.
 */

import {
  Children,
  Fragment,
  isValidElement,
  type Key,
  type ReactElement,
  type ReactNode,
  useMemo,
  useState,
} from 'react';
import { SuperColliderError } from '../errors.js';
import { asWritten, internal } from '../hooks/internal.js';
import { rejectUnknownProps } from '../hooks/rejectUnknownProps.js';
import { TimelineContext } from '../hooks/timeContext.js';
import { beatNow, checkLength, useRenderAt, useTimeline } from '../hooks/useTimeline.js';
import { firstGridPoint } from '../time/patternPlayer.js';
import { type Span, Spans } from '../time/spans.js';
import { partOf, type Timeline } from '../time/timeline.js';
import type { Beats } from '../units.js';

/** Props of `<At>`. */
export interface AtProps {
  /**
   * The beat at which it begins, counted by the element around it. @default 0; in a `<Sequence>`, after the
   * one before
   */
  readonly beat?: Beats | undefined;
  /** Length in beats. @default to the end of the element around it */
  readonly length?: Beats | undefined;
  /**
   * Mounted late, it begins at the next multiple of these beats, and `beat` counts from there. Not in a `<Sequence>`.
   * @default beats are counted from where the element around it begins
   */
  readonly quant?: Beats | undefined;
  /** React's key. */
  readonly key?: Key | null | undefined;
  /** Elements that exist for that length. */
  readonly children?: ReactNode;
}

/**
 * Children that exist from a beat on, for a length: mounted at the beat and released at the end, both to the
 * sample.
 *
 * Inside, beats are counted from its beginning.
 *
 * @throws SuperColliderError `invalid-time` for a beat that is negative, not a number, or past the end of the element
 *   around it. The same error refuses a length that is not over 0.
 */
export function At({
  beat = 0,
  length = Number.POSITIVE_INFINITY,
  quant,
  children,
  ...others
}: AtProps): ReactNode {
  rejectUnknownProps('<At>', others, AT_PROPS);
  if (quant !== undefined) checkLength('<At>: quant', quant);
  const { scene, timeline } = useTimeline('<At>');
  const [origin] = useState(() =>
    quant === undefined ? 0 : firstGridPoint(beatNow(scene, timeline), quant),
  );
  const spans = useMemo(
    () => new Spans([spanOf('<At>', origin + beat, length, timeline, 'at', children)]),
    [timeline, origin, beat, length, children],
  );
  return <Open spans={spans} />;
}

/** An item of an `Open` window. */
export interface TimedItem {
  readonly key: string;
  /**
   * Start and length of its own timeline; `undefined` for children that are always mounted and use the
   * parent's.
   */
  readonly part: { readonly start: Beats; readonly length: Beats; readonly name: string } | undefined;
  readonly node: ReactNode;
}

interface OpenProps<Item extends TimedItem> {
  readonly spans: Pick<Spans<Item>, 'openAt' | 'nextChange'>;
  /** The content of an item. @default its node */
  readonly nodeOf?: (item: Item) => ReactNode;
  /** Cache key of `nodeOf`: a new value calls it again. @default the spans */
  readonly content?: unknown;
}

/** Renders the items of spans that are open at the musical moment. */
export function Open<Item extends TimedItem>({
  spans,
  nodeOf = ({ node }) => node,
  content = spans,
}: OpenProps<Item>): ReactNode {
  const { scene, timeline } = useTimeline('<At>');
  const beat = beatNow(scene, timeline);
  const open = spans.openAt(beat);
  useRenderAt(scene, timeline, spans.nextChange(beat));
  const [elements] = useState(() => new Elements<Item>());
  return elements.of(open, timeline, content, nodeOf);
}

/**
 * The elements of the last rendering. The same element again costs React nothing: of twenty notes that sound, only the one
 * that begins is rendered. What a rendering that React gives up leaves here is equal to what the next one would make.
 */
class Elements<Item extends TimedItem> {
  #content: unknown;
  #timeline: Timeline | undefined;
  #generation = 0;
  #elements: ReadonlyMap<Item, ReactElement> = new Map();

  of(
    items: readonly Item[],
    timeline: Timeline,
    content: unknown,
    nodeOf: (item: Item) => ReactNode,
  ): ReactElement[] {
    const { generation } = timeline;
    const isSame =
      this.#content === content && this.#timeline === timeline && this.#generation === generation;
    const elements = new Map<Item, ReactElement>();
    for (const item of items) {
      const known = isSame ? this.#elements.get(item) : undefined;
      elements.set(item, known ?? elementOf(item, nodeOf(item), timeline));
    }
    this.#content = content;
    this.#timeline = timeline;
    this.#generation = generation;
    this.#elements = elements;
    return [...elements.values()];
  }
}

function elementOf({ key, part }: TimedItem, content: ReactNode, timeline: Timeline): ReactElement {
  if (!part) return <Fragment key={key}>{content}</Fragment>;
  // After a seek everything that sounds begins again.
  return (
    <Part key={`${key}@${timeline.generation}`} outer={timeline} {...part}>
      {content}
    </Part>
  );
}

interface PartProps {
  readonly outer: Timeline;
  readonly start: Beats;
  readonly length: Beats;
  readonly name: string;
  readonly children?: ReactNode;
}

/** A timeline whose beats count from its own beginning. */
export function Part({ outer, start, length, name, children }: PartProps): ReactNode {
  const timeline = useMemo(() => partOf(outer, start, length, name), [outer, start, length, name]);
  return <TimelineContext value={timeline}>{timed(children)}</TimelineContext>;
}

/** Children, of which those that are an `<At>` exist only from beat to beat. */
export const timed = (children: ReactNode): ReactNode =>
  hasAt(children) ? <TimedChildren>{children}</TimedChildren> : children;

function TimedChildren({ children }: { readonly children?: ReactNode }): ReactNode {
  const { scene, timeline } = useTimeline('<At>');
  const laidOut = useMemo(() => layOut(children, timeline), [children, timeline]);
  const [kept] = useState(() => ({ spans: new Spans<TimedItem>([]) }));
  if ('spans' in laidOut) kept.spans = laidOut.spans;
  else if (scene.reportInvalid) scene.reportInvalid(laidOut.error);
  else throw laidOut.error;
  return <Open spans={kept.spans} />;
}

function layOut(
  children: ReactNode,
  timeline: Timeline,
): { readonly spans: Spans<TimedItem> } | { readonly error: unknown } {
  const spanAt = (child: ReactNode, index: number): Span<TimedItem> =>
    isAt(child)
      ? asWritten(child, () => spanOfAt(child, child.props.beat ?? 0, timeline, keyOf(child, index)))
      : always(child, index);
  try {
    return { spans: new Spans(Children.toArray(children).map(spanAt)) };
  } catch (error) {
    return { error };
  }
}

const hasAt = (children: ReactNode): boolean =>
  Array.isArray(children) ? children.some((child) => hasAt(child)) : isAt(children);

const AT_PROPS = ['beat', 'length', 'quant', 'children'];

export const isAt = (node: ReactNode): node is ReactElement<AtProps> =>
  isAnyAt(node) && node.props.quant === undefined;

/** True also for an `<At>` that finds its own beginning when it is mounted. */
export const isAnyAt = (node: ReactNode): node is ReactElement<AtProps> =>
  isValidElement(node) && componentOf(node) === At;

/** A dev session renders another component in place of each, which notes whose place it has. */
const STANDS_FOR = Symbol.for('react-collider.standsFor');

/** Returns the component of an element, as it was written. */
export const componentOf = ({ type }: ReactElement): unknown =>
  (type as { readonly [STANDS_FOR]?: unknown })[STANDS_FOR] ?? type;

export const keyOf = (node: ReactNode, index: number): string =>
  isValidElement(node) && node.key !== null ? node.key : String(index);

/** A child that exists as long as its surroundings. */
export const always = (node: ReactNode, index: number): Span<TimedItem> => ({
  start: Number.NEGATIVE_INFINITY,
  end: Number.POSITIVE_INFINITY,
  item: { key: keyOf(node, index), part: undefined, node },
});

/** The span of an `<At>` that begins at a beat of a timeline. */
export function spanOfAt(
  { props: { beat: _, length = Number.POSITIVE_INFINITY, children, ...others } }: ReactElement<AtProps>,
  beat: Beats,
  timeline: Timeline,
  key: string,
): Span<TimedItem> {
  rejectUnknownProps('<At>', others, AT_PROPS);
  return spanOf('<At>', beat, length, timeline, key, children);
}

/** A checked span of content that counts its own beats. */
export function spanOf(
  name: string,
  start: Beats,
  length: Beats,
  timeline: Timeline,
  key: string,
  node: TimedItem['node'],
): Span<TimedItem> {
  if (!(start >= 0 && start < Number.POSITIVE_INFINITY)) {
    throw new SuperColliderError(
      'invalid-time',
      `${name}: beat is ${start}. It is a number from 0 up, counted from where ${timeline.name} begins.`,
    );
  }
  if (!(length > 0)) {
    throw new SuperColliderError(
      'invalid-time',
      `${name}: length is ${length}. It is a number of beats over 0.`,
    );
  }
  if (start >= timeline.length) {
    throw new SuperColliderError(
      'invalid-time',
      `${name} at beat ${start} is past the end: ${timeline.name} has ${timeline.length} beats, so it would never be heard.`,
    );
  }
  const end = start + length;
  return { start, end, item: { key, part: { start, length, name }, node } };
}

internal(Open, Part, TimedChildren);
