import { DiskOut, In, type SynthDef, synthDef } from '../synthdef/index.js';

/** What is on a bus goes to the buffer's file. */
export function recordingDef(channels: number): SynthDef {
  return synthDef(`react-collider-record-${channels}`, { buffer: 0, bus: 0 }, (c) => {
    DiskOut.ar(c.buffer, In.ar(c.bus, channels));
  });
}
