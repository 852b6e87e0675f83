import { expect, test } from 'vitest';
import { encodePacket } from '../../src/osc/encode.js';
import { timetagAt } from '../../src/osc/timetag.js';
import { memoryPair } from '../../src/transport/memory.js';
import { PacedTransport } from '../../src/transport/paced.js';

test('a bundle counts as held by the server for a while after its time, as the server may be late', async () => {
  let now = 1_000_000;
  const [near, far] = memoryPair();
  // The far end answers each question at once: nothing waits for room in the socket.
  let arrived = 0;
  far.listen({
    onPacket: (packet) => {
      if (packet[0] === 0x23) arrived += 1;
      else far.send(encodePacket(['/synced', new DataView(packet.buffer, packet.byteOffset).getInt32(12)]));
    },
    onError: () => {},
    onClose: () => {},
  });
  const paced = new PacedTransport(near, () => now);
  paced.listen({ onPacket: () => {}, onError: () => {}, onClose: () => {} });
  const bundle = (time: number) =>
    encodePacket({ timetag: timetagAt(time), elements: [['/n_set', 1000, 'freq', 1]] });
  for (let index = 0; index < 1900; index++) paced.send(bundle(now + 0.5));
  await expect.poll(() => arrived).toBe(1900);
  now += 0.6;
  paced.send(bundle(now + 0.3));
  await new Promise(setImmediate);
  expect(arrived).toBe(1900);
  now += 0.1;
  paced.send(bundle(now + 0.4));
  await expect.poll(() => arrived).toBe(1902);
  await paced.close();
});
