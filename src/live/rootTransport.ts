import type { Scheduler } from '../time/scheduler.js';
import { Transport } from '../time/transport.js';
import type { UnixTime } from '../units.js';

/**
 * The transport for components without a `<Transport>` above them, a beat a second; begins with the first
 * that needs beats.
 */
export class RootTransport {
  readonly #scheduler: Scheduler;
  #transport: Transport | undefined;
  #hasBegun = false;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  get(): Transport {
    this.#transport ??= new Transport(this.#scheduler, { tempo: 60, meter: '4/4', name: 'the root' });
    return this.#transport;
  }

  /** Starts it, unless it was before; returns when its first beat is. */
  begin(): UnixTime | undefined {
    if (this.#hasBegun) return undefined;
    this.#hasBegun = true;
    const { horizon } = this.#scheduler;
    this.get().open();
    this.get().play(horizon);
    return horizon;
  }
}
