/** Numbers that change without a render, as controls see them. What they are is in `values/`. */

import type { ControlDescription } from '../synthdef/index.js';
import type { LiveHost } from './liveHost.js';
import type { Modulator } from './modulator.js';

/** A control with a live value. */
export interface LiveUse {
  /** True when the control has another value by now, or its element is gone. */
  readonly isOver: boolean;
  /** Takes the present value to the server; false when the use is over. */
  update(value: number): boolean;
  /** Has the control read again at the next commit: the value begins or ends to move by itself. */
  readAgain(): void;
}

/** A number that changes without a render: in controls, and for those who subscribe. */
export abstract class LiveSource {
  /** The present value. */
  abstract get(): number;

  /** Calls with each new value. Returns the function that ends the calls. */
  abstract subscribe(listener: (value: number) => void): () => void;

  /** Makes a control follow the value. @param place - The control, with its place in an array. @internal */
  abstract addUse(element: object, place: string, use: LiveUse, host: LiveHost | undefined): void;

  /** The modulator of a control while the value moves by itself; `undefined` for a number that stands. @internal */
  abstract moving(rate: ControlDescription['rate'], host: LiveHost): Modulator | undefined;
}
