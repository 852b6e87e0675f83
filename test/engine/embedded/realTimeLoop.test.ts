import { beforeEach, expect, test } from 'vitest';
import { type Clocks, RealTimeLoop } from '../../../src/engine/embedded/realTimeLoop.js';
import { encodePacket } from '../../../src/osc/encode.js';
import { timetagAt } from '../../../src/osc/timetag.js';
import { Offline, RATE } from './offline.js';
import { level } from './soundDefs.js';

const START = 1_800_000_000_000; // milliseconds since 1970

/** Clocks that stand still until they are moved; the system's runs at another rate than the steady one. */
class TestClocks implements Clocks {
  passed = 0;
  rate = 1;
  jump = 0;
  #wake: (() => void) | undefined;
  #at = 0;

  steady = () => START + this.passed;
  system = () => Math.floor(START + this.passed * this.rate + this.jump);
  wake = (callback: () => void, after: number) => {
    this.#wake = callback;
    this.#at = this.passed + Math.max(after, 0.1);
    return () => {
      this.#wake = undefined;
    };
  };

  /** Moves on by so many milliseconds, waking whoever wants to be woken; `late` times are slept through. */
  move(milliseconds: number): void {
    const until = this.passed + milliseconds;
    while (this.#wake && this.#at <= until) {
      const callback = this.#wake;
      this.#wake = undefined;
      this.passed = Math.max(this.passed, this.#at);
      callback();
    }
    this.passed = until;
  }

  /** Time passes without anyone being woken. */
  sleep(milliseconds: number): void {
    this.passed += milliseconds;
  }
}

let engine: Offline;
let clocks: TestClocks;
let lines: string[];
let left: number[];

beforeEach(async () => {
  engine = await Offline.boot();
  await engine.define(level);
  clocks = new TestClocks();
  lines = engine.output;
  left = [];
});

/** Frame 0 of the host was at this moment, so that its next frame is now. */
function start(lead: number): RealTimeLoop {
  const zero = START - (1000 * engine.host.frame) / RATE;
  const loop = new RealTimeLoop(engine.host, zero, {
    sampleRate: RATE,
    lead,
    patience: 0.2,
    clocks,
    onBlock: () => left.push(...engine.host.outputs[0]!),
    onOutput: (line) => lines.push(line),
    onCrash: (error) => lines.push(error.message),
  });
  loop.start();
  return loop;
}

test('as many frames are computed as time has passed', () => {
  start(0);
  clocks.move(1001);
  expect(left.length).toBe(375 * 128); // 48,000
  clocks.move(500);
  expect(left.length).toBe(562 * 128); // the 563rd block is not full yet
});

test('a lead keeps so much sound ready', () => {
  start(0.04);
  clocks.move(1000);
  expect(left.length / RATE).toBeCloseTo(1.04, 2);
});

test('a bundle stamped with the system’s time sounds at that frame', () => {
  start(0);
  clocks.move(100);
  const time = (START + 250) / 1000;
  engine.host.receive(
    encodePacket({ timetag: timetagAt(time), elements: [['/s_new', 'level', 1000, 0, 0]] }),
  );
  clocks.move(300);
  expect(left.findIndex((sample) => sample !== 0)).toBe(0.25 * RATE);
});

test('a bundle stamped now is not late when nothing is played ahead', () => {
  start(0);
  clocks.move(101);
  engine.host.receive(
    encodePacket({
      timetag: timetagAt((START + 101) / 1000),
      elements: [['/s_new', 'level', 1000, 0, 0]],
    }),
  );
  clocks.move(20);
  expect(lines).toEqual([]);
  expect(left.findIndex((sample) => sample !== 0)).toBe(0.101 * RATE);
});

test('a system clock that runs 200 millionths fast is followed to a millisecond or two', () => {
  const loop = start(0);
  clocks.rate = 1.0002;
  clocks.move(30_001);
  const moment = clocks.system() / 1000;
  expect(Math.abs(loop.timeOf(engine.host.frame) - moment)).toBeLessThan(0.006);
  expect(left.length).toBe(11_250 * 128); // the frames themselves follow the steady clock
});

test('a steady clock that begins 30 ms off is put right before the first block', () => {
  clocks.jump = -30;
  const loop = start(0);
  clocks.move(100);
  expect(Math.abs(loop.timeOf(engine.host.frame) - clocks.system() / 1000)).toBeLessThan(0.005);
});

test('a system clock that is set by an hour is followed within a second', () => {
  const loop = start(0);
  clocks.move(3000);
  clocks.jump = 3_600_000;
  clocks.move(2100);
  expect(Math.abs(loop.timeOf(engine.host.frame) - clocks.system() / 1000)).toBeLessThan(0.005);
});

test('a short stall is caught up with, a long one is left out and said', () => {
  start(0);
  clocks.move(100);
  clocks.sleep(150);
  clocks.move(50);
  expect(left.length).toBe(112 * 128); // 0.3 s
  expect(lines).toEqual([]);
  clocks.sleep(5000);
  clocks.move(100);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(
    /^the embedded engine was 4\.99\d s behind and left them out$|^the embedded engine was 5\.00\d s behind and left them out$/,
  );
  expect(left.length / RATE).toBeCloseTo(0.4, 2);
});

test('after stop no block is computed', () => {
  const loop = start(0);
  clocks.move(100);
  const before = left.length;
  loop.stop();
  clocks.move(100);
  expect(left.length).toBe(before);
});

test('a crash of the engine stops the loop and is told once', () => {
  start(0);
  engine.send('/b_gen', 1, 'PreparePartConv', 1, 0); // scsynth divides by the size of 0
  clocks.move(100);
  expect(lines.at(-1)).toBe('The embedded engine crashed: RuntimeError: divide by zero.');
  const before = lines.length;
  clocks.move(100);
  expect(lines).toHaveLength(before);
});
