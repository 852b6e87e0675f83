/**
 * Buses that a synth's controls follow, as far as its own handle mapped them. No server replies with the
 * bus's value.
 */

import { SuperColliderError } from '../errors.js';
import type { ControlDescription } from '../synthdef/index.js';
import { ServerBus } from './buses.js';
import { type MapTarget, partsOf, type ServerControls } from './controlValues.js';
import type { ServerSynth } from './synth.js';

/** Such as `c5`, as they are sent. */
const MAP = /^[ac]\d+$/;

export class KnownMaps {
  /** By slot, which is a number where the definition is known, and a name with an offset where it is not. */
  readonly #maps = new Map<string, string>();

  constructor(
    readonly synth: ServerSynth,
    readonly described: () => readonly ControlDescription[] | undefined,
  ) {}

  /** Notes what was set: a value ends the mapping of its slots. */
  note(controls: ServerControls): void {
    for (const [name, value] of Object.entries(controls)) {
      for (const [offset, part] of partsOf(value).entries()) this.#note(name, offset, part);
    }
  }

  /** Notes buses that controls were mapped to, all channels of each. */
  noteMapped(controls: Readonly<Record<string, MapTarget>>): void {
    for (const [name, bus] of Object.entries(controls)) {
      if (bus instanceof ServerBus) {
        for (let channel = 0; channel < bus.channels; channel++)
          this.#note(name, channel, bus.channel(channel).map);
      } else this.#note(name, 0, bus === undefined || bus < 0 ? undefined : `c${bus}`);
    }
  }

  /** Notes that slots in a row were set to values. */
  noteSlots(control: string | number, offset: number, count: number): void {
    for (let slot = offset; slot < offset + count; slot++) this.#note(control, slot, undefined);
  }

  /**
   * The values of slots in a row from a control on: of those that follow a bus, what is on the bus. Sends `/c_getn`.
   *
   * @throws SuperColliderError `invalid-control` for one that follows an audio bus.
   */
  followed(control: string | number, values: readonly number[]): Promise<number[]> {
    return Promise.all(
      values.map((value, offset) => {
        const map = this.#maps.get(this.#slot(control, offset));
        if (map === undefined) return value;
        if (map.startsWith('c')) return this.synth.server.controlBuses.at(Number(map.slice(1))).get();
        throw new SuperColliderError(
          'invalid-control',
          `${this.synth}: "${control}" follows audio bus ${map.slice(1)}, and what is on audio buses no server tells. ` +
            'Write it to a control bus with A2K, and read that.',
        );
      }),
    );
  }

  #note(control: string | number, offset: number, part: unknown): void {
    const slot = this.#slot(control, offset);
    if (typeof part === 'string' && MAP.test(part)) this.#maps.set(slot, part);
    else this.#maps.delete(slot);
  }

  #slot(control: string | number, offset: number): string {
    if (typeof control === 'number') return String(control + offset);
    const found = this.described()?.find(({ name }) => name === control);
    return found ? String(found.index + offset) : `${control}+${offset}`;
  }
}
