/** The definitions that the server's own parts play: recorder and test sound. */

import { GraphBuilder } from '../synthdef/graphBuilder.js';
import type { SynthDef } from '../synthdef/index.js';

const FREE_SELF = 2;

/** The address of a recording's progress. */
export const RECORDING_PROGRESS = '/recordingDuration';

/**
 * Writes buses to the file that its buffer has open, tells each second how long it has, and ends after `duration`.
 *
 * @see Recorder in SuperCollider's SCClassLibrary/Common/Control/Recorder.sc
 */
export function recorderDef(channels: number): SynthDef {
  const graph = new GraphBuilder(`react-collider-recorder-${channels}`, {
    buffer: 0,
    bus: 0,
    duration: 0,
    doneAction: 0,
    replyId: 0,
  });
  const duration = graph.control('duration');
  const tick = graph.one('Impulse', 'control', 1, 0);
  const seconds = graph.minus('control', graph.one('PulseCount', 'control', tick, 0), 1);
  graph.one('Line', 'control', 0, duration, duration, graph.control('doneAction'));
  const address = [...RECORDING_PROGRESS].map((letter) => letter.charCodeAt(0));
  graph.unit(
    'SendReply',
    'control',
    [tick, graph.control('replyId'), address.length, ...address, seconds],
    0,
  );
  const signals = graph.unit('In', 'audio', [graph.control('bus')], channels);
  graph.unit('DiskOut', 'audio', [graph.control('buffer'), ...signals]);
  return graph.build();
}

/** A short sine on two channels. */
export function blipDef(): SynthDef {
  const graph = new GraphBuilder('react-collider-blip', { freq: 500, amp: 0.05, dur: 0.1, out: 0 });
  const sine = graph.one('SinOsc', 'audio', graph.control('freq'), 0);
  const fade = graph.one('Line', 'control', graph.control('amp'), 0, graph.control('dur'), FREE_SELF);
  const signal = graph.times('audio', sine, fade);
  graph.unit('Out', 'audio', [graph.control('out'), signal, signal], 0);
  return graph.build();
}
