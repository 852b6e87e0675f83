/** Streams that depend on the beat at which they are queried. */

import type { Beats } from '../../units.js';
import { type Context, nextOf, open, type Values } from './context.js';
import { lift, type Numeric } from './lift.js';
import { seq } from './lists.js';
import { Stream } from './stream.js';

/** The shape of a segment: a number is a curvature as in sclang's `Env`. */
export type Curve = 'lin' | 'exp' | 'sin' | 'wel' | 'sqr' | 'cub' | 'step' | 'hold' | number;

/** A list in order, or a stream. */
type Course<T> = Values<T> | readonly T[];

const course = <T>(given: Course<T>, context: Context): Iterator<T, void> =>
  open((Array.isArray(given) ? seq(given as readonly T[]) : given) as Values<T>, context);

/**
 * A line through levels, read at the beat of each event (sclang's `Pseg`).
 *
 * @param levels - A list of levels, or a stream.
 * @param durs - Beats of the segments: a number, a list or a stream. @default 1
 * @param curves - Shapes of the segments. @default 'lin'
 * @param repeats - Number of passes. @default 1
 */
export const seg = (
  levels: Course<Numeric>,
  durs: Course<Beats> = 1,
  curves: Course<Curve> = 'lin',
  repeats = 1,
): Stream<number> =>
  new Stream(
    function* (context) {
      const { now } = context;
      for (let pass = 0; pass < repeats; pass++) {
        const values = course(levels, context);
        const lengths = course(durs, context);
        const shapes = course(curves, context);
        context.endBeat = Math.min(context.endBeat ?? now.beat, now.beat);
        const begin = values.next();
        if (begin.done) return;
        const passStart = context.endBeat;
        let from = begin.value;
        for (;;) {
          const next = nextOf<[Numeric, Beats, Curve]>(values, lengths, shapes);
          if (!next) break;
          const [to, length, curve] = next;
          const start = context.endBeat;
          context.endBeat += length;
          while (context.endBeat > now.beat) {
            const place = (now.beat - start) / length;
            yield lift((low, high) => levelAt(low!, high!, place, curve), from, to) as number;
          }
          from = to;
        }
        // A pass that takes no time would be followed by the next one for ever.
        if (context.endBeat <= passStart) return;
      }
    },
    ['seg', levels, durs, curves, repeats],
  );

/** The level of a segment at a place from 0 to 1. */
function levelAt(low: number, high: number, place: number, curve: Curve): number {
  const range = high - low;
  if (typeof curve === 'number') {
    if (Math.abs(curve) < 0.0001) return low + range * place;
    return low + (range * (1 - Math.exp(place * curve))) / (1 - Math.exp(curve));
  }
  if (curve === 'step') return high;
  if (curve === 'hold') return low;
  if (curve === 'exp') return low * (high / low) ** place;
  if (curve === 'sin') return low + range * (0.5 - 0.5 * Math.cos(Math.PI * place));
  if (curve === 'wel')
    return range > 0
      ? low + range * Math.sin((Math.PI / 2) * place)
      : high - range * Math.sin((Math.PI / 2) * (1 - place));
  if (curve === 'sqr') return (Math.sqrt(low) * (1 - place) + Math.sqrt(high) * place) ** 2;
  if (curve === 'cub') return (Math.cbrt(low) * (1 - place) + Math.cbrt(high) * place) ** 3;
  return low + range * place;
}

/** The beats since it began (sclang's `Ptime`). */
export const ptime = (count = Number.POSITIVE_INFINITY): Stream<Beats> =>
  new Stream(
    function* ({ now }) {
      const start = now.beat;
      for (let index = 0; index < count; index++) yield now.beat - start;
    },
    ['ptime', count],
  );
