/** Channels. */

import { Mix, Out, Pan2, SinOsc, WhiteNoise } from '../../../../src/synthdef/ugens.js';
import { out, pairList } from './pair.js';

const { pairs, pair } = pairList();

pair('channels', '{ Out.ar(0, SinOsc.ar([440, 441]) * 0.1) }', () => out(SinOsc.ar([440, 441]).mul(0.1)));
pair('shorter channels start again', '{ Out.ar(0, SinOsc.ar([1, 2, 3], [0, 1]) * [0.1, 0.2]) }', () =>
  out(SinOsc.ar([1, 2, 3], [0, 1]).mul([0.1, 0.2])),
);
pair('channels within channels', '{ Out.ar(0, SinOsc.ar([[1, 2], 3], [0, [1, 2]])) }', () =>
  out(SinOsc.ar([[1, 2], 3], [0, [1, 2]])),
);
pair('Pan2 of channels, mixed', '{ Out.ar(0, Mix(Pan2.ar(SinOsc.ar([1, 2, 3]), [-1, 0, 1]))) }', () =>
  out(Mix(Pan2.ar(SinOsc.ar([1, 2, 3]), [-1, 0, 1]))),
);
pair('Out to several buses', '{ Out.ar([0, 2], [SinOsc.ar(1), SinOsc.ar(2)]) }', () =>
  Out.ar([0, 2], [SinOsc.ar(1), SinOsc.ar(2)]),
);
pair('zeros are silence', '{ Out.ar(0, [0, SinOsc.ar(1), 0]); Out.ar(2, 0) }', () => {
  Out.ar(0, [0, SinOsc.ar(1), 0]);
  Out.ar(2, 0);
});
pair('noise for each amplitude', '{ Out.ar(0, WhiteNoise.ar([0.1, 0.2], 0.5)) }', () =>
  out(WhiteNoise.ar([0.1, 0.2], 0.5)),
);
pair('expanded operators', '{ Out.ar(0, SinOsc.ar(1) + [1, SinOsc.ar(2), 0]) }', () =>
  out(SinOsc.ar(1).add([1, SinOsc.ar(2), 0])),
);

export const expansion = pairs;
