import { Out, PlayBuf, synthDef } from 'react-collider/synthdef';

export const player = synthDef('player', { buf: 0, frames: 0 }, (c) => {
  Out.ar(0, PlayBuf.ar({ numChannels: 1, bufnum: c.buf, loop: 1 }).mul(0.1));
});
