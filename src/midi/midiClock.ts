/** A transport that follows the clock of another machine. */

import type { Clock } from '../time/clock.js';
import type { Scheduler } from '../time/scheduler.js';
import type { Transport } from '../time/transport.js';
import { ClockFollower } from './clockFollower.js';
import { CLOCK, CONTINUE, SONG_POSITION, START, STOP, TICKS_PER_STEP } from './port.js';

/** A machine that a `<Transport>` may follow. */
export interface TransportLeader {
  /** Leads a transport; returns the function that ends it. */
  lead(
    transport: Transport,
    surroundings: { readonly clock: Clock; readonly scheduler: Scheduler },
  ): () => void;
}

/** Beats in which a difference of phase is made good. */
const CORRECTION = 0.5;
/** Differences in beats beyond which the transport is sought. */
const TOO_FAR = 0.25;

/**
 * The clock of another machine or program, for `<Transport follow={midiClock(input)}>`.
 *
 * Start, stop, continue and song position are followed, and the tempo by 24 ticks a beat. The beats are those of a line
 * through the last 48 ticks, so ticks that come early or late shift nothing. The transport begins a quarter of a beat after a
 * start, when the tempo is known, at the beat that the other machine has then.
 *
 * @param input - What `openMidiInput` or `webMidi` gave.
 */
export const midiClock = (input: {
  listen(listener: (bytes: ArrayLike<number>) => void): () => void;
}): TransportLeader => ({
  lead(transport, { clock, scheduler }) {
    const follower = new ClockFollower();
    let isStarted = false;
    let ticks = 0;
    const follow = () => {
      const at = scheduler.horizon;
      const beat = follower.beatAt(at);
      const { bpm } = follower;
      if (beat === undefined || bpm === undefined || beat < 0) return;
      const { clock: beats } = transport;
      scheduler.schedule(at, () => {
        if (!isStarted) return;
        const now = scheduler.running ?? at;
        const theirs = beat + ((now - at) * bpm) / 60;
        if (!beats.isRunning || Math.abs(theirs - beats.beatAt(now)) > TOO_FAR) {
          transport.setTempo(bpm);
          transport.seek(theirs);
          transport.play();
          return;
        }
        transport.setTempo(bpm * (1 + (theirs - beats.beatAt(now)) / CORRECTION));
      });
    };
    return input.listen((bytes) => {
      switch (bytes[0]) {
        case CLOCK:
          follower.tick(clock.now());
          ticks += 1;
          if (isStarted && ticks % TICKS_PER_STEP === 0) follow();
          return;
        case START:
          follower.goTo(0);
          isStarted = true;
          ticks = 0;
          return;
        case CONTINUE:
          isStarted = true;
          ticks = 0;
          return;
        case STOP:
          isStarted = false;
          transport.pause();
          return;
        case SONG_POSITION:
          follower.goTo(((bytes[1] ?? 0) + 128 * (bytes[2] ?? 0)) / 4);
      }
    });
  },
});
