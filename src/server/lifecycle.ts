/** The state of a server as an explicit state machine, and its changes as events. */

import type { ExitReason } from '../engine/engine.js';

/**
 * States of a server.
 *
 * `booting`: started, not yet registered. `online`: in use. `quitting`: ends, or this client leaves.
 * `offline`: ended. `isResponsive` says separately if an online server replies.
 */
export type ServerState = 'booting' | 'online' | 'quitting' | 'offline';

/** Events in the life of a server: changes of state, and events within a state. */
export type LifecycleEvent =
  | { readonly type: 'booting' }
  /** Asks for a client id. */
  | { readonly type: 'connecting' }
  /** Has one. */
  | { readonly type: 'registered'; readonly clientId: number }
  | { readonly type: 'unregistered' }
  | { readonly type: 'online' }
  /** Heartbeats stay without an answer. */
  | { readonly type: 'unresponsive' }
  | { readonly type: 'responsive' }
  /** A server of our own has not answered for so long that it will not: it may be rebooted. */
  | { readonly type: 'stuck' }
  | { readonly type: 'quitting' }
  /** `reason` is known where the engine was ours; `wasRequested` is false when it was lost. */
  | { readonly type: 'offline'; readonly reason: ExitReason | undefined; readonly wasRequested: boolean };

const NEXT: Readonly<Record<ServerState, readonly ServerState[]>> = {
  booting: ['online', 'quitting', 'offline'],
  online: ['quitting', 'offline'],
  quitting: ['offline'],
  // Only booting leads out of being offline.
  offline: ['booting'],
};

type StateListener = (state: ServerState, reason: ExitReason | undefined) => void;
type EventListener = (event: LifecycleEvent) => void;

export class Lifecycle {
  #state: ServerState = 'booting';
  #isResponsive = true;
  #exit: ExitReason | undefined;
  #wasQuitRequested = false;
  readonly #stateListeners = new Set<StateListener>();
  readonly #eventListeners = new Set<EventListener>();

  get state(): ServerState {
    return this.#state;
  }

  get isResponsive(): boolean {
    return this.#isResponsive;
  }

  /** Why the engine ended, the last time it did. */
  get exit(): ExitReason | undefined {
    return this.#exit;
  }

  /** True when `quit` or leaving was requested since the boot began, also while the server was away. */
  get wasQuitRequested(): boolean {
    return this.#wasQuitRequested;
  }

  onState(listener: StateListener): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  onEvent(listener: EventListener): () => void {
    this.#eventListeners.add(listener);
    return () => this.#eventListeners.delete(listener);
  }

  /** Enters another state; false for an invalid transition. */
  enter(state: ServerState, reason?: ExitReason): boolean {
    // Who looks for a server that is away has to stop, too.
    if (state === 'quitting') this.#wasQuitRequested = true;
    if (!NEXT[this.#state].includes(state)) return false;
    const before = this.#state;
    this.#state = state;
    this.#isResponsive = true;
    if (state === 'booting') this.#wasQuitRequested = false;
    if (state === 'offline') {
      this.#exit = reason;
      this.emit({
        type: 'offline',
        reason,
        wasRequested: this.#wasQuitRequested || reason?.wasRequested === true,
      });
    } else if (before !== state) this.emit({ type: state });
    for (const listener of [...this.#stateListeners]) listener(state, reason);
    return true;
  }

  /** Sets if the server replies; emits an event when that changes. */
  setResponsive(isResponsive: boolean): void {
    if (this.#state !== 'online' || this.#isResponsive === isResponsive) return;
    this.#isResponsive = isResponsive;
    this.emit({ type: isResponsive ? 'responsive' : 'unresponsive' });
  }

  emit(event: LifecycleEvent): void {
    for (const listener of [...this.#eventListeners]) listener(event);
  }
}
