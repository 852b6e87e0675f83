import { asSignal } from '../../../../src/synthdef/signal/signal.js';
import {
  DecodeB2,
  Dust,
  InRect,
  LFNoise0,
  LFNoise1,
  LinSelectX,
  LinXFade2,
  Mix,
  Saw,
  Select,
  SelectX,
  SelectXFocus,
  SinOsc,
  Splay,
  SplayAz,
  TChoose,
  TWChoose,
} from '../../../../src/synthdef/ugens.js';
import { out, outKr, pairList } from './pair.js';

const { pairs, pair } = pairList();

for (let count = 1; count <= 13; count++) {
  pair(`Mix of ${count}`, `{ Out.ar(0, Mix((1..${count}).collect { |i| SinOsc.ar(i) })) }`, () =>
    out(Mix(Array.from({ length: count }, (_, i) => SinOsc.ar(i + 1)))),
  );
}
pair('Mix.fill', '{ Out.ar(0, Mix.fill(6, { |i| SinOsc.ar(i * 100 + 50, 0, i + 1) })) }', () =>
  out(Mix.fill(6, (i) => SinOsc.ar(i * 100 + 50, 0, i + 1))),
);
pair('Mix.ar of control signals', '{ Out.ar(0, Mix.ar([SinOsc.kr(1), SinOsc.kr(2)])) }', () =>
  out(Mix.ar([SinOsc.kr(1), SinOsc.kr(2)])),
);
pair('Mix.kr', '{ Out.kr(0, Mix.kr([SinOsc.kr(1), SinOsc.kr(2)])) }', () =>
  outKr(Mix.kr([SinOsc.kr(1), SinOsc.kr(2)])),
);
for (const count of [1, 2, 3, 5, 8]) {
  pair(
    `Splay of ${count}`,
    `{ Out.ar(0, Splay.ar((1..${count}).collect { |i| SinOsc.ar(i) }, 0.8, 0.5, 0.1)) }`,
    () =>
      out(
        Splay.ar(
          Array.from({ length: count }, (_, i) => SinOsc.ar(i + 1)),
          { spread: 0.8, level: 0.5, center: 0.1 },
        ),
      ),
  );
  pair(
    `SplayAz of ${count}`,
    `{ Out.ar(0, SplayAz.ar(4, (1..${count}).collect { |i| SinOsc.ar(i) })) }`,
    () =>
      out(
        SplayAz.ar(
          4,
          Array.from({ length: count }, (_, i) => SinOsc.ar(i + 1)),
        ),
      ),
  );
}
for (const count of [1, 2, 3, 5]) {
  const code = (selector: 'ar' | 'kr', center: string) =>
    `{ Out.${selector}(0, SplayAz.${selector}(4, (1..${count}).collect { |i| SinOsc.${selector}(i) }, 0.8, center: ${center})) }`;
  const sines = (selector: 'ar' | 'kr') => Array.from({ length: count }, (_, i) => SinOsc[selector](i + 1));
  pair(`SplayAz of ${count} with a moving center`, code('ar', 'SinOsc.kr(9)'), () => {
    const signals = sines('ar');
    out(SplayAz.ar(4, signals, { spread: 0.8, center: SinOsc.kr(9) }));
  });
  pair(`SplayAz of ${count} with an audio center`, code('ar', 'SinOsc.ar(9)'), () => {
    const signals = sines('ar');
    out(SplayAz.ar(4, signals, { spread: 0.8, center: SinOsc.ar(9) }));
  });
  pair(`SplayAz.kr of ${count} with several moving centers`, code('kr', '[SinOsc.kr(9), 0.5]'), () => {
    const signals = sines('kr');
    outKr(SplayAz.kr(4, signals, { spread: 0.8, center: [SinOsc.kr(9), 0.5] }));
  });
}
pair(
  'SplayAz with a moving spread',
  '{ Out.ar(0, SplayAz.ar(4, SinOsc.ar([1, 2, 3]), SinOsc.kr(4))) }',
  () => {
    const signals = SinOsc.ar([1, 2, 3]);
    out(SplayAz.ar(4, signals, { spread: SinOsc.kr(4) }));
  },
);
pair('a number blended with a signal', '{ Out.kr(0, 0.5.blend(SinOsc.kr(1), 0.3)) }', () =>
  outKr(asSignal(0.5).blend(SinOsc.kr(1), 0.3)),
);
pair(
  'Splay.kr with a moving spread',
  '{ Out.kr(0, Splay.kr([SinOsc.kr(1), SinOsc.kr(2), SinOsc.kr(3)], SinOsc.kr(4), SinOsc.kr(5))) }',
  () =>
    outKr(
      Splay.kr([SinOsc.kr(1), SinOsc.kr(2), SinOsc.kr(3)], { spread: SinOsc.kr(4), level: SinOsc.kr(5) }),
    ),
);
pair('Select', '{ Out.ar(0, Select.ar(LFNoise0.kr(1), [SinOsc.ar(1), Saw.ar(2)])) }', () =>
  out(Select.ar(LFNoise0.kr(1), [SinOsc.ar(1), Saw.ar(2)])),
);
pair('SelectX', '{ Out.ar(0, SelectX.ar(LFNoise1.kr(1), [SinOsc.ar(1), SinOsc.ar(2), SinOsc.ar(3)])) }', () =>
  out(SelectX.ar(LFNoise1.kr(1), [SinOsc.ar(1), SinOsc.ar(2), SinOsc.ar(3)])),
);
pair('LinSelectX', '{ Out.ar(0, LinSelectX.ar(LFNoise1.kr(1), [SinOsc.ar(1), SinOsc.ar(2)])) }', () =>
  out(LinSelectX.ar(LFNoise1.kr(1), [SinOsc.ar(1), SinOsc.ar(2)])),
);
pair(
  'SelectXFocus',
  '{ Out.ar(0, SelectXFocus.ar(LFNoise1.kr(1), [SinOsc.ar(1), SinOsc.ar(2)], 2)) }',
  () => {
    const which = LFNoise1.kr(1);
    out(SelectXFocus(which, [SinOsc.ar(1), SinOsc.ar(2)], 2));
  },
);
pair('TChoose', '{ Out.ar(0, TChoose.ar(Dust.ar(1), [SinOsc.ar(1), SinOsc.ar(2)])) }', () =>
  out(TChoose.ar(Dust.ar(1), [SinOsc.ar(1), SinOsc.ar(2)])),
);
pair('TWChoose', '{ Out.ar(0, TWChoose.ar(Dust.ar(1), [SinOsc.ar(1), SinOsc.ar(2)], [0.3, 0.7])) }', () =>
  out(TWChoose.ar(Dust.ar(1), [SinOsc.ar(1), SinOsc.ar(2)], [0.3, 0.7])),
);
pair('LinXFade2', '{ Out.ar(0, LinXFade2.ar(SinOsc.ar(1), SinOsc.ar(2), SinOsc.kr(3), 0.5)) }', () =>
  out(LinXFade2.ar(SinOsc.ar(1), SinOsc.ar(2), SinOsc.kr(3), 0.5)),
);
pair('InRect', '{ Out.kr(0, InRect.kr(SinOsc.kr(1), SinOsc.kr(2), Rect(0.1, 0.2, 0.3, 0.4))) }', () => {
  outKr(InRect.kr(SinOsc.kr(1), SinOsc.kr(2), { left: 0.1, top: 0.2, right: 0.4, bottom: 0.2 + 0.4 }));
});
pair('DecodeB2', '{ Out.ar(0, DecodeB2.ar(5, SinOsc.ar(1), SinOsc.ar(2), SinOsc.ar(3))) }', () =>
  out(DecodeB2.ar(5, SinOsc.ar(1), SinOsc.ar(2), SinOsc.ar(3))),
);

export const mixing = pairs;
