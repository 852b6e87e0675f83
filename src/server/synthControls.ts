/** Controls of a synth as properties: `synth.controls.freq = 440`. */

import { SuperColliderError } from '../errors.js';
import type { ControlDefaults } from '../synthdef/index.js';
import { checkName } from './controlChecks.js';
import { partsOf, type ServerControls } from './controlValues.js';
import { KnownMaps } from './knownMaps.js';
import type { ServerSynth } from './synth.js';

type Value = number | readonly number[];

/** Controls that can be assigned: those of the definition; for a definition by name, any. */
export type SynthControls<Controls extends ControlDefaults = ControlDefaults> = {
  -readonly [Name in keyof Controls]: Controls[Name];
};

/** Values that were last set through a synth's handle, by name. */
export class KnownControls {
  readonly #values = new Map<string, Value>();
  readonly maps: KnownMaps;

  constructor(readonly synth: ServerSynth) {
    this.maps = new KnownMaps(synth, () => this.#described());
  }

  /** Notes what was sent; a bus or a mapping is no number, and what was known before holds. */
  note(controls: ServerControls): void {
    this.maps.note(controls);
    for (const [name, value] of Object.entries(controls)) {
      const parts = partsOf(value);
      if (parts.every((part) => typeof part === 'number')) this.#noteValues(name, 0, parts);
    }
  }

  /** Notes slots in a row of a control. */
  noteSlots(name: string, offset: number, values: readonly number[]): void {
    this.maps.noteSlots(name, offset, values.length);
    this.#noteValues(name, offset, values);
  }

  #noteValues(name: string, offset: number, values: readonly number[]): void {
    const control = this.#described()?.find((one) => one.name === name);
    // The server sets a trigger back to 0 by itself.
    if (control?.rate === 'trigger' || name.startsWith('t_')) return;
    const before = [this.get(name) ?? []].flat();
    const size = control?.defaults.length ?? Math.max(before.length, offset + values.length);
    const slots = Array.from({ length: size }, (_, slot) => values[slot - offset] ?? before[slot] ?? 0);
    this.#values.set(name, size === 1 ? slots[0]! : slots);
  }

  /**
   * The value that was last set, else the definition's default; `undefined` for a control that it does not
   * have.
   */
  get(name: string): Value | undefined {
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    const defaults = this.#described()?.find((control) => control.name === name)?.defaults;
    return defaults?.length === 1 ? defaults[0] : defaults;
  }

  /** All controls that are known of. */
  get names(): readonly string[] {
    return this.#described()?.map(({ name }) => name) ?? [...this.#values.keys()];
  }

  /** @throws SuperColliderError `unknown-control` for a name that the definition does not have, where that is known. */
  check(name: string): void {
    if (this.#described()) checkName(String(this.synth), name, this.names);
  }

  #described() {
    return this.synth.server.synthDefs.get(this.synth.def)?.description.controls;
  }
}

/** The controls as an object whose properties may be assigned. */
export const controlsAsProperties = (known: KnownControls): SynthControls =>
  new Proxy<SynthControls>(
    {},
    {
      get: (_, name) => (typeof name === 'string' ? known.get(name) : undefined),
      set(_, name, value) {
        known.check(String(name));
        known.synth.set({ [String(name)]: value });
        return true;
      },
      has: (_, name) => known.names.includes(String(name)),
      ownKeys: () => [...known.names],
      getOwnPropertyDescriptor: (_, name) =>
        known.names.includes(String(name))
          ? { value: known.get(String(name)), writable: true, enumerable: true, configurable: true }
          : undefined,
      deleteProperty: (_, name) => {
        throw new SuperColliderError(
          'invalid-argument',
          `${known.synth}: a control cannot be deleted. Set "${String(name)}" to another value.`,
        );
      },
    },
  );
