/** The definitions that the server's own parts play: recorder and test sound. */

import {
  A2K,
  DiskOut,
  DoneAction,
  Impulse,
  In,
  Line,
  Out,
  PulseCount,
  SendReply,
  SinOsc,
  type SynthDef,
  synthDef,
} from '../synthdef/index.js';

/** The address of a recording's progress. */
export const RECORDING_PROGRESS = '/recordingDuration';

/**
 * Writes buses to the file that its buffer has open, tells each second how long it has, and ends after `duration`. How
 * many frames it has written is on the control bus `written`.
 *
 * @see Recorder in SuperCollider's SCClassLibrary/Common/Control/Recorder.sc
 */
export function recorderDef(channels: number): SynthDef {
  return synthDef(
    `react-collider-recorder-${channels}`,
    { buffer: 0, bus: 0, duration: 0, doneAction: 0, replyId: 0, written: 0 },
    (c) => {
      const tick = Impulse.kr(1);
      Line.kr({ end: c.duration, dur: c.duration, doneAction: c.doneAction });
      SendReply.kr({
        trig: tick,
        cmdName: RECORDING_PROGRESS,
        values: PulseCount.kr(tick).sub(1),
        replyID: c.replyId,
      });
      Out.kr(c.written, A2K.kr(DiskOut.ar(c.buffer, In.ar(c.bus, channels))));
    },
  );
}

/** A short sine on two channels. */
export function blipDef(): SynthDef {
  return synthDef('react-collider-blip', { freq: 500, amp: 0.05, dur: 0.1, out: 0 }, (c) => {
    const fade = Line.kr({ start: c.amp, end: 0, dur: c.dur, doneAction: DoneAction.freeSelf });
    const signal = SinOsc.ar(c.freq).mul(fade);
    Out.ar(c.out, [signal, signal]);
  });
}
