import fc from 'fast-check';
import { toBuffer } from 'osc-min';
import { describe, expect, test } from 'vitest';
import { decodePacket, messagesOf } from '../../src/osc/decode.js';
import { encodePacket } from '../../src/osc/encode.js';

const bytes = (view: DataView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

test('a reply of every type is read', () => {
  const packet = bytes(
    toBuffer({
      address: '/types',
      args: [
        { type: 'integer', value: -5 },
        { type: 'float', value: 0.5 },
        { type: 'double', value: 0.1 },
        { type: 'string', value: 'häß' },
        { type: 'blob', value: new DataView(new Uint8Array([1, 2, 3]).buffer) },
        { type: 'true' },
        { type: 'false' },
        { type: 'null' },
        { type: 'timetag', value: [7, 8] },
        {
          type: 'array',
          value: [
            { type: 'integer', value: 1 },
            { type: 'string', value: 'x' },
          ],
        },
      ],
    }),
  );
  expect(decodePacket(packet)).toEqual({
    address: '/types',
    args: [-5, 0.5, 0.1, 'häß', new Uint8Array([1, 2, 3]), true, false, null, [7, 8], [1, 'x']],
  });
});

test('a 64-bit integer is the nearest number', () => {
  const packet = new Uint8Array([0x2f, 0x78, 0, 0, 0x2c, 0x68, 0, 0, 0, 0x20, 0, 0, 0, 0, 0, 1]);
  expect(decodePacket(packet)).toEqual({ address: '/x', args: [2 ** 53] });
});

test('messages of nested bundles come in order', () => {
  const packet = encodePacket({
    timetag: [0, 1],
    elements: [
      { timetag: [0, 1], elements: [['/a'], ['/b', 1]] },
      { timetag: [0, 1], elements: [['/c']] },
    ],
  });
  expect(messagesOf(decodePacket(packet)).map(({ address }) => address)).toEqual(['/a', '/b', '/c']);
});

test('what is encoded is decoded again', () => {
  const argument = fc.oneof(
    fc.integer(),
    fc.float({ noNaN: true, noDefaultInfinity: true }),
    fc.string().map((text) => text.replaceAll('\0', '')),
    fc.uint8Array(),
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(argument, fc.array(argument))), (args) => {
      const plain = JSON.parse(JSON.stringify(args, (_, value) => (Object.is(value, -0) ? 0 : value)));
      const received = decodePacket(encodePacket(['/x', ...args]));
      expect(JSON.parse(JSON.stringify(received))).toEqual({ address: '/x', args: plain });
    }),
    { numRuns: 1000 },
  );
});

describe('what is no OSC is refused, saying where', () => {
  test.each<[string, number[]]>([
    ['a packet of at least 4 bytes at byte 0', []],
    ['an address that starts with "/"', [0x61, 0, 0, 0]],
    ['a string to end with a zero byte at byte 0', [0x2f, 0x61, 0x61, 0x61]],
    ['type tags that start with ","', [0x2f, 0, 0, 0, 0x69, 0, 0, 0]],
    ['4 more bytes at byte 8', [0x2f, 0, 0, 0, 0x2c, 0x69, 0, 0]],
    ['a known type tag, not "?"', [0x2f, 0, 0, 0, 0x2c, 0x3f, 0, 0]],
    ['a blob of -1 bytes to fit', [0x2f, 0, 0, 0, 0x2c, 0x62, 0, 0, 0xff, 0xff, 0xff, 0xff]],
    ['"]" for each "["', [0x2f, 0, 0, 0, 0x2c, 0x5b, 0, 0]],
    ['"[" before "]"', [0x2f, 0, 0, 0, 0x2c, 0x5d, 0, 0]],
  ])('%s', (message, packet) => {
    expect(() => decodePacket(new Uint8Array(packet))).toThrow(message);
  });

  test('an element that is longer than its bundle', () => {
    const packet = encodePacket({ timetag: [0, 1], elements: [['/a']] });
    new DataView(packet.buffer).setInt32(16, 1000);
    expect(() => decodePacket(packet)).toThrow('an element of 1000 bytes to fit into the 8 that are left');
  });

  test('bundles nested without end', () => {
    let packet = encodePacket({ timetag: [0, 1], elements: [] });
    for (let depth = 0; depth < 40; depth++) {
      const outer = new Uint8Array(20 + packet.length);
      outer.set(packet.subarray(0, 16));
      new DataView(outer.buffer).setInt32(16, packet.length);
      outer.set(packet, 20);
      packet = outer;
    }
    expect(() => decodePacket(packet)).toThrow('bundles nested at most 32 deep');
  });

  test('random and damaged bytes end in a packet or in invalid-osc, never in anything else', () => {
    const valid = encodePacket({
      timetag: [0, 1],
      elements: [['/n_set', 1, 'freq', 2.5, [1, 2], new Uint8Array(5)]],
    });
    const damaged = fc
      .array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { maxLength: 6 })
      .map((changes) => {
        const copy = valid.slice();
        for (const [at, byte] of changes) copy[at] = byte;
        return copy;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), (packet) => {
        try {
          decodePacket(packet);
        } catch (error) {
          expect(error).toMatchObject({ code: 'invalid-osc' });
        }
      }),
      { numRuns: 5000 },
    );
  });
});
