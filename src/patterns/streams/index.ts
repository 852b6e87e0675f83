/** Streams of values and of events, with the meaning of sclang's patterns. */

export { type BindKeys, bind, chain, type KeyValues, mono, monoArtic, par, tpar } from './bind.js';
export type { Begins, Values } from './context.js';
export { type Curve, ptime, seg } from './curves.js';
export type { EventKeys } from './event.js';
export { type EventsOptions, events, type NoteEvent } from './events.js';
export { clump, constrain, fin, findur, func, key, lazy, n, stutter } from './filters.js';
export type { Numeric } from './lift.js';
export {
  choose,
  interleave,
  type List,
  place,
  rand,
  type SlideOptions,
  seq,
  ser,
  shuf,
  slide,
  tuple,
  walk,
  wrand,
  xrand,
} from './lists.js';
export { brown, exprand, gauss, geom, inf, irand, series, white } from './numbers.js';
export type { ScaleSteps } from './pitch.js';
export { Rest, rest } from './rest.js';
export { Stream, stream } from './stream.js';
