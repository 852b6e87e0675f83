/** Numbers that are computed from live values. */

import type { UnixTime } from '../units.js';
import { checkNumber } from './checkNumber.js';
import { Motion, type Segment } from './motion.js';
import { ValueSource } from './source.js';

/** Halvings of a segment until lines are taken as they are. */
const MAX_DEPTH = 5;
/** The distance from a line that counts as none, as a part of the numbers. */
const TOLERANCE = 2 ** -20;

/** A number that is computed from live values: what `derive` and `useDerived` return. */
export class DerivedValue extends ValueSource {
  readonly #sources: readonly ValueSource[];
  #compute: (...values: number[]) => number;
  #ends: (() => void)[] = [];
  #last: number | undefined;
  #motion: Motion | undefined;
  /** The movements of the sources that `#motion` is made from. */
  #from: readonly (Motion | undefined)[] = [];

  /** @internal */
  constructor(sources: readonly ValueSource[], compute: (...values: number[]) => number) {
    super();
    this.#sources = sources;
    this.#compute = compute;
  }

  /** The present value, computed from those of the sources. */
  get(): number {
    return this.#valueOf(this.#sources.map((source) => source.get()));
  }

  /** Lines in place of the way that the function makes of those of the sources. @internal */
  get motion(): Motion | undefined {
    const from = this.#sources.map(({ motion }) => motion);
    if (from.every((motion, index) => this.#isSame(index, motion))) return this.#motion;
    this.#from = from;
    this.#motion = from.some((motion) => motion) ? this.#motionOf(from) : undefined;
    return this.#motion;
  }

  /** Computes by another function from now on. @internal */
  computeBy(compute: (...values: number[]) => number): void {
    if (compute === this.#compute) return;
    this.#compute = compute;
    this.#from = [];
    if (this.#ends.length > 0) this.sourceChanged();
  }

  /** @internal */
  sourceChanged(): void {
    const before = this.#motion;
    if (this.motion !== before) {
      this.#last = this.get();
      this.moved();
      return;
    }
    const value = this.get();
    // The server is on the way there.
    if (this.#motion || value === this.#last) return;
    this.#last = value;
    this.changed();
  }

  protected override awake(): void {
    if (this.#ends.length > 0) return;
    this.#last = this.get();
    this.#ends = this.#sources.map((source) => source.addDependent(this));
  }

  protected override asleep(): void {
    for (const end of this.#ends.splice(0)) end();
  }

  /** True where a source moves as before, or has come to the end of that and stands there. */
  #isSame(index: number, motion: Motion | undefined): boolean {
    const before = this.#from[index];
    if (motion === before) return true;
    const isOver =
      before && !motion && this.#motion && this.time < this.#motion.end && this.time >= before.end;
    return isOver === true && this.#sources[index]!.get() === before.last;
  }

  #valueOf(values: number[]): number {
    const value = this.#compute(...values);
    checkNumber('derive: the function', value);
    return value;
  }

  #motionOf(from: readonly (Motion | undefined)[]): Motion {
    const standing = this.#sources.map((source) => source.get());
    const at = (time: UnixTime): number =>
      this.#valueOf(from.map((motion, index) => (motion ? motion.at(time) : standing[index]!)));
    const { time: now } = this;
    const times = from
      .flatMap((motion) => motion?.segments.flatMap(({ start, end }) => [start, end]) ?? [])
      .filter((time) => time > now);
    const joints = [now, ...new Set(times.sort((a, b) => a - b))];
    const segments: Segment[] = [];
    for (const [index, end] of joints.slice(1).entries()) {
      const start = joints[index]!;
      // The segment's own end: at that time the next one may begin with a jump.
      addLines(at, start, end, at(start + (end - start) * 1e-9), at(end - (end - start) * 1e-9), segments, 0);
    }
    const last = at(joints.at(-1)!);
    segments.push({ start: joints.at(-1)!, end: joints.at(-1)!, from: last, to: last, curve: 'lin' });
    return new Motion(segments);
  }
}

/** Adds a line, or halves of the time where the way is not one. */
function addLines(
  at: (time: UnixTime) => number,
  start: UnixTime,
  end: UnixTime,
  from: number,
  to: number,
  segments: Segment[],
  depth: number,
): void {
  const near = TOLERANCE * Math.max(Math.abs(from), Math.abs(to));
  const isLine = [0.25, 0.5, 0.75].every(
    (part) => Math.abs(at(start + (end - start) * part) - (from + (to - from) * part)) <= near,
  );
  if (isLine || depth >= MAX_DEPTH) {
    segments.push({ start, end, from, to, curve: 'lin' });
    return;
  }
  const middle = (start + end) / 2;
  const between = at(middle);
  addLines(at, start, middle, from, between, segments, depth + 1);
  addLines(at, middle, end, between, to, segments, depth + 1);
}
