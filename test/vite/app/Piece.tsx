import { useState } from 'react';
import { Synth, useBuffer } from 'react-collider';
import kick from './kick.wav';
import ping, { synthDefs } from './pings.scsyndef';
import { player } from './voices.js';

export function Piece() {
  const [seed] = useState(() => 1 + Math.floor(Math.random() * 1e6));
  const sample = useBuffer(kick);
  return (
    <>
      <Synth def={ping} freq={440} seed={seed} />
      <Synth def={synthDefs.pong!} freq={220} />
      <Synth def={player} buf={sample} frames={sample.info?.frames ?? 0} />
    </>
  );
}
