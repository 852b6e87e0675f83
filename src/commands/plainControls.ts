/**
 * `/s_new` and `/n_set` of what most synths are: a definition's controls that are single numbers, known by their slots.
 *
 * They are commands like any other: who asks for `controls` gets names and values. The packet writer does not ask:
 * it stamps the message's template, which the definition keeps, and puts the numbers in.
 */

import type { OscWriter } from '../osc/encode.js';
import type { Argument } from '../osc/message.js';
import { MessageTemplate } from '../osc/template.js';
import type { NodeId } from '../units.js';
import type { AddAction, NodeCommand } from './command.js';

/** Controls are chosen by the bits of an int32. */
export const MOST_PLAIN_CONTROLS = 31;

/** So many different choices of controls have templates; a piece uses a few of a definition. */
const MOST_TEMPLATES = 64;

/** The messages that say some of a definition's controls, made when they are first needed. */
class Templates {
  readonly #known = new Map<number, MessageTemplate>();
  /** What was asked for last: the synths of a definition mostly give the same controls. */
  #lastChosen = 0;
  #last: MessageTemplate | undefined;

  constructor(
    readonly layout: PlainLayout,
    readonly address: string,
    readonly head: readonly Argument[],
  ) {}

  /** The message for a choice of controls; `undefined` when there are too many choices to keep. */
  of(chosen: number): MessageTemplate | undefined {
    if (chosen === this.#lastChosen && this.#last) return this.#last;
    const template = this.#known.get(chosen) ?? this.#make(chosen);
    if (template) {
      this.#lastChosen = chosen;
      this.#last = template;
    }
    return template;
  }

  #make(chosen: number): MessageTemplate | undefined {
    if (this.#known.size === MOST_TEMPLATES) return undefined;
    const { address, head, layout } = this;
    const zeros = layout.names.map(() => 0);
    const template = new MessageTemplate(address, [...head, ...layout.pairs(chosen, zeros)]);
    this.#known.set(chosen, template);
    return template;
  }
}

/** A definition's controls by slot, and the messages that say them. */
export class PlainLayout {
  /** `/s_new`: id, add action and target before the controls. */
  readonly newSynth: Templates;
  /** `/n_set`: id before the controls. */
  readonly set = new Templates(this, '/n_set', [0]);

  constructor(
    readonly defName: string,
    readonly names: readonly string[],
  ) {
    this.newSynth = new Templates(this, '/s_new', [defName, 0, 0, 0]);
  }

  /** The chosen controls' names and values in turn. */
  pairs(chosen: number, values: readonly unknown[]): Argument[] {
    const pairs: Argument[] = [];
    for (let slot = 0; slot < this.names.length; slot++) {
      if (chosen & (1 << slot)) pairs.push(this.names[slot]!, values[slot] as number);
    }
    return pairs;
  }
}

type Of<Type extends NodeCommand['type']> = Extract<NodeCommand, { readonly type: Type }>;

/** `/s_new` with controls that are single numbers. */
export class NewPlainSynth implements Of<'/s_new'> {
  readonly type = '/s_new';

  /**
   * @param values - By slot.
   * @param chosen - Which of them go along, as bits by slot.
   */
  constructor(
    readonly layout: PlainLayout,
    readonly values: readonly unknown[],
    readonly chosen: number,
    readonly id: NodeId,
    readonly action: AddAction,
    readonly target: NodeId,
  ) {}

  get def(): string {
    return this.layout.defName;
  }

  get controls(): readonly Argument[] {
    return this.layout.pairs(this.chosen, this.values);
  }

  /** The command as data, as others are. */
  toJSON(): Of<'/s_new'> {
    const { type, def, id, action, target, controls } = this;
    return { type, def, id, action, target, controls };
  }

  /** Adds the message to the bundle; false when it has no template. */
  writeTo(writer: OscWriter): boolean {
    const { layout, values, chosen } = this;
    const template = layout.newSynth.of(chosen);
    if (!template) return false;
    const { places } = template;
    const start = writer.stamp(template);
    writer.putInt(start + places[1]!, this.id);
    writer.putInt(start + places[3]!, this.action);
    writer.putInt(start + places[5]!, this.target);
    for (let slot = 0, place = 6, left = chosen; left !== 0; slot++, left >>>= 1) {
      if (!(left & 1)) continue;
      writer.putNumber(start + places[place]!, start + places[place + 1]!, values[slot] as number);
      place += 2;
    }
    return true;
  }
}

/** `/n_set` of controls that are single numbers. */
export class SetPlainControls implements Of<'/n_set'> {
  readonly type = '/n_set';

  /**
   * @param chosen - Which controls, as bits by slot.
   * @param values - Theirs, in the order of the slots.
   */
  constructor(
    readonly layout: PlainLayout,
    readonly chosen: number,
    readonly values: readonly number[],
    readonly id: NodeId,
  ) {}

  /** @param values - Of all controls, by slot. */
  static of(layout: PlainLayout, values: readonly unknown[], chosen: number, id: NodeId): SetPlainControls {
    return new SetPlainControls(layout, chosen, valuesOf(chosen, values as readonly number[]), id);
  }

  get names(): readonly string[] {
    return this.layout.names.filter((_, slot) => this.chosen & (1 << slot));
  }

  get controls(): readonly Argument[] {
    return this.names.flatMap((name, index) => [name, this.values[index]!]);
  }

  /** The command as data, as others are. */
  toJSON(): Of<'/n_set'> {
    const { type, id, controls } = this;
    return { type, id, controls };
  }

  /** Adds the message to the bundle; false when it has no template. */
  writeTo(writer: OscWriter): boolean {
    const { layout, values, chosen } = this;
    const template = layout.set.of(chosen);
    if (!template) return false;
    const { places } = template;
    const start = writer.stamp(template);
    writer.putInt(start + places[1]!, this.id);
    for (let index = 0; index < values.length; index++) {
      const place = 2 + 2 * index;
      writer.putNumber(start + places[place]!, start + places[place + 1]!, values[index]!);
    }
    return true;
  }
}

function valuesOf(chosen: number, values: readonly number[]): readonly number[] {
  // Mostly it is one.
  if (chosen !== 0 && (chosen & (chosen - 1)) === 0) return [values[31 - Math.clz32(chosen)]!];
  return values.filter((_, slot) => chosen & (1 << slot));
}
