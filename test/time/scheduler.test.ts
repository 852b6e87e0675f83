import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SystemClock } from '../../src/time/clock.js';
import { EventQueue } from '../../src/time/eventQueue.js';
import { Scheduler } from '../../src/time/scheduler.js';
import { VirtualClock } from '../../src/time/virtualClock.js';

/** A system clock whose two sources are moved by hand, in seconds. */
function handMoved() {
  const times = { steady: 1_790_000_000, system: 1_790_000_000 };
  const clock = new SystemClock({
    steady: () => times.steady * 1000,
    system: () => Math.floor(times.system * 1000),
  });
  return {
    clock,
    /** Lets time pass in small steps, while the system's clock runs at another rate. */
    pass(seconds: number, rate = 1) {
      for (let step = 0; step < seconds * 100; step++) {
        times.steady += 0.01;
        times.system += 0.01 * rate;
        clock.now();
      }
    },
    set: (by: number) => {
      times.system += by;
    },
    get error() {
      return clock.toSystem(clock.now()) - times.system;
    },
  };
}

describe('the system clock', () => {
  test('agrees with the system from the start, when the steady clock began 30 ms off', () => {
    const clock = new SystemClock({ steady: () => 1_790_000_000_030.5, system: () => 1_790_000_000_000 });
    expect(clock.toSystem(clock.now())).toBeCloseTo(1_790_000_000, 3);
  });

  test('agrees with a steady system clock, and leaves distances alone', () => {
    const { clock, pass } = handMoved();
    pass(60);
    const now = clock.now();
    expect(clock.toSystem(now + 10) - clock.toSystem(now)).toBe(10);
    expect(Math.abs(clock.toSystem(now) - now)).toBe(0);
  });

  test('follows a clock that is 200 ppm fast within a few milliseconds, and never goes back', () => {
    const hand = handMoved();
    let before = hand.clock.toSystem(hand.clock.now());
    for (let minute = 0; minute < 20; minute++) {
      hand.pass(30, 1.0002);
      const now = hand.clock.toSystem(hand.clock.now());
      expect(now).toBeGreaterThan(before);
      expect(Math.abs(hand.error)).toBeLessThan(0.004);
      before = now;
    }
    expect(hand.clock.steps).toBe(0);
  });

  test('a system clock that is set by an hour is followed in what is sent, not in the music', () => {
    const hand = handMoved();
    hand.pass(5);
    const before = hand.clock.now();
    hand.set(3600);
    hand.pass(5);
    expect(hand.clock.now() - before).toBeCloseTo(5, 4);
    expect(Math.abs(hand.error)).toBeLessThan(0.002);
    expect(hand.clock.steps).toBe(1);
  });
});

test('the queue gives what waits in order of time, and of arrival at one time, less what is cancelled', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.boolean())), (list) => {
      const queue = new EventQueue<{ time: number; order: number; cancelled: boolean }>();
      const events = list.map(([time, isCancelled], order) => ({
        event: { time, order, cancelled: false },
        isCancelled,
      }));
      for (const { event } of events) queue.add(event);
      for (const { event, isCancelled } of events) if (isCancelled) queue.cancel(event);
      const kept = events.filter(({ isCancelled }) => !isCancelled).map(({ event }) => event);
      expect(queue.size).toBe(kept.length);
      const taken = [];
      for (let event = queue.take(); event; event = queue.take()) taken.push(event);
      expect(taken).toEqual(kept.toSorted((a, b) => a.time - b.time || a.order - b.order));
      expect(queue.size).toBe(0);
    }),
  );
});

describe('under a virtual clock', () => {
  function virtual() {
    const clock = new VirtualClock();
    const moments: number[] = [];
    const errors: unknown[] = [];
    const scheduler = new Scheduler({
      clock,
      perform: (time, callbacks) => {
        clock.moveTo(time);
        moments.push(time);
        callbacks();
      },
      onError: (error) => errors.push(error),
    });
    return { clock, scheduler, moments, errors };
  }

  test('each moment is run once, with all that is for it, in order', () => {
    const { scheduler, moments } = virtual();
    const calls: string[] = [];
    scheduler.schedule(2, () => calls.push('c'));
    scheduler.schedule(1, () => {
      calls.push('a');
      scheduler.schedule(1, () => calls.push('in the same moment'));
    });
    scheduler.schedule(1 + 1e-9, () => calls.push('b'));
    const cancelled = scheduler.schedule(1.5, () => calls.push('never'));
    cancelled.cancel();
    while (scheduler.runNext() !== undefined);
    expect(calls).toEqual(['a', 'in the same moment', 'b', 'c']);
    expect(moments).toEqual([1, 2]);
  });

  test('a callback that throws is reported, and the others run', () => {
    const { scheduler, errors } = virtual();
    let ran = 0;
    scheduler.schedule(1, () => {
      throw new Error('one');
    });
    scheduler.schedule(1, () => ran++);
    scheduler.schedule(2, () => ran++);
    while (scheduler.runNext() !== undefined);
    expect(ran).toBe(2);
    expect(errors).toEqual([new Error('one')]);
  });

  test('what schedules itself for the same moment without end is stopped with a reason', () => {
    const { scheduler, errors } = virtual();
    const again = () => void scheduler.schedule(1, again);
    again();
    scheduler.runNext();
    expect(String(errors[0])).toContain('they seem to schedule each other without end');
  });

  test('no time is refused, and the clock does not go back', () => {
    const { scheduler, clock } = virtual();
    expect(() => scheduler.schedule(Number.NaN, () => {})).toThrow('Nothing can be scheduled for NaN');
    clock.moveTo(3);
    expect(() => clock.moveTo(2)).toThrow('stands at 3 s cannot be moved to 2');
  });
});
