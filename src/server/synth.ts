/** A synth of a server, as a handle. */

import { SuperColliderError } from '../errors.js';
import type { ControlDefaults } from '../synthdef/index.js';
import type { NodeId } from '../units.js';
import { checkControl, checkNumber, checkText, checkWhole } from './checks.js';
import type { Client } from './client.js';
import { checkControls } from './controlChecks.js';
import type { MapTarget, ServerControls } from './controlValues.js';
import { ServerNode } from './node.js';
import { controlsAsProperties, KnownControls, type SynthControls } from './synthControls.js';

/** @typeParam Controls - Those of its definition, for `controls`. */
export class ServerSynth<Controls extends ControlDefaults = ControlDefaults> extends ServerNode {
  readonly #known = new KnownControls(this);
  #controls: SynthControls<Controls> | undefined;

  constructor(
    server: Client,
    id: NodeId,
    /** The name of its definition. */
    readonly def: string,
    isPaused = false,
  ) {
    super(server, id, isPaused);
  }

  /**
   * Controls as properties: `synth.controls.freq = 440` sends `/n_set`.
   *
   * Reading a property gives the number that was last set through this handle, or the definition's default.
   * `get` queries what others have set and what a bus gives. Triggers return to 0 by themselves and keep the
   * default here.
   *
   * @throws SuperColliderError as `set` does, and `unknown-control` when the definition was sent here and has
   *   none of that name.
   */
  get controls(): SynthControls<Controls> {
    this.#controls ??= controlsAsProperties(this.#known) as SynthControls<Controls>;
    return this.#controls;
  }

  /** Notes the controls that the synth was made with, and follows the synth. @internal */
  begin(controls: ServerControls): this {
    this.#known.note(controls);
    return this.follow();
  }

  /**
   * Sets controls. A mapping of the control ends. Sends `/n_set`.
   *
   * @throws SuperColliderError `unknown-control` for a definition that was sent here and has none of that name.
   * @throws SuperColliderError `invalid-control`, also for a bus or buffer of too few channels; `stale-handle`.
   */
  override set(controls: ServerControls): void {
    checkControls(this.server, String(this), this.def, controls);
    super.set(controls);
    this.#known.note(controls);
  }

  override setRange(control: string | number, values: readonly number[]): void {
    super.setRange(control, values);
    if (typeof control === 'string') this.#known.noteSlots(control, 0, values);
    else this.#known.maps.noteSlots(control, 0, values.length);
  }

  override map(controls: Readonly<Record<string, MapTarget>>): void {
    super.map(controls);
    this.#known.maps.noteMapped(controls);
  }

  /**
   * Values of controls, by name or index; 0 for one that does not exist. Sends `/s_get`, and `/c_getn` for
   * buses.
   *
   * A control that this handle mapped gives the value on its bus. A control that a group or another client
   * mapped gives its last set value; `queryTree` shows such mappings.
   *
   * @throws SuperColliderError `invalid-control` for a control that follows an audio bus, whose value no server
   *   reports.
   */
  async get(...controls: readonly (string | number)[]): Promise<number[]> {
    this.check();
    for (const control of controls) checkControl(String(this), control);
    if (controls.length === 0) return [];
    const { args } = await this.server.request({ type: '/s_get', id: this.id, controls });
    const { maps } = this.#known;
    const values = controls.map((control, index) => maps.followed(control, [args[index * 2 + 2] as number]));
    return (await Promise.all(values)).flat();
  }

  /** Values of slots in a row, from a control on; of mapped ones as `get` gives them. Sends `/s_getn`, `/c_getn`. */
  async getRange(control: string | number, count: number): Promise<number[]> {
    this.check();
    checkControl(String(this), control);
    checkWhole(`${this}: count`, count, 1, 4096);
    const { args } = await this.server.request({ type: '/s_getn', id: this.id, ranges: [[control, count]] });
    return this.#known.maps.followed(control, args.slice(3) as number[]);
  }

  /**
   * Sets one slot of an array control. Sends `/n_set` with the slot's index.
   *
   * @throws SuperColliderError `unknown-synthdef` when its definition was not sent by us, `unknown-control`, `invalid-argument`.
   */
  setAt(control: string, offset: number, value: number): void {
    this.check();
    const def = this.server.synthDefs.get(this.def);
    if (!def) {
      throw new SuperColliderError(
        'unknown-synthdef',
        `${this}: where its controls are is known only of definitions that were sent here.`,
      );
    }
    const found = def.description.controls.find(({ name }) => name === control);
    if (!found) {
      const names = def.description.controls.map(({ name }) => name).join(', ');
      throw new SuperColliderError(
        'unknown-control',
        `${this} has no control "${control}". It has: ${names}.`,
      );
    }
    checkWhole(`${this}: slot of "${control}"`, offset, 0, found.defaults.length - 1);
    checkNumber(`${this}: value of "${control}"`, value);
    this.server.send([{ type: '/n_set', id: this.id, controls: [found.index + offset, value] }]);
    this.#known.noteSlots(control, offset, [value]);
  }

  /** A command to one of its unit generators, such as those of VST plugins. Sends `/u_cmd`. */
  command(unit: number, name: string, ...args: readonly (number | string)[]): void {
    this.check();
    checkWhole(`${this}: unit`, unit, 0);
    checkText(`${this}: name of the command`, name);
    this.server.send([{ type: '/u_cmd', id: this.id, unit, name, args }]);
  }

  override toString(): string {
    return `Synth ${this.id} ("${this.def}")`;
  }
}
