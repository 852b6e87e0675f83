/** The notes in a score: each synth with its pitch, from when to when. */

import type { Command } from '../commands/command.js';
import { synthDefsFromBytes } from '../synthdef/synthDefsFromBytes.js';
import type { Hertz, Seconds } from '../units.js';
import type { Score } from './score.js';

/** A synth as a note of a piano roll. */
export interface ScoreNote {
  /** Start, in seconds. */
  readonly time: Seconds;
  /** Time of its release or end, or the score's end. */
  readonly end: Seconds;
  /** `freq`, or what `note` is; `undefined` for a synth with neither. */
  readonly frequency: Hertz | undefined;
  /** MIDI note number, with fractions. */
  readonly pitch: number | undefined;
  /** The control `amp`, where the synth has one. */
  readonly amp: number | undefined;
  /** Name of its definition. */
  readonly def: string;
  /** The nearest name: of the synth, or of a group around it. */
  readonly name: string | undefined;
}

interface Sounding {
  readonly id: number;
  readonly def: string;
  readonly controls: Map<string, number>;
  start: Seconds;
}

/**
 * Every note of a score, in the order in which they begin. A synth whose pitch changes is a note for each pitch.
 */
export function notesOf(score: Score): ScoreNote[] {
  const defaults = new Map<string, ReadonlyMap<string, number>>();
  const synths = new Map<number, Sounding>();
  const parents = new Map<number, number>();
  const notes: ScoreNote[] = [];

  const nameOf = (id: number): string | undefined => {
    for (let each: number | undefined = id; each !== undefined; each = parents.get(each)) {
      const name = score.nodes.names.get(each);
      if (name !== undefined) return name;
    }
    return undefined;
  };
  const finish = (synth: Sounding, end: Seconds): void => {
    const frequency = frequencyOf(synth.controls);
    notes.push({
      time: synth.start,
      end: Math.min(end, score.nodes.ends.get(synth.id) ?? end),
      frequency,
      pitch: frequency === undefined ? undefined : 69 + 12 * Math.log2(frequency / 440),
      amp: synth.controls.get('amp'),
      def: synth.def,
      name: nameOf(synth.id),
    });
  };
  const end = (id: number, time: Seconds): void => {
    for (const synth of [...synths.values()]) {
      if (!isWithin(synth.id, id, parents)) continue;
      synths.delete(synth.id);
      finish(synth, time);
    }
  };
  const set = (id: number, controls: Map<string, number>, time: Seconds): void => {
    if (controls.get('gate') === 0) {
      end(id, time);
      return;
    }
    for (const synth of synths.values()) {
      if (!isWithin(synth.id, id, parents)) continue;
      const next = new Map([...synth.controls, ...controls]);
      if (frequencyOf(next) !== frequencyOf(synth.controls)) {
        if (time > synth.start) finish(synth, time);
        synth.start = time;
      }
      for (const [name, value] of controls) synth.controls.set(name, value);
    }
  };
  const take = (command: Command, time: Seconds): void => {
    switch (command.type) {
      case '/d_recv':
        for (const { name, description } of synthDefsFromBytes(command.bytes)) {
          defaults.set(name, new Map(description.controls.map((each) => [each.name, each.defaults[0]!])));
        }
        return;
      case '/g_new':
      case '/p_new':
        for (const { id, action, target } of command.groups) {
          parents.set(id, action < 2 ? target : (parents.get(target) ?? 0));
        }
        return;
      case '/s_new': {
        const { id, def, action, target } = command;
        if (action === 4) end(target, time);
        parents.set(id, action < 2 ? target : (parents.get(target) ?? 0));
        const controls = new Map([...(defaults.get(def) ?? []), ...pairs(command.controls)]);
        synths.set(id, { id, def, controls, start: time });
        return;
      }
      case '/n_set':
        set(command.id, pairs(command.controls), time);
        return;
      case '/n_free':
        end(command.id, time);
    }
  };

  for (const { time, commands } of score.entries) for (const command of commands) take(command, time);
  for (const synth of synths.values()) finish(synth, score.duration);
  return notes.filter(({ def }) => def !== 'react-collider-seed').sort((a, b) => a.time - b.time);
}

function isWithin(id: number, ancestor: number, parents: ReadonlyMap<number, number>): boolean {
  for (let each: number | undefined = id; each !== undefined; each = parents.get(each)) {
    if (each === ancestor) return true;
  }
  return false;
}

function frequencyOf(controls: ReadonlyMap<string, number>): Hertz | undefined {
  const note = controls.get('note');
  return controls.get('freq') ?? (note === undefined ? undefined : 440 * 2 ** ((note - 69) / 12));
}

/** The controls that are set to a number, by name. */
function pairs(controls: readonly unknown[]): Map<string, number> {
  const values = new Map<string, number>();
  for (let index = 0; index < controls.length; index += 2) {
    const [name, value] = [controls[index], controls[index + 1]];
    if (typeof name === 'string' && typeof value === 'number') values.set(name, value);
  }
  return values;
}
