import { GraphBuilder } from './graphBuilder.js';
import type { SynthDef } from './synthDefsFromBytes.js';

const FREE_SELF = 2;

/**
 * Multiplies buses in place by an amplitude that glides; leaves with a short fade.
 *
 * @see Volume in SuperCollider's SCClassLibrary/Common/Control/Volume.sc
 */
export function volumeDef(channels: number): SynthDef {
  const graph = new GraphBuilder(`volumeAmpControl${channels}`, {
    volumeAmp: 1,
    volumeLag: 0.1,
    gate: 1,
    bus: 0,
  });
  const bus = graph.control('bus');
  const signals = graph.unit('In', 'audio', [bus], channels);
  const amp = graph.one('Lag', 'control', graph.control('volumeAmp'), graph.control('volumeLag'));
  const fade = graph.one('Linen', 'control', graph.control('gate'), 0.01, 1, 0.05, FREE_SELF);
  const scaled = signals.map((signal) => graph.times('audio', signal, amp));
  graph.unit('XOut', 'audio', [bus, fade, ...scaled], 0);
  return graph.build();
}
