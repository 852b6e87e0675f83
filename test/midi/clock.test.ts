/** A transport that follows a MIDI clock, in time that a test moves. */

import { describe, expect, test } from 'vitest';
import { midiClock } from '../../src/midi/midiClock.js';
import { seededRandom } from '../../src/time/random.js';
import { Scheduler } from '../../src/time/scheduler.js';
import { Transport } from '../../src/time/transport.js';
import { VirtualClock } from '../../src/time/virtualClock.js';

const START_OF_TIME = 1000;

/** A transport that a machine leads, and what the machine sends. */
function led() {
  const clock = new VirtualClock(START_OF_TIME);
  const scheduler = new Scheduler({
    clock,
    lookahead: 0.1,
    waker: () => () => {},
    perform: (_, callbacks) => callbacks(),
    onError: (error) => {
      throw error;
    },
  });
  const transport = new Transport(scheduler, { tempo: 90, meter: '4/4' });
  let listener: (bytes: readonly number[]) => void = () => {};
  const end = midiClock({
    listen(given) {
      listener = given;
      return () => {};
    },
  }).lead(transport, { clock, scheduler });
  return {
    transport,
    clock,
    end,
    /** Receives bytes at a time. */
    receive(time: number, ...bytes: number[]) {
      clock.moveTo(Math.max(time, clock.now()));
      scheduler.runDue();
      listener(bytes);
      scheduler.runDue();
    },
  };
}

/** Beats of the other machine by time: a tempo, and another from a beat on. */
const timeOf = (beat: number, bpms: readonly [number, number], change: number) =>
  START_OF_TIME + 1 + (Math.min(beat, change) * 60) / bpms[0] + (Math.max(0, beat - change) * 60) / bpms[1];

describe('ticks with ±2 ms of jitter', () => {
  test.each([1, 2, 3, 4, 5])('hold the beat within 3 ms, seed %i', (seed) => {
    const { transport, receive, clock } = led();
    const random = seededRandom(`jitter ${seed}`);
    receive(START_OF_TIME + 0.99, 0xfa);
    let worst = 0;
    for (let tick = 0; tick < 24 * 200; tick++) {
      const beat = tick / 24;
      receive(timeOf(beat, [128, 128], 0) + random.number(-0.002, 0.002), 0xf8);
      if (beat < 4) continue;
      // What is played now: the beat at this moment, in seconds of the other machine.
      const theirs = timeOf(transport.clock.beatAt(clock.now()), [128, 128], 0);
      worst = Math.max(worst, Math.abs(theirs - clock.now()));
    }
    expect(worst).toBeLessThan(0.003);
    expect(worst).toBeGreaterThan(0);
  });
});

test('another tempo is found within two beats', () => {
  const { transport, receive, clock } = led();
  receive(START_OF_TIME + 0.99, 0xfa);
  for (let tick = 0; tick < 24 * 40; tick++) {
    const beat = tick / 24;
    receive(timeOf(beat, [120, 140], 20), 0xf8);
    if (beat > 24) {
      expect(
        Math.abs(timeOf(transport.clock.beatAt(clock.now()), [120, 140], 20) - clock.now()),
      ).toBeLessThan(0.005);
    }
  }
  expect(transport.clock.bpmAt(clock.now())).toBeCloseTo(140, 0);
});

test('start, stop, song position and continue', () => {
  const { transport, receive, clock, end } = led();
  let time = START_OF_TIME + 1;
  const ticks = (count: number) => {
    for (let tick = 0; tick < count; tick++) {
      time += 60 / 120 / 24;
      receive(time, 0xf8);
    }
  };
  ticks(24);
  expect(transport.isPlaying).toBe(false);
  receive(time, 0xfa);
  ticks(49);
  expect(transport.clock.beatAt(clock.now())).toBeCloseTo(2, 2);
  receive(time, 0xfc);
  ticks(12);
  expect(transport.isPlaying).toBe(false);
  receive(time, 0xf2, 64, 0); // 64 sixteenths
  receive(time, 0xfb);
  ticks(25);
  expect(transport.clock.beatAt(clock.now())).toBeCloseTo(17, 2);
  end();
});
