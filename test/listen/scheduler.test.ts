import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { SystemClock } from '../../src/time/clock.js';
import { type Lateness, Scheduler } from '../../src/time/scheduler.js';
import { timerWaker, type WakerWorker, wakerWorkerSource, workerWaker } from '../../src/time/waker.js';

describe('in real time', () => {
  function real(lookahead: number) {
    const clock = new SystemClock();
    const late: Lateness[] = [];
    const runs: { time: number; ahead: number }[] = [];
    const scheduler = new Scheduler({
      clock,
      lookahead,
      waker: timerWaker,
      perform: (time, callbacks) => {
        callbacks();
        runs.push({ time, ahead: time - clock.now() });
      },
      onLate: (lateness) => late.push(lateness),
      onError: (error) => {
        throw error;
      },
    });
    return { clock, scheduler, late, runs };
  }

  /** Schedules ticks every 50 ms for a second, and blocks the thread for so long after 300 ms. */
  async function ticks(blockedFor: number) {
    const { clock, scheduler, late, runs } = real(0.1);
    const start = clock.now() + 0.15;
    await new Promise<void>((resolve) => {
      const tick = (index: number) => {
        if (index === 20) resolve();
        else scheduler.schedule(start + index * 0.05, () => tick(index + 1));
      };
      tick(0);
      setTimeout(() => {
        const end = performance.now() + blockedFor;
        while (performance.now() < end);
      }, 300);
    });
    scheduler.close();
    return { start, late, times: runs.map(({ time }) => time), runs, counts: scheduler.counts };
  }

  test('a thread that is blocked for 80 ms delays nothing: callbacks run at most 100 ms early, never late', async () => {
    const { start, late, times, runs } = await ticks(80);
    expect(times).toEqual(Array.from({ length: 20 }, (_, index) => start + index * 0.05));
    expect(late).toEqual([]);
    expect(Math.max(...runs.map(({ ahead }) => ahead))).toBeLessThanOrEqual(0.1);
  });

  test('a thread that is blocked for 500 ms: what was due meanwhile is reported with how late it is, and what follows is on time', async () => {
    const { start, late, times, runs, counts } = await ticks(500);
    expect(times).toEqual(Array.from({ length: 20 }, (_, index) => start + index * 0.05));
    expect(late.length).toBeGreaterThanOrEqual(6);
    expect(late.length).toBeLessThanOrEqual(12);
    expect(counts.late).toBe(late.length);
    expect(counts.worst).toBeGreaterThan(0.25);
    expect(counts.worst).toBeLessThan(0.6);
    for (let index = 1; index < late.length; index++)
      expect(late[index]!.by).toBeLessThan(late[index - 1]!.by);
    expect(runs.at(-1)!.ahead).toBeGreaterThan(0.05);
  });

  test('an earlier moment that is scheduled later still wakes in time', async () => {
    const { clock, scheduler, late, runs } = real(0.2);
    const now = clock.now();
    await new Promise<void>((resolve) => {
      scheduler.schedule(now + 0.6, resolve);
      scheduler.schedule(now + 0.4, () => {});
    });
    scheduler.close();
    expect(runs.map(({ time }) => time)).toEqual([now + 0.4, now + 0.6]);
    expect(late).toEqual([]);
  });

  test('a worker wakes as well, and what is called off stays silent', async () => {
    const thread = new Worker(
      `const { parentPort } = require('node:worker_threads');
      globalThis.postMessage = (data) => parentPort.postMessage(data);
      parentPort.on('message', (data) => onmessage({ data }));
      let onmessage; ${wakerWorkerSource}`,
      { eval: true },
    );
    const worker: WakerWorker = {
      postMessage: (message) => thread.postMessage(message),
      onmessage: null,
      terminate: () => void thread.terminate(),
    };
    thread.on('message', (data) => worker.onmessage?.({ data }));
    const { wake, end } = workerWaker(worker);
    const calls: string[] = [];
    const cancel = wake(0.01, () => calls.push('called off'));
    cancel();
    const start = performance.now();
    await new Promise<void>((resolve) => wake(0.05, () => resolve(void calls.push('woken'))));
    end();
    expect(performance.now() - start).toBeGreaterThanOrEqual(49);
    expect(calls).toEqual(['woken']);
  });
});
