/**
 * Elements that lay out time for their children: one after another, again and again, faster, swung.
 */

import { Children, isValidElement, type Key, type ReactElement, type ReactNode, useMemo } from 'react';
import { SuperColliderError } from '../errors.js';
import { asWritten } from '../hooks/internal.js';
import { rejectUnknownProps } from '../hooks/rejectUnknownProps.js';
import { TimelineContext } from '../hooks/timeContext.js';
import { beatNow, checkLength, useRenderAt, useTimeline } from '../hooks/useTimeline.js';
import { type Span, Spans } from '../time/spans.js';
import { fasterBy, swung, type Timeline } from '../time/timeline.js';
import type { Beats } from '../units.js';
import {
  At,
  type AtProps,
  always,
  componentOf,
  isAt,
  keyOf,
  Open,
  Part,
  spanOf,
  spanOfAt,
  type TimedItem,
  timed,
} from './timed.js';

/** Props of `<Sequence>`. */
export interface SequenceProps {
  /** React's key. */
  readonly key?: Key | null | undefined;
  /** Elements that follow each other in time. */
  readonly children?: ReactNode;
}

/**
 * Children one after another: each `<At length>`, `<Loop times>` and `<Sequence>` begins where the one before
 * it ends. An `<At>` with a `beat` begins there, and the next one after it; everything else exists throughout.
 *
 * @throws SuperColliderError `invalid-time` when something follows an `<At>` or `<Loop>` without an end.
 */
export function Sequence({ children, ...others }: SequenceProps): ReactNode {
  rejectUnknownProps('<Sequence>', others, ['children']);
  const { timeline } = useTimeline('<Sequence>');
  const spans = useMemo(() => new Spans(layOut(children, timeline)), [children, timeline]);
  return <Open spans={spans} />;
}

function layOut(children: ReactNode, timeline: Timeline): Span<TimedItem>[] {
  let end: Beats = 0;
  const place = (child: ReactNode, index: number): Span<TimedItem> => {
    const length = lengthOf(child);
    if (length === undefined) return always(child, index);
    const start = isAt(child) && child.props.beat !== undefined ? child.props.beat : end;
    if (start === Number.POSITIVE_INFINITY) {
      throw new SuperColliderError(
        'invalid-time',
        `<Sequence>: what stands in place ${index + 1} never begins, as what is before it has no end. ` +
          'Give that <At> a length, or that <Loop> times.',
      );
    }
    end = start + length;
    const key = keyOf(child, index);
    return isAt(child)
      ? spanOfAt(child, start, timeline, key)
      : spanOf('<Sequence>', start, length, timeline, key, child);
  };
  return Children.toArray(children).map((child, index) => asWritten(child, () => place(child, index)));
}

/** Beats that a child takes in a sequence; `undefined` for one that exists throughout. */
function lengthOf(node: ReactNode): Beats | undefined {
  if (!isValidElement(node)) return undefined;
  switch (componentOf(node)) {
    case At:
      if ((node.props as AtProps).quant !== undefined) throw quantInSequence();
      return (node.props as AtProps).length ?? Number.POSITIVE_INFINITY;
    case Loop: {
      const { beats, times = Number.POSITIVE_INFINITY } = (node as ReactElement<LoopProps>).props;
      return beats * times;
    }
    case Sequence:
      return Children.toArray((node.props as SequenceProps).children).reduce((end: Beats, child) => {
        const start = isAt(child) && child.props.beat !== undefined ? child.props.beat : end;
        return start + (lengthOf(child) ?? 0);
      }, 0);
    default:
      return undefined;
  }
}

const quantInSequence = (): SuperColliderError =>
  new SuperColliderError(
    'invalid-nesting',
    '<At quant> stands in a <Sequence>, where each begins when the one before it ends. Leave quant out, or put it ' +
      'beside the <Sequence>.',
  );

/** Props of `<Loop>`. */
export interface LoopProps {
  /** Length of one pass. */
  readonly beats: Beats;
  /** Number of passes. @default without end */
  readonly times?: number | undefined;
  /** React's key. */
  readonly key?: Key | null | undefined;
  /** Elements of one pass, or a function that gives them by the number of the pass, from 0. */
  readonly children?: ReactNode | ((pass: number) => ReactNode);
}

/**
 * Children again and again: each pass is a new mount, with beats counted from its beginning.
 *
 * Passes are counted from where the surroundings begin, so loops of different lengths that stand side by side
 * are a polymetre, whenever they are mounted. A function as the child gets the number of the pass:
 * `{(pass) => <Note def={pluck} degree={pass % 8} />}`.
 *
 * @throws SuperColliderError `invalid-time` unless `beats` and `times` are over 0.
 */
export function Loop({ beats, times = Number.POSITIVE_INFINITY, children, ...others }: LoopProps): ReactNode {
  rejectUnknownProps('<Loop>', others, ['beats', 'times', 'children']);
  checkLength('<Loop>: beats', beats);
  checkLength('<Loop>: times', times);
  const { scene, timeline } = useTimeline('<Loop>');
  const beat = beatNow(scene, timeline);
  const hasBegun = beat >= 0;
  const pass = hasBegun ? Math.floor(beat / beats) : 0;
  const isOver = pass >= times;
  useRenderAt(scene, timeline, isOver ? undefined : hasBegun ? (pass + 1) * beats : 0);
  if (!hasBegun || isOver) return null;
  return (
    <Part
      key={`${pass}@${timeline.generation}`}
      outer={timeline}
      start={pass * beats}
      length={beats}
      name={`<Loop beats={${beats}}>`}
    >
      {typeof children === 'function' ? children(pass) : children}
    </Part>
  );
}

/** Props of `<Tuplet>`. */
export interface TupletProps {
  /** Number of beats inside … */
  readonly notes: number;
  /** … take as long as so many outside. */
  readonly inBeats: Beats;
  /** React's key. */
  readonly key?: Key | null | undefined;
  /** Elements in the beats of the tuplet. */
  readonly children?: ReactNode;
}

/**
 * Beats that go faster or slower: in `<Tuplet notes={3} inBeats={2}>` three beats take the time of two, so an
 * `<At beat={1}>` in it is at 2/3 outside.
 */
export function Tuplet({ notes, inBeats, children, ...others }: TupletProps): ReactNode {
  rejectUnknownProps('<Tuplet>', others, ['notes', 'inBeats', 'children']);
  checkLength('<Tuplet>: notes', notes);
  checkLength('<Tuplet>: inBeats', inBeats);
  const { timeline } = useTimeline('<Tuplet>');
  const faster = useMemo(
    () => fasterBy(timeline, notes / inBeats, `<Tuplet notes={${notes}} inBeats={${inBeats}}>`),
    [timeline, notes, inBeats],
  );
  return <TimelineContext value={faster}>{timed(children)}</TimelineContext>;
}

/** Props of `<Swing>`. */
export interface SwingProps {
  /** Length of the swung notes, in beats: 0.5 for eighths, 0.25 for sixteenths. @default 0.5 */
  readonly grid?: Beats | undefined;
  /** Share of the first of two notes: 0.5 is straight, 2/3 a triplet's swing. @default 2/3 */
  readonly amount?: number | undefined;
  /** React's key. */
  readonly key?: Key | null | undefined;
  /** Elements in the swung beats. */
  readonly children?: ReactNode;
}

/**
 * Beats that swing: every second `grid` comes late, and whatever lies between is stretched with it.
 *
 * @throws SuperColliderError `invalid-time` unless `amount` is over 0 and under 1.
 */
export function Swing({ grid = 0.5, amount = 2 / 3, children, ...others }: SwingProps): ReactNode {
  rejectUnknownProps('<Swing>', others, ['grid', 'amount', 'children']);
  checkLength('<Swing>: grid', grid);
  if (!(amount > 0 && amount < 1)) {
    throw new SuperColliderError(
      'invalid-time',
      `<Swing>: amount is ${amount}. It is over 0 and under 1; 0.5 is straight, 2/3 a triplet's swing.`,
    );
  }
  const { timeline } = useTimeline('<Swing>');
  const swinging = useMemo(() => swung(timeline, grid, amount, '<Swing>'), [timeline, grid, amount]);
  return <TimelineContext value={swinging}>{timed(children)}</TimelineContext>;
}
