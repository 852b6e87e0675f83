/** The volume of a whole server, behind everything that sounds. */

import { SuperColliderError } from '../errors.js';
import { loadPart } from '../latePart.js';
import { amplitudeOf, type Seconds } from '../units.js';
import { checkNumber } from './checks.js';
import type { Client } from './client.js';
import type { ServerSynth } from './synth.js';

const QUIETEST = -90;
const LOUDEST = 6;

/**
 * Volume and mute of the outputs. A synth behind the default group does it, and is there only while the amplitude is
 * not 1. What was set holds over a reboot and `freeAll`.
 */
export class ServerVolume {
  readonly #server: Client;
  #decibels = 0;
  #isMuted = false;
  #lag: Seconds = 0.1;
  #synth: ServerSynth | undefined;
  #forgetEnd: (() => void) | undefined;
  #applied: Promise<void> = Promise.resolve();

  constructor(server: Client) {
    this.#server = server;
  }

  /** Decibels, -90 to 6. It stays while muted, and is heard again then. */
  get decibels(): number {
    return this.#decibels;
  }

  /** True while the outputs are silent; `decibels` keeps its value. */
  get isMuted(): boolean {
    return this.#isMuted;
  }

  /** Seconds in which a change glides. */
  get lag(): Seconds {
    return this.#lag;
  }

  /** The synth that does it; `undefined` while the amplitude is 1. */
  get synth(): ServerSynth | undefined {
    return this.#synth;
  }

  /**
   * Sets it; below -90 and above 6 it is these. Resolves when the server has it. Sends `/n_set`, or `/d_recv` and
   * `/s_new` for the first change.
   *
   * @param lag - Seconds in which it and later changes glide. @default as before, 0.1
   */
  set(decibels: number, lag: Seconds = this.#lag): Promise<void> {
    checkNumber('Volume', decibels);
    checkNumber('Lag of the volume', lag);
    this.#decibels = Math.min(LOUDEST, Math.max(QUIETEST, decibels));
    this.#lag = Math.max(0, lag);
    return this.#apply();
  }

  /** Silences the outputs. Resolves when the server has done so. */
  mute(): Promise<void> {
    this.#isMuted = true;
    return this.#apply();
  }

  /** Ends `mute`. Resolves when the server has done so. */
  unmute(): Promise<void> {
    this.#isMuted = false;
    return this.#apply();
  }

  /** The server is new or emptied: what was set is set again. */
  restore(): Promise<void> {
    this.#forgetEnd?.();
    this.#synth = undefined;
    return this.#isMuted || this.#decibels !== 0 ? this.#apply() : Promise.resolve();
  }

  /** One change after another, as the first one waits for the definition. */
  #apply(): Promise<void> {
    if (this.#server.state === 'offline') return Promise.resolve();
    this.#applied = this.#applied.then(
      () => this.#applyNow(),
      () => this.#applyNow(),
    );
    return this.#applied;
  }

  async #applyNow(): Promise<void> {
    const server = this.#server;
    const amplitude = this.#isMuted ? 0 : amplitudeOf(this.#decibels);
    if (this.#synth?.isFreed) this.#synth = undefined;
    try {
      if (amplitude === 1) this.#leave();
      else if (this.#synth) this.#synth.set({ volumeAmp: amplitude, volumeLag: this.#lag });
      else await this.#begin(amplitude);
      await server.sync();
    } catch (error) {
      // It is set when the server is back.
      if (!(error instanceof SuperColliderError && error.code === 'server-offline')) throw error;
    }
  }

  #leave(): void {
    this.#forgetEnd?.();
    this.#synth?.release();
    this.#synth = undefined;
  }

  async #begin(amplitude: number): Promise<void> {
    const server = this.#server;
    // With it come all unit generators, which a page does not have to load before it has a use for them.
    const { volumeDef } = await loadPart(() => import('../synthdef/library/volume.js'), 'volume');
    const def = volumeDef(server.options.numOutputBusChannels);
    await server.synthDefs.ensure(def);
    const controls = { volumeAmp: amplitude, volumeLag: this.#lag, bus: 0 };
    const place = { target: server.nodes.defaultGroup, action: 'after', permanent: true } as const;
    this.#synth = server.nodes.synth(def, controls, place);
    // Another client may free everything: then the synth is made again.
    this.#forgetEnd = this.#synth.onEnd(() => {
      this.#synth = undefined;
      if (server.state === 'online') void this.#apply().catch(() => {});
    });
  }
}
