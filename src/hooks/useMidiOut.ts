import { useCallback, useLayoutEffect } from 'react';
import type { SceneContext } from '../live/sceneContext.js';
import {
  CLOCK,
  CONTINUE,
  type MidiMessage,
  type MidiPort,
  midiBytes,
  START,
  STOP,
  songPosition,
  TICKS_PER_BEAT,
} from '../midi/port.js';
import type { Scheduled } from '../time/scheduler.js';
import { useScene } from './useServer.js';
import { beatNow, useTimeline } from './useTimeline.js';

/** Sends bytes so that they arrive with the sound of the commit that is being made. */
export function sendMidi(scene: SceneContext, to: MidiPort | undefined, bytes: readonly number[]): void {
  const { server, time } = scene;
  // A rendering has no time of its own: what goes out is a part of its score.
  if (server.takeMidi) server.takeMidi(bytes, time);
  else to?.send(bytes, time);
}

/**
 * A function that sends MIDI messages, for effects and for callbacks of beats. A message arrives when the sound of the
 * same commit is heard.
 *
 * @param to - What `openMidiOutput` or `webMidiOutput` gave; `undefined` for none yet.
 * @example
 * const send = useMidiOut(synthesizer);
 * useBeat(1, ({ index }) => send({ type: 'control', control: 1, value: (index % 8) / 8 }));
 */
export function useMidiOut(to: MidiPort | undefined): (message: MidiMessage) => void {
  const scene = useScene('useMidiOut');
  return useCallback((message) => sendMidi(scene, to, midiBytes(message)), [scene, to]);
}

/**
 * Sends the beats of the transport around as a MIDI clock, 24 ticks a beat, with start, continue, stop and song
 * position.
 *
 * It begins at the next sixteenth, which is what a song position can say.
 *
 * @param to - What `openMidiOutput` or `webMidiOutput` gave; `undefined` for none yet.
 */
export function useMidiClockOut(to: MidiPort | undefined): void {
  const { scene, timeline } = useTimeline('useMidiClockOut');
  useLayoutEffect(() => {
    let next: Scheduled | undefined;
    let isRunning = false;
    let generation = timeline.generation;
    let tick = 0;
    const send = (...bytes: number[]) => sendMidi(scene, to, bytes);
    const follow = () => {
      next?.cancel();
      const time = timeline.timeOf(tick / TICKS_PER_BEAT);
      next = time === undefined ? undefined : scene.scheduler.schedule(time, step);
      if (time !== undefined || !isRunning) return;
      isRunning = false;
      send(STOP);
    };
    const step = () => {
      if (!isRunning) {
        isRunning = true;
        if (tick === 0) send(START);
        else {
          sendMidi(scene, to, songPosition(tick / 6));
          send(CONTINUE);
        }
      }
      send(CLOCK);
      tick += 1;
      follow();
    };
    const find = () => {
      // The tolerance of beatNow puts a beat that was sought just behind it.
      tick = 6 * Math.max(0, Math.ceil(4 * beatNow(scene, timeline) - 4e-4));
    };
    const unsubscribe = timeline.subscribe(() => {
      const isSought = timeline.generation !== generation;
      generation = timeline.generation;
      if (isSought && isRunning) {
        isRunning = false;
        send(STOP);
      }
      if (!isRunning) find();
      follow();
    });
    find();
    follow();
    return () => {
      unsubscribe();
      next?.cancel();
      if (isRunning) send(STOP);
    };
  }, [scene, timeline, to]);
}
