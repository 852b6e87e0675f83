/** Scales, chords and tunings as numbers. */

export { type ArpeggioOrder, arpeggio, type ChordOptions, chord, invert } from './chord.js';
export { degreeToKey } from './degree.js';
export {
  ampdb,
  cpsmidi,
  dbamp,
  explin,
  linexp,
  linlin,
  midicps,
  midiratio,
  type RangeMapping,
  ratiomidi,
} from './numbers.js';
export { Scale, scale } from './scale.js';
export { equal, just, scala, type Tuning } from './tuning.js';
