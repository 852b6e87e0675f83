/** Buses, feedback and messages. */

import { asSignal } from '../../../../src/synthdef/signal/signal.js';
import {
  Impulse,
  In,
  LocalIn,
  LocalOut,
  MouseX,
  Out,
  Poll,
  SendPeakRMS,
  SendReply,
  SendTrig,
  SharedIn,
  SharedOut,
  Silent,
  SinOsc,
  SoundIn,
} from '../../../../src/synthdef/ugens.js';
import { out, outKr, pairList } from './pair.js';

const { pairs, pair } = pairList();

pair(
  'In and LocalIn, LocalOut',
  '{ var f = LocalIn.ar(2, 0.1) + In.ar(8, 2); LocalOut.ar(f * 0.5); Out.ar(0, f) }',
  () => {
    const f = LocalIn.ar(2, 0.1).add(In.ar(8, 2));
    LocalOut.ar(f.mul(0.5));
    out(f);
  },
);
pair('LocalIn of one', '{ var f = LocalIn.kr(1); LocalOut.kr(f + 1); Out.kr(0, f) }', () => {
  const f = LocalIn.kr(1);
  LocalOut.kr(f.add(1));
  outKr(f);
});
pair('SoundIn', '{ Out.ar(0, SoundIn.ar([0, 1]) ++ SoundIn.ar(2) ++ SoundIn.ar([3, 5])) }', () =>
  out(asSignal([...SoundIn.ar([0, 1]), ...SoundIn.ar(2), ...SoundIn.ar([3, 5])])),
);
pair('Silent', '{ Out.ar(0, Silent.ar(3)) }', () => out(Silent.ar(3)));
pair('SendTrig', '{ SendTrig.kr(Impulse.kr(1), 3, SinOsc.kr(1)); Out.kr(0, 0.5) }', () => {
  SendTrig.kr(Impulse.kr(1), 3, SinOsc.kr(1));
  Out.kr(0, 0.5);
});
pair('SendReply', "{ SendReply.kr(Impulse.kr(1), '/here', [SinOsc.kr(1), 2], 7); Out.kr(0, 0.5) }", () => {
  SendReply.kr({ trig: Impulse.kr(1), cmdName: '/here', values: [SinOsc.kr(1), 2], replyID: 7 });
  Out.kr(0, 0.5);
});
pair(
  'SendReply of several',
  "{ SendReply.ar([Impulse.ar(1), Impulse.ar(2)], '/here', [[1, 2], [3, 4]]); Out.kr(0, 0.5) }",
  () => {
    SendReply.ar({
      trig: [Impulse.ar(1), Impulse.ar(2)],
      cmdName: '/here',
      values: [
        [1, 2],
        [3, 4],
      ],
    });
    Out.kr(0, 0.5);
  },
);
pair('SendPeakRMS', "{ SendPeakRMS.kr(SinOsc.ar([1, 2]), 10, 3, '/meter'); Out.kr(0, 0.5) }", () => {
  SendPeakRMS.kr(SinOsc.ar([1, 2]), 10, 3, '/meter');
  Out.kr(0, 0.5);
});
pair('Poll', '{ Out.ar(0, Poll(Impulse.ar(10), SinOsc.ar(1), "sine")) }', () =>
  out(Poll(Impulse.ar(10), SinOsc.ar(1), 'sine')),
);
pair('Poll so many times a second', '{ Out.kr(0, Poll.kr(5, SinOsc.kr([1, 2]), "sine", 3)) }', () =>
  outKr(Poll.kr(5, SinOsc.kr([1, 2]), 'sine', 3)),
);
pair('SharedIn and SharedOut', '{ SharedOut.kr(3, SharedIn.kr(1, 2) * 2); Out.kr(0, 0.5) }', () => {
  SharedOut.kr(3, SharedIn.kr(1, 2).mul(2));
  Out.kr(0, 0.5);
});
pair('MouseX, exponential', '{ Out.kr(0, MouseX.kr(100, 1000, 1, 0.3)) }', () =>
  outKr(MouseX.kr(100, 1000, 1, 0.3)),
);

export const buses = pairs;
