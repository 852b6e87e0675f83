/** Buffers and spectra. */

import { asSignal } from '../../../../src/synthdef/signal/signal.js';
import {
  BeatTrack,
  BufFrames,
  BufRateScale,
  BufRd,
  BufWr,
  ClearBuf,
  Convolution,
  FFT,
  HilbertFIR,
  IFFT,
  In,
  LocalBuf,
  Out,
  Phasor,
  PlayBuf,
  PV_BrickWall,
  PV_Copy,
  PV_Diffuser,
  PV_MagAbove,
  PV_MagFreeze,
  PV_MagMul,
  PV_MagSmear,
  pvCollect,
  RecordBuf,
  SetBuf,
  SinOsc,
  Tap,
  WhiteNoise,
} from '../../../../src/synthdef/ugens.js';
import { out, outKr, pairList } from './pair.js';

const { pairs, pair } = pairList();

pair(
  'PlayBuf',
  '{ |buf| Out.ar(0, PlayBuf.ar(2, buf, BufRateScale.kr(buf), doneAction: 2)) }',
  { buf: 0 },
  (c) => out(PlayBuf.ar(2, c.buf, BufRateScale.kr(c.buf), { doneAction: 2 } as never)),
);
pair(
  'BufRd and BufWr',
  '{ |buf| var p = Phasor.ar(0, 1, 0, BufFrames.kr(buf)); BufWr.ar([SinOsc.ar(1), SinOsc.ar(2)], buf, p); Out.ar(0, BufRd.ar(2, buf, p)) }',
  { buf: 0 },
  (c) => {
    const p = Phasor.ar(0, 1, 0, BufFrames.kr(c.buf));
    BufWr.ar([SinOsc.ar(1), SinOsc.ar(2)], c.buf, p);
    out(BufRd.ar(2, c.buf, p));
  },
);
pair(
  'RecordBuf',
  '{ |buf| RecordBuf.ar(SinOsc.ar([1, 2]), buf, doneAction: 2); Out.kr(0, 1) }',
  { buf: 0 },
  (c) => {
    RecordBuf.ar({ inputArray: SinOsc.ar([1, 2]), bufnum: c.buf, doneAction: 2 });
    Out.kr(0, 1);
  },
);
pair(
  'LocalBuf, set and cleared',
  '{ var a = LocalBuf(10, 2).clear, b = LocalBuf.newFrom([1, 2, 3]); b.set([4, 5], 1); Out.ar(0, PlayBuf.ar(1, [a, b])) }',
  () => {
    const a = LocalBuf.cleared(10, 2);
    const b = LocalBuf.from([1, 2, 3]);
    SetBuf(b, [4, 5], 1);
    out(PlayBuf.ar(1, [a, b]));
  },
);
pair(
  'LocalBuf of two channels',
  '{ Out.ar(0, PlayBuf.ar(2, LocalBuf.newFrom([[1, 2, 3], [4, 5, 6]]))) }',
  () =>
    out(
      PlayBuf.ar(
        2,
        LocalBuf.from([
          [1, 2, 3],
          [4, 5, 6],
        ]),
      ),
    ),
);
pair('ClearBuf', '{ var b = LocalBuf(5); ClearBuf(b); Out.ar(0, PlayBuf.ar(1, b)) }', () => {
  const b = LocalBuf(5);
  ClearBuf(b);
  out(PlayBuf.ar(1, b));
});
pair(
  'an FFT chain',
  '{ var c = FFT(LocalBuf(1024), WhiteNoise.ar); c = PV_BrickWall(c, 0.1); c = PV_MagSmear(c, 3); Out.ar(0, IFFT(c)) }',
  () => out(IFFT(PV_MagSmear(PV_BrickWall(FFT(LocalBuf(1024), WhiteNoise.ar()), 0.1), 3))),
);
pair(
  'an FFT chain that is read twice',
  '{ var c = FFT(LocalBuf(1024), WhiteNoise.ar); Out.ar(0, [IFFT(PV_BrickWall(c, 0.1)), IFFT(PV_MagAbove(c, 2)), IFFT(c)]) }',
  () => {
    const c = FFT(LocalBuf(1024), WhiteNoise.ar());
    out(asSignal([IFFT(PV_BrickWall(c, 0.1)), IFFT(PV_MagAbove(c, 2)), IFFT(c)]));
  },
);
pair(
  'two chains in one',
  '{ var a = FFT(LocalBuf(512), SinOsc.ar(1)), b = FFT(LocalBuf(512), WhiteNoise.ar); Out.ar(0, IFFT(PV_MagMul(a, b))) }',
  () => {
    const a = FFT(LocalBuf(512), SinOsc.ar(1));
    const b = FFT(LocalBuf(512), WhiteNoise.ar());
    out(IFFT(PV_MagMul(a, b)));
  },
);
pair(
  'PV_Copy by hand',
  '{ var a = FFT(LocalBuf(512), SinOsc.ar(1)); var b = PV_Copy(a, LocalBuf(512)); Out.ar(0, IFFT(PV_MagFreeze(a, 1)) + IFFT(PV_Diffuser(b))) }',
  () => {
    const a = FFT(LocalBuf(512), SinOsc.ar(1));
    const b = PV_Copy(a, LocalBuf(512));
    out(IFFT(PV_MagFreeze(a, 1)).add(IFFT(PV_Diffuser(b))));
  },
);
pair(
  'pvcollect',
  '{ var c = FFT(LocalBuf(32), WhiteNoise.ar); c = c.pvcollect(32, { |m, p, i| [m * 2, p + i] }, 1, 4, 1); Out.ar(0, IFFT(c)) }',
  () => {
    const c = FFT(LocalBuf(32), WhiteNoise.ar());
    out(IFFT(pvCollect(c, 32, (m, p, i) => [m.mul(2), p.add(i)], 1, 4, 1)));
  },
);
pair('HilbertFIR', '{ Out.ar(0, HilbertFIR.ar(SinOsc.ar(1), LocalBuf(1024))) }', () =>
  out(HilbertFIR.ar(SinOsc.ar(1), LocalBuf(1024))),
);
pair('BeatTrack', '{ Out.kr(0, BeatTrack.kr(FFT(LocalBuf(1024), In.ar(0)))) }', () =>
  outKr(BeatTrack.kr(FFT(LocalBuf(1024), In.ar(0)))),
);
pair('BeatTrack of a signal', '{ Out.kr(0, BeatTrack.kr(In.ar(0))) }', () => outKr(BeatTrack.kr(In.ar(0))));
pair('Tap', '{ Out.ar(0, Tap.ar(3, 1, 0.2)) }', () => out(Tap.ar(3, 1, 0.2)));
pair('Convolution', '{ Out.ar(0, Convolution.ar(SinOsc.ar(1), WhiteNoise.ar, 1024)) }', () =>
  out(Convolution.ar(SinOsc.ar(1), WhiteNoise.ar(), 1024)),
);

export const buffers = pairs;
