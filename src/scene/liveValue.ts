/**
 * Numbers that change without a render, and the controls that they are in.
 *
 * Nothing here knows the scene. A use takes each new value, and says when it is over.
 */

import { SuperColliderError } from '../errors.js';
import { isFloat32 } from '../units.js';

/** A control with a live value. */
export interface LiveUse {
  /** True when the control has another value by now, or its element is gone. */
  readonly isOver: () => boolean;
  /** Takes the present value to the server. */
  readonly update: (value: number) => void;
}

/** Uses before those that are over are looked for: a value that is never set would keep all notes of a piece. */
const FIRST_LOOK = 32;

/** A number that changes without a render: in controls, and for those who subscribe. */
export abstract class LiveSource {
  readonly #uses = new Map<object, Map<string, LiveUse>>();
  readonly #listeners = new Set<(value: number) => void>();
  #look = FIRST_LOOK;

  /** The present value. */
  abstract get(): number;

  /** Calls with each new value. Returns the function that ends the calls. */
  subscribe(listener: (value: number) => void): () => void {
    this.#listeners.add(listener);
    this.awake();
    return () => {
      this.#listeners.delete(listener);
      this.#rest();
    };
  }

  /** Makes a control follow the value. @param place - The control, with its place in an array. @internal */
  addUse(element: object, place: string, use: LiveUse): void {
    if (this.#uses.size >= this.#look) {
      this.#dropOver();
      this.#look = FIRST_LOOK + 2 * this.#uses.size;
    }
    const uses = this.#uses.get(element);
    if (uses) uses.set(place, use);
    else this.#uses.set(element, new Map([[place, use]]));
    this.awake();
  }

  /** Tells all controls and listeners. */
  protected changed(): void {
    const value = this.get();
    this.#dropOver();
    for (const uses of this.#uses.values()) for (const use of uses.values()) use.update(value);
    for (const listener of [...this.#listeners]) listener(value);
    this.#rest();
  }

  /** Called when somebody wants to hear of changes. */
  protected awake(): void {}

  /** Called when nobody does any more. */
  protected asleep(): void {}

  #dropOver(): void {
    for (const [element, uses] of this.#uses) {
      for (const [place, use] of uses) if (use.isOver()) uses.delete(place);
      if (uses.size === 0) this.#uses.delete(element);
    }
  }

  #rest(): void {
    if (this.#uses.size === 0 && this.#listeners.size === 0) this.asleep();
  }
}

/**
 * A number that changes without a render: what `liveValue` and `useLiveValue` return.
 *
 * It goes wherever a control goes, to any number of places.
 */
export class LiveValue extends LiveSource {
  #value: number;

  /** @internal */
  constructor(initial: number) {
    super();
    checkNumber('liveValue', initial);
    this.#value = initial;
  }

  /** The present value. */
  get(): number {
    return this.#value;
  }

  /**
   * Sets all controls with the value, without a render. What is set in one microtask leaves as one bundle. Sends `/n_set`.
   *
   * @throws SuperColliderError `invalid-argument` for a value that is no number up to 3.4e38.
   */
  set(value: number): void {
    checkNumber('set', value);
    if (value === this.#value) return;
    this.#value = value;
    this.changed();
  }
}

/** A number that is computed from live values: what `derive` and `useDerived` return. */
export class DerivedValue extends LiveSource {
  readonly #sources: readonly LiveSource[];
  #compute: (...values: number[]) => number;
  #ends: (() => void)[] = [];
  #last: number | undefined;

  /** @internal */
  constructor(sources: readonly LiveSource[], compute: (...values: number[]) => number) {
    super();
    this.#sources = sources;
    this.#compute = compute;
  }

  /** The present value, computed from those of the sources. */
  get(): number {
    const value = this.#compute(...this.#sources.map((source) => source.get()));
    checkNumber('derive: the function', value);
    return value;
  }

  /** Computes by another function from now on. @internal */
  computeBy(compute: (...values: number[]) => number): void {
    if (compute === this.#compute) return;
    this.#compute = compute;
    if (this.#ends.length > 0) this.#compare();
  }

  protected override awake(): void {
    if (this.#ends.length > 0) return;
    this.#last = this.get();
    this.#ends = this.#sources.map((source) => source.subscribe(() => this.#compare()));
  }

  protected override asleep(): void {
    for (const end of this.#ends.splice(0)) end();
  }

  #compare(): void {
    const value = this.get();
    if (value === this.#last) return;
    this.#last = value;
    this.changed();
  }
}

function checkNumber(what: string, value: unknown): void {
  if (isFloat32(value)) return;
  throw new SuperColliderError(
    'invalid-argument',
    `${what} was given ${String(value)}. A live value is a number up to 3.4e38.`,
  );
}
