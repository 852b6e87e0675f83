/** The pieces of pieces.scd in our words. The test compares their lines, too. */

import {
  bind,
  findur,
  geom,
  inf,
  just,
  mono,
  n,
  par,
  rest,
  scale,
  seg,
  seq,
  series,
  slide,
  stutter,
  tpar,
} from '../../../src/cycles.js';

// p01: degrees, rests, chords, legato
// biome-ignore format: As in sclang, several keys stand on a line.
export const p01 = bind({
  scale: scale('D minor'), octave: 4,
  degree: seq([0, 2, 4, [0, 4, 7], 6, rest(), 9, -1], 2),
  dur: seq([0.5, 0.25, 0.25, 1], inf), legato: 0.7,
  amp: seg([0.05, 0.2], 6), pan: seq([-0.5, 0.5], inf),
});
// p02: drums, par, n
export const p02 = par([
  bind({ freq: 50, dur: 1, decay: 0.3 }),
  bind({ freq: 190, dur: n(seq([rest(1), 1])), decay: 0.15 }),
  bind({ freq: 3000, dur: 0.25, amp: n(series(0.02, 0.02, 4)), decay: 0.03 }),
]);
// p04: chords and strum
// biome-ignore format: As in sclang, several keys stand on a line.
export const p04 = bind({
  degree: seq([[0, 2, 4, 6], [3, 5, 7, 9], [-1, 1, 3, 6]]), dur: 2, strum: 0.1, legato: 0.9, amp: 0.05,
});
// p06: mono
export const p06 = mono({ midinote: seq([60, 67, 63, 72, 60]), dur: seq([1, 0.5, 0.5, 2, 1], inf) });
// p07: tpar, findur, stutter, slide
// biome-ignore format: As in sclang, several keys stand on a line.
export const p07 = tpar([
  [0, bind({ midinote: stutter(2, seq([60, 62, 64, 65], inf)), dur: geom(0.5, 0.9, 20), amp: 0.1 })],
  [2, findur(3, bind({ midinote: slide([72, 73, 74, 75, 76, 77, 78, 79, 80], inf, 3, 1), dur: 0.2, pan: 0.7 }))],
]);
// p08: just intonation, detune
// biome-ignore format: As in sclang, several keys stand on a line.
export const p08 = bind({ scale: scale('major', just), degree: series(0, 1, 8), dur: 0.4, detune: 1, octave: 5 });
// The end.
