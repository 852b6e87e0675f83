import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { batch } from '../../src/commands/batch.js';
import type { AddAction, Command } from '../../src/commands/index.js';
import { PacketWriter } from '../../src/commands/packets.js';
import { NewSynth, SetControls } from '../../src/commands/slotControls.js';
import { ControlLayout, type SlotSet } from '../../src/commands/slotSet.js';
import { encodePacket } from '../../src/osc/encode.js';
import type { Timetag } from '../../src/osc/timetag.js';
import type { NodeId } from '../../src/units.js';

const id = fc.integer({ min: 0, max: 2 ** 31 - 1 }) as unknown as fc.Arbitrary<NodeId>;
const name = fc.constantFrom('freq', 'amp', 'a', 'detune', 'größe', '音');
const value = fc.oneof(
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  fc.float({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom('c5', 'a12'),
);
const pairs = fc.array(fc.tuple(name, fc.oneof(value, fc.array(value)))).map((all) => all.flat());
const action = fc.constantFrom(0, 1, 2, 3, 4);

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ type: fc.constant('/s_new'), def: name, id, action, target: id, controls: pairs }),
  fc.record({ type: fc.constant('/n_set'), id, controls: pairs }),
  fc.record({
    type: fc.constantFrom('/g_new', '/p_new'),
    groups: fc.array(fc.record({ id, action, target: id }), { minLength: 1 }),
  }),
  fc.record({
    type: fc.constant('/n_run'),
    nodes: fc.array(fc.tuple(id, fc.boolean()), { minLength: 1 }),
  }),
  fc.record({ type: fc.constant('/n_free'), id }),
  fc.record({ type: fc.constant('/n_order'), action, target: id, ids: fc.array(id) }),
  fc.record({
    type: fc.constant('/n_setn'),
    id,
    controls: fc.array(fc.tuple(name, fc.array(fc.integer()))),
  }),
  fc.record({
    type: fc.constant('/c_setn'),
    ranges: fc.array(fc.tuple(fc.nat(100), fc.array(fc.integer())), { minLength: 1 }),
  }),
) as fc.Arbitrary<Command>;

const names = ['freq', 'amp', 'größe', 'a', 'detune'];
const layout = new ControlLayout('sine', names);
const slotsOf = (of: ControlLayout, chosen: readonly number[]): SlotSet =>
  chosen.reduce<SlotSet>((set, slot) => set.with(slot), of.noSlots);
const number = fc.oneof(
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  fc.float({ noNaN: true, noDefaultInfinity: true }),
);
/** Some slots, added in any order, and a value for each. */
const some = <Value>(of: fc.Arbitrary<Value>) =>
  fc.uniqueArray(fc.nat(names.length - 1)).chain((chosen) => {
    const slots = slotsOf(layout, chosen);
    return fc.tuple(fc.constant(slots), fc.array(of, { minLength: slots.size, maxLength: slots.size }));
  });
const bySlots: fc.Arbitrary<Command> = fc.oneof(
  fc.tuple(some(fc.oneof(number, fc.constant('c5'), fc.array(number))), id, action, id).map(
    ([[slots, values], node, how, target]) =>
      new NewSynth(
        slots,
        values,
        values.every((one) => typeof one === 'number'),
        node,
        how as AddAction,
        target,
      ),
  ),
  fc.tuple(some(number), id).map(([[slots, values], node]) => new SetControls(slots, values, node)),
);

const packets = (commands: readonly Command[], time: Timetag, maxSize: number): Uint8Array[] => {
  const taken: Uint8Array[] = [];
  new PacketWriter().write(commands, time, maxSize, (packet) => taken.push(packet.slice()));
  return taken;
};

describe('commands written straight to bytes', () => {
  test('are the same bytes as those written as data first, however large a packet may be', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(command, bySlots)),
        fc.constantFrom(65_507, 400, 16),
        (commands, maxSize) => {
          const time: Timetag = [3_900_000_000, 12];
          expect(packets(commands, time, maxSize)).toEqual(batch(commands, time, maxSize).map(encodePacket));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('are data like any others: as JSON and back they say the same', () => {
    fc.assert(
      fc.property(fc.array(bySlots), (commands) => {
        const time: Timetag = [0, 1];
        const read = JSON.parse(JSON.stringify(commands)) as Command[];
        expect(batch(read, time).map(encodePacket)).toEqual(batch(commands, time).map(encodePacket));
      }),
    );
  });

  test('of a thousand synths make as few packets as their size allows', () => {
    const commands = Array.from(
      { length: 1000 },
      (_, index): Command => ({
        type: '/s_new',
        def: 'sine',
        id: (1000 + index) as NodeId,
        action: 1,
        target: 1 as NodeId,
        controls: ['freq', 440.5, 'amp', 0.1],
      }),
    );
    // A message of 60 bytes after its length of 4.
    expect(packets(commands, [0, 1], 65_507).map((packet) => packet.length)).toEqual([64_016]);
    expect(packets(commands, [0, 1], 32_768).map((packet) => packet.length)).toEqual([32_720, 31_312]);
  });

  test('with more choices of controls than are kept are still the same bytes', () => {
    const many = new ControlLayout(
      'wide',
      Array.from({ length: 10 }, (_, slot) => `control${slot}`),
    );
    const commands = Array.from({ length: 1024 }, (_, bits): Command => {
      const slots = slotsOf(
        many,
        many.names.map((_name, slot) => slot).filter((slot) => bits & (1 << slot)),
      );
      return new SetControls(
        slots,
        slots.slots.map((slot) => slot + 0.5),
        1000 as NodeId,
      );
    });
    expect(packets(commands, [0, 1], 65_507)).toEqual(batch(commands, [0, 1]).map(encodePacket));
  });

  test('of ten thousand groups and as many pauses fit into packets, each', () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => (1000 + index) as NodeId);
    const commands: Command[] = [];
    for (let at = 0; at < ids.length; at += 1000) {
      const some = ids.slice(at, at + 1000);
      commands.push({
        type: '/g_new',
        groups: some.map((node) => ({ id: node, action: 1, target: 1 as NodeId })),
      });
    }
    for (let at = 0; at < ids.length; at += 1000)
      commands.push({
        type: '/n_run',
        nodes: ids.slice(at, at + 1000).map((node) => [node, false] as const),
      });
    const all = packets(commands, [0, 1], 65_507);
    expect(all).toEqual(batch(commands, [0, 1]).map(encodePacket));
    expect(Math.max(...all.map((packet) => packet.length))).toBeLessThanOrEqual(65_507);
  });

  test('say which argument is no number', () => {
    const broken: Command = { type: '/n_set', id: 1 as NodeId, controls: ['freq', Number.NaN] };
    expect(() => packets([broken], [0, 1], 65_507)).toThrow('/n_set: argument 3 is NaN.');
  });
});
