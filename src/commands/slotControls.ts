/**
 * `/s_new` and `/n_set` of a definition's controls, known by their slots.
 *
 * Whoever asks for `controls` gets names and values, as of any other command. The packet writer stamps the template of
 * the slots where all values are numbers.
 */

import type { OscWriter } from '../osc/encode.js';
import type { Argument } from '../osc/message.js';
import type { MessageTemplate } from '../osc/template.js';
import type { NodeId } from '../units.js';
import type { AddAction, NodeCommand } from './command.js';
import type { SlotSet } from './slotSet.js';

type Of<Type extends NodeCommand['type']> = Extract<NodeCommand, { readonly type: Type }>;

/** `/s_new` with values for some slots of its definition. */
export class NewSynth implements Of<'/s_new'> {
  readonly type = '/s_new';

  /**
   * @param values - One for each slot, in the order of the slots.
   * @param areNumbers - True when each value is a single number.
   */
  constructor(
    readonly slots: SlotSet,
    readonly values: readonly Argument[],
    readonly areNumbers: boolean,
    readonly id: NodeId,
    readonly action: AddAction,
    readonly target: NodeId,
  ) {}

  get def(): string {
    return this.slots.layout.serverName;
  }

  get controls(): readonly Argument[] {
    return this.slots.pairs(this.values);
  }

  /** The command as plain data. */
  toJSON(): Of<'/s_new'> {
    const { type, def, id, action, target, controls } = this;
    return { type, def, id, action, target, controls };
  }

  /** Adds the message to the bundle; false when there is no template for it. */
  writeTo(writer: OscWriter): boolean {
    const template = this.areNumbers ? this.slots.newSynthTemplate : undefined;
    if (!template) return false;
    const { places } = template;
    const start = writer.stamp(template);
    writer.putInt(start + places[1]!, this.id);
    writer.putInt(start + places[3]!, this.action);
    writer.putInt(start + places[5]!, this.target);
    putValues(writer, template, start, 6, this.values as readonly number[]);
    return true;
  }
}

/** `/n_set` of some slots of a definition to single numbers. */
export class SetControls implements Of<'/n_set'> {
  readonly type = '/n_set';

  /** @param values - One for each slot, in the order of the slots. */
  constructor(
    readonly slots: SlotSet,
    readonly values: readonly number[],
    readonly id: NodeId,
  ) {}

  get controls(): readonly Argument[] {
    return this.slots.pairs(this.values);
  }

  /** The command as plain data. */
  toJSON(): Of<'/n_set'> {
    const { type, id, controls } = this;
    return { type, id, controls };
  }

  /** Adds the message to the bundle; false when there is no template for it. */
  writeTo(writer: OscWriter): boolean {
    const template = this.slots.setControlsTemplate;
    if (!template) return false;
    const start = writer.stamp(template);
    writer.putInt(start + template.places[1]!, this.id);
    putValues(writer, template, start, 2, this.values);
    return true;
  }
}

/** @param place - Position of the first control among the template's places. */
function putValues(
  writer: OscWriter,
  { places }: MessageTemplate,
  start: number,
  place: number,
  values: readonly number[],
): void {
  for (let index = 0; index < values.length; index++) {
    const at = place + 2 * index;
    writer.putNumber(start + places[at]!, start + places[at + 1]!, values[index]!);
  }
}
