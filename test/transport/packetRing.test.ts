import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PacketRing, packetRingMemory } from '../../src/transport/packetRing.js';

test('packets come out as they went in, in order, also around the end; what does not fit is said', () => {
  const step = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constant('read' as const));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), fc.nat(2 ** 31), (steps, offset) => {
      const memory = packetRingMemory(64);
      // The counters run over, too.
      new Int32Array(memory, 0, 2).fill(-(offset % 300));
      const ring = new PacketRing(memory);
      const expected: Uint8Array[] = [];
      let used = 0;
      for (const each of steps) {
        if (each === 'read') {
          const packet = expected.shift();
          expect(ring.read()).toEqual(packet);
          used -= packet ? packet.length + 4 : 0;
        } else {
          const fits = used + each.length + 4 <= 64;
          expect(ring.write(each)).toBe(fits);
          if (fits) expected.push(each);
          if (fits) used += each.length + 4;
        }
      }
    }),
  );
});

test('another thread reads each packet once, whole and in order', async () => {
  const memory = packetRingMemory(1024);
  const url = new URL('../../dist/transport/packetRing.js', import.meta.url).href;
  const worker = new Worker(
    `const { workerData, parentPort } = require('node:worker_threads');
    import(workerData.url).then(({ PacketRing }) => {
      const ring = new PacketRing(workerData.memory);
      let next = 0;
      while (next < 20000) {
        const packet = ring.read();
        if (!packet) continue;
        if (packet.length !== next % 97 || packet.some((byte) => byte !== next % 251)) throw new Error('packet ' + next);
        next += 1;
      }
      parentPort.postMessage(next);
    });`,
    { eval: true, workerData: { memory, url } },
  );
  const ring = new PacketRing(memory);
  const read = once(worker, 'message');
  for (let index = 0; index < 20_000; ) {
    if (ring.write(new Uint8Array(index % 97).fill(index % 251))) index += 1;
    else await new Promise((resolve) => setImmediate(resolve));
  }
  expect((await read)[0]).toBe(20_000);
});
