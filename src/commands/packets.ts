/**
 * Commands as packets, written straight into a buffer that is used again and again.
 *
 * What `batch` gives as data, for scores, tests and people, is written here without making it: a commit may
 * hold a thousand messages.
 */

import { OscWriter } from '../osc/encode.js';
import type { Timetag } from '../osc/timetag.js';
import { isFloat32 } from '../units.js';
import { MAX_ENTRIES, merge } from './batch.js';
import type { Command, ControlPairs } from './command.js';
import { NewSynth, SetControls } from './slotControls.js';
import { toOsc } from './toOsc.js';

export class PacketWriter {
  readonly #writer = new OscWriter();

  /**
   * Gives the commands as one bundle, or as several of the same time when they are too large for one.
   *
   * @param maxSize - Largest packet in bytes; a single message over it goes alone, for the transport to refuse.
   * @param take - Called with each packet; the bytes are the writer's own and change when it returns.
   */
  write(
    commands: readonly Command[],
    time: Timetag,
    maxSize: number,
    take: (packet: Uint8Array) => void,
  ): void {
    const writer = this.#writer;
    writer.begin(time);
    const header = writer.position;
    for (let index = 0; index < commands.length; ) {
      const start = writer.position;
      index = this.#element(commands, index);
      if (writer.position <= maxSize || start === header) continue;
      take(writer.written(start));
      writer.keepFrom(start);
    }
    if (writer.position > header) take(writer.written());
  }

  /** Writes the message of the command at `index`, and of those after it that it can carry; returns the next. */
  #element(commands: readonly Command[], index: number): number {
    const command = commands[index]!;
    // First the two that a commit may hold a thousand of: each kind of object has its `type` elsewhere.
    const hasSlots = command instanceof NewSynth || command instanceof SetControls;
    if (hasSlots && command.writeTo(this.#writer)) return index + 1;
    switch (command.type) {
      case '/s_new':
        return this.#newSynth(command) ? index + 1 : this.#others(commands, index);
      case '/n_set':
        return this.#set(command) ? index + 1 : this.#others(commands, index);
      case '/n_free':
        this.#free(command.id);
        return index + 1;
      case '/g_new':
      case '/p_new':
        return this.#newGroups(commands, index, command.type);
      case '/n_run':
        return this.#run(commands, index);
      default:
        return this.#others(commands, index);
    }
  }

  /** False for controls that are more than names, numbers and maps. */
  #newSynth({ def, id, action, target, controls }: Command & { type: '/s_new' }): boolean {
    if (!isFlat(controls)) return false;
    const writer = this.#writer;
    const start = writer.open('/s_new', 4 + controls.length);
    writer.string(def);
    writer.int(id);
    writer.int(action);
    writer.int(target);
    this.#pairs(controls);
    writer.close(start);
    return true;
  }

  #set({ id, controls }: Command & { type: '/n_set' }): boolean {
    if (!isFlat(controls)) return false;
    const writer = this.#writer;
    const start = writer.open('/n_set', 1 + controls.length);
    writer.int(id);
    this.#pairs(controls);
    writer.close(start);
    return true;
  }

  #pairs(controls: ControlPairs): void {
    const writer = this.#writer;
    for (let index = 0; index < controls.length; index++) {
      const part = controls[index];
      if (typeof part === 'number') writer.number(part);
      else writer.string(part as string);
    }
  }

  #free(id: number): void {
    const writer = this.#writer;
    const start = writer.open('/n_free', 1);
    writer.int(id);
    writer.close(start);
  }

  #newGroups(commands: readonly Command[], index: number, type: '/g_new' | '/p_new'): number {
    const end = endOfRun(commands, index, type);
    let count = 0;
    for (let at = index; at < end; at++)
      count += (commands[at] as Command & { type: '/g_new' }).groups.length;
    const writer = this.#writer;
    const start = writer.open(type, 3 * count);
    for (let at = index; at < end; at++) {
      for (const { id, action, target } of (commands[at] as Command & { type: '/g_new' }).groups) {
        writer.int(id);
        writer.int(action);
        writer.int(target);
      }
    }
    writer.close(start);
    return end;
  }

  #run(commands: readonly Command[], index: number): number {
    const end = endOfRun(commands, index, '/n_run');
    let count = 0;
    for (let at = index; at < end; at++) count += (commands[at] as Command & { type: '/n_run' }).nodes.length;
    const writer = this.#writer;
    const start = writer.open('/n_run', 2 * count);
    for (let at = index; at < end; at++) {
      for (const [id, isRunning] of (commands[at] as Command & { type: '/n_run' }).nodes) {
        writer.int(id);
        writer.int(isRunning ? 1 : 0);
      }
    }
    writer.close(start);
    return end;
  }

  /** All kinds that are not written here come as data. */
  #others(commands: readonly Command[], index: number): number {
    let merged = commands[index]!;
    let end = index + 1;
    for (; end < commands.length && commands[end]!.type === merged.type; end++) {
      const [both, ...rest] = merge([merged, commands[end]!]);
      if (rest.length > 0) break;
      merged = both!;
    }
    this.#writer.append(toOsc(merged));
    return end;
  }
}

/** The index after the neighbours of one kind that one message can carry. */
function endOfRun(commands: readonly Command[], start: number, type: '/g_new' | '/p_new' | '/n_run'): number {
  let end = start + 1;
  let entries = entriesOf(commands[start]!);
  for (; end < commands.length && commands[end]!.type === type; end++) {
    entries += entriesOf(commands[end]!);
    if (entries > MAX_ENTRIES) break;
  }
  return end;
}

function entriesOf(command: Command): number {
  if (command.type === '/n_run') return command.nodes.length;
  return command.type === '/g_new' || command.type === '/p_new' ? command.groups.length : 0;
}

/** True for names, finite numbers and maps; what is wrong is for `toOsc` and the writer to say. */
function isFlat(controls: ControlPairs): boolean {
  for (let index = 0; index < controls.length; index++) {
    const part = controls[index];
    if (typeof part === 'number' ? !isFloat32(part) : typeof part !== 'string') return false;
  }
  return true;
}
