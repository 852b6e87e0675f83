import { In, Lag, Linen, XOut } from '../catalogue/generated/index.js';
import { DoneAction } from '../composites/envGen.js';
import { synthDef } from '../synthDef.js';
import type { SynthDef } from '../synthDefsFromBytes.js';

/**
 * Multiplies buses in place by an amplitude that glides; leaves with a short fade.
 *
 * @see Volume in SuperCollider's SCClassLibrary/Common/Control/Volume.sc
 */
export function volumeDef(channels: number): SynthDef {
  return synthDef(
    `volumeAmpControl${channels}`,
    { volumeAmp: 1, volumeLag: 0.1, gate: 1, fadeIn: 0.01, bus: 0 },
    (c) => {
      const amp = Lag.kr(c.volumeAmp, c.volumeLag);
      const envelope = Linen.kr(c.gate, c.fadeIn, 1, 0.05, DoneAction.freeSelf);
      // An envelope takes a control period at least.
      const fade = envelope.max(c.fadeIn.le(0).mul(c.gate));
      XOut.ar(c.bus, fade, In.ar(c.bus, channels).mul(amp));
    },
  );
}
