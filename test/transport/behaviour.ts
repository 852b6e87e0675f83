/** What every transport does, as tests for any two ends of one. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Transport } from '../../src/transport/transport.js';

export interface Ends {
  readonly near: Transport;
  /** The other end, as far as a test needs it. */
  readonly far: FarEnd;
}

export interface FarEnd {
  send(packet: Uint8Array): void;
  /** Packets that arrived, in order; waits until there are so many. */
  received(count: number): Promise<readonly Uint8Array[]>;
  close(): Promise<void>;
}

const numbered = (number: number, size = 8): Uint8Array => {
  const packet = new Uint8Array(size);
  new DataView(packet.buffer).setInt32(0, number);
  return packet;
};

const numberOf = (packet: Uint8Array): number => new DataView(packet.buffer, packet.byteOffset).getInt32(0);

/** Collects packets, and lets tests wait for them. */
export class Inbox {
  readonly packets: Uint8Array[] = [];
  readonly #waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  readonly put = (packet: Uint8Array): void => {
    this.packets.push(packet);
    for (const { count, resolve } of this.#waiting) if (this.packets.length >= count) resolve();
  };

  async received(count: number): Promise<readonly Uint8Array[]> {
    if (this.packets.length < count)
      await new Promise<void>((resolve) => this.#waiting.push({ count, resolve }));
    return this.packets;
  }
}

/** @param tellsOfEnd - False for UDP, which knows no connection. */
export function behavesAsTransport(name: string, open: () => Promise<Ends>, tellsOfEnd: boolean): void {
  describe(name, () => {
    let ends: Ends;
    let inbox: Inbox;
    let closed: Promise<string>;

    beforeEach(async () => {
      ends = await open();
      inbox = new Inbox();
      closed = new Promise((resolve) => {
        ends.near.listen({ onPacket: inbox.put, onError: () => {}, onClose: resolve });
      });
    });

    afterEach(async () => {
      await ends.near.close();
      await ends.far.close();
    });

    test('packets arrive whole and in order, both ways', async () => {
      for (let number = 0; number < 50; number++) {
        ends.near.send(numbered(number, 8 + 4 * number));
        ends.far.send(numbered(number, 400 - 4 * number));
      }
      const there = await ends.far.received(50);
      const here = await inbox.received(50);
      expect(there.map(numberOf)).toEqual(Array.from({ length: 50 }, (_, number) => number));
      expect(there.map(({ length }) => length)).toEqual(
        Array.from({ length: 50 }, (_, number) => 8 + 4 * number),
      );
      expect(here.map(numberOf)).toEqual(Array.from({ length: 50 }, (_, number) => number));
    });

    test('the bytes are read before send returns', async () => {
      const packet = numbered(1);
      ends.near.send(packet);
      packet.fill(0xff);
      expect(numberOf((await ends.far.received(1))[0]!)).toBe(1);
    });

    test('what was received stays as it was', async () => {
      ends.far.send(numbered(1));
      ends.far.send(numbered(2));
      expect((await inbox.received(2)).map(numberOf)).toEqual([1, 2]);
    });

    test('the largest packet arrives', async () => {
      const size = Math.min(ends.near.maxPacketSize, 200_000);
      ends.near.send(numbered(7, size));
      expect((await ends.far.received(1))[0]).toHaveLength(size);
    });

    test('a packet that is too large is refused with both sizes, and the next one goes', async () => {
      const { near } = ends;
      expect(() => near.send({ length: near.maxPacketSize + 1 } as Uint8Array)).toThrow(
        `A packet of ${near.maxPacketSize + 1} bytes is too large`,
      );
      near.send(numbered(3));
      expect((await ends.far.received(1)).map(numberOf)).toEqual([3]);
    });

    test('it counts what it sent and received', async () => {
      ends.near.send(numbered(1, 12));
      ends.far.send(numbered(2, 16));
      await ends.far.received(1);
      await inbox.received(1);
      expect(ends.near.counts).toMatchObject({
        packetsSent: 1,
        bytesSent: 12,
        packetsReceived: 1,
        bytesReceived: 16,
      });
    });

    test('after close nothing is sent or delivered, and closing again does nothing', async () => {
      await ends.near.close();
      await ends.near.close();
      expect(() => ends.near.send(numbered(1))).toThrow('is closed');
      expect(inbox.packets).toEqual([]);
    });

    if (!tellsOfEnd) return;

    test('the end of the other side is told', async () => {
      await ends.far.close();
      expect(await closed).toMatch(/./);
      expect(() => ends.near.send(numbered(1))).toThrow('is closed');
    });
  });
}
