import fc from 'fast-check';
import { type OscMessageInput, toBuffer } from 'osc-min';
import { describe, expect, test } from 'vitest';
import { encodePacket, OscWriter } from '../../src/osc/encode.js';
import type { Argument, Bundle, Message, Packet } from '../../src/osc/message.js';
import { sizeOf } from '../../src/osc/size.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('known packets', () => {
  test.each<[Packet, string]>([
    [['/status'], '2f737461747573002c000000'],
    [
      ['/n_set', 1000, 'freq', 440.5],
      '2f6e5f73657400002c697366000000000000 03e8 66726571 00000000 43dc4000'.replaceAll(' ', ''),
    ],
    [
      ['/n_set', 1, 'pan', [0, 1]],
      '2f6e5f73657400002c69735b69695d0000000001 70616e00 00000000 00000001'.replaceAll(' ', ''),
    ],
    [
      { timetag: [0, 1], elements: [['/sync', 7]] },
      '2362756e646c65000000000000000001000000102f73796e630000002c69000000000007',
    ],
  ])('%j', (packet, bytes) => {
    expect(hex(encodePacket(packet))).toBe(bytes);
  });
});

test.each<[string, unknown]>([
  ['argument 2 is NaN', Number.NaN],
  ['argument 2 is Infinity', Number.POSITIVE_INFINITY],
  ['argument 2 is undefined', undefined],
  ['argument 2 is null', null],
])('what OSC cannot say is refused with its place: %s', (message, argument) => {
  expect(() => encodePacket(['/n_set', 'freq', argument as Argument])).toThrow(`/n_set: ${message}`);
});

test('a bundle of messages beside bundles is refused, as scsynth would lose the messages', () => {
  const mixed = {
    timetag: [0, 1],
    elements: [['/a'], { timetag: [0, 1], elements: [] }],
  } as unknown as Bundle;
  expect(() => encodePacket(mixed)).toThrow('scsynth would lose the messages');
});

test('a writer used again gives the next packet alone, however large the one before was', () => {
  const writer = new OscWriter();
  writer.write(['/long', 'x'.repeat(200_000)]);
  expect(hex(writer.write(['/status']))).toBe('2f737461747573002c000000');
});

describe('against osc-min', () => {
  const int = fc.integer();
  const float = fc.float({ noNaN: true, noDefaultInfinity: true });
  const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll('\0', ''));
  const leaf: fc.Arbitrary<Argument> = fc.oneof(int, float, text, fc.uint8Array({ maxLength: 40 }));
  const argument: fc.Arbitrary<Argument> = fc.oneof(leaf, fc.array(leaf, { maxLength: 5 }));
  const address = fc.stringMatching(/^\/[a-z_/]{0,20}$/);
  const message: fc.Arbitrary<Message> = fc
    .tuple(address, fc.array(argument, { maxLength: 12 }))
    .map(([to, args]) => [to, ...args]);
  const timetag = fc.tuple(fc.nat(), fc.nat());
  const bundle: fc.Arbitrary<Bundle> = fc.record({ timetag, elements: fc.array(message, { maxLength: 5 }) });
  const nested: fc.Arbitrary<Bundle> = fc.record({ timetag, elements: fc.array(bundle, { maxLength: 3 }) });

  test('every message and bundle has the same bytes', () => {
    fc.assert(
      fc.property(fc.oneof(message, bundle, nested), (packet) => {
        expect(hex(encodePacket(packet))).toBe(hex(viaOscMin(packet)));
      }),
      { numRuns: 2000 },
    );
  });

  test('a message is as long as its size says', () => {
    fc.assert(
      fc.property(message, (packet) => {
        expect(sizeOf(packet)).toBe(encodePacket(packet).length);
      }),
      { numRuns: 1000 },
    );
  });

  test("arguments with their type said outright are osc-min's", () => {
    const typed: Message = [
      '/x',
      { type: 'double', value: 0.1 },
      3,
      { type: 'true' },
      { type: 'timetag', value: [5, 6] },
      'end',
    ];
    expect(hex(encodePacket(typed))).toBe(
      hex(
        bytesOf(
          toBuffer({
            address: '/x',
            args: [
              { type: 'double', value: 0.1 },
              { type: 'integer', value: 3 },
              { type: 'true', value: true },
              { type: 'timetag', value: [5, 6] },
              { type: 'string', value: 'end' },
            ],
          } as OscMessageInput),
        ),
      ),
    );
    expect(sizeOf(typed)).toBe(encodePacket(typed).length);
  });
});

const bytesOf = (view: DataView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

const viaOscMin = (packet: Packet): Uint8Array => bytesOf(toBuffer(forOscMin(packet) as OscMessageInput));

function forOscMin(packet: Packet): unknown {
  if ('timetag' in packet) {
    return {
      oscType: 'bundle',
      timetag: packet.timetag,
      elements: packet.elements.map((element) => forOscMin(element)),
    };
  }
  const [to, ...args] = packet;
  return { oscType: 'message', address: to, args: args.map(argumentForOscMin) };
}

function argumentForOscMin(argument: Argument): unknown {
  if (typeof argument === 'number') {
    const isInt = Number.isInteger(argument) && argument >= -(2 ** 31) && argument < 2 ** 31;
    return { type: isInt ? 'integer' : 'float', value: argument };
  }
  if (typeof argument === 'string') return { type: 'string', value: argument };
  if (argument instanceof Uint8Array) {
    return { type: 'blob', value: new DataView(argument.buffer, argument.byteOffset, argument.byteLength) };
  }
  return { type: 'array', value: (argument as readonly Argument[]).map(argumentForOscMin) };
}
