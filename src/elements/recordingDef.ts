import { A2K, DiskOut, In, Out, type SynthDef, synthDef } from '../synthdef/index.js';

/** Writes a bus to the buffer's file, and the number of written frames to the control bus `written`. */
export function recordingDef(channels: number): SynthDef {
  return synthDef(`react-collider-record-${channels}`, { buffer: 0, bus: 0, written: 0 }, (c) => {
    Out.kr(c.written, A2K.kr(DiskOut.ar(c.buffer, In.ar(c.bus, channels))));
  });
}
