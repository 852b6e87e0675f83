/** sclang's filters as functions, in sclang's order of what they take. */

import type { Beats } from '../../units.js';
import { type Context, embed, open, type Values } from './context.js';
import { deltaOf, type EventKeys, voiceOf } from './event.js';
import { clumped, first, repeated, stuttered } from './filtered.js';
import { Latest } from './recipe.js';
import { numberOf } from './rest.js';
import { Stream } from './stream.js';

/** The same again and again (sclang's `Pn`). */
export const n = <T>(pattern: Values<T>, repeats = Number.POSITIVE_INFINITY): Stream<T> =>
  new Stream((context) => repeated(pattern, repeats, context), ['n', pattern, repeats]);

/** The first values (sclang's `Pfin`). */
export const fin = <T>(count: number, pattern: Values<T>): Stream<T> =>
  new Stream((context) => first(count, pattern, context), ['fin', pattern, count]);

/** Each value so many times (sclang's `Pdup` and `Pstutter`). */
export const stutter = <T>(times: Values<number>, pattern: Values<T>): Stream<T> =>
  new Stream((context) => stuttered(times, pattern, context), ['stutter', pattern, times]);

/** So many values in an array (sclang's `Pclump`). */
export const clump = <T>(size: Values<number>, pattern: Values<T>): Stream<T[]> =>
  new Stream((context) => clumped(size, pattern, context), ['clump', pattern, size]);

/**
 * Events until a number of beats has passed (sclang's `Pfindur`). The last one is made shorter to fit.
 *
 * @param tolerance - Beats that may be missing at the end. @default 0.001
 */
export const findur = (beats: Beats, pattern: Values<EventKeys>, tolerance = 0.001): Stream<EventKeys> =>
  new Stream(
    function* (context) {
      const events = open(pattern, context);
      for (let elapsed = 0, next = events.next(); !next.done; next = events.next()) {
        const event = next.value;
        const then = elapsed + deltaOf(event);
        if (Math.ceil(then / tolerance) * tolerance >= beats) {
          const delta = beats - elapsed;
          // A voice sounds until its last event is over.
          const isLonger = voiceOf(event) !== undefined && numberOf(event.dur ?? 1) > delta;
          yield { ...event, ...(isLonger && { dur: delta, stretch: 1 }), delta };
          return;
        }
        yield event;
        elapsed = then;
      }
    },
    ['findur', pattern, beats, tolerance],
  );

/**
 * Numbers with a sum (sclang's `Pconst`). The last one is made to fit; a stream that ends early is filled up.
 *
 * @param tolerance - What may be missing at the end. @default 0.001
 */
export const constrain = (sum: number, pattern: Values<number>, tolerance = 0.001): Stream<number> =>
  new Stream(
    function* (context) {
      const values = open(pattern, context);
      let so = 0;
      for (let next = values.next(); !next.done; next = values.next()) {
        const then = so + next.value;
        if (Math.floor(then / tolerance + 0.5) * tolerance >= sum) {
          yield sum - so;
          return;
        }
        yield next.value;
        so = then;
      }
      yield sum - so;
    },
    ['constrain', pattern, sum, tolerance],
  );

/** The value of another key of the same event, or of the events before it in a `chain` (sclang's `Pkey`). */
export const key = <T = number>(name: string): Stream<T> =>
  new Stream(
    function* ({ now }) {
      for (let value = now.event[name]; value !== undefined; value = now.event[name]) yield value as T;
    },
    ['key', name],
  );

/** The results of a function, which each query calls (sclang's `Pfunc`). */
export const func = <T>(give: (event: EventKeys, random: Context['random']) => T): Stream<T> => {
  const latest = new Latest(give);
  return new Stream(
    function* ({ now, random }) {
      for (;;) yield latest.call(now.event, random);
    },
    ['func', latest],
  );
};

/** A stream that is made when it begins (sclang's `Plazy`). */
export const lazy = <T>(make: (random: Context['random']) => Values<T>): Stream<T> => {
  const latest = new Latest(make);
  return new Stream((context) => embed(latest.call(context.random), context), ['lazy', latest]);
};
