/** The least that any client does: bytes that are ready, and the system calls that send them. */

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { encodePacket } from '../../dist/osc/encode.js';
import { sizeOf } from '../../dist/osc/size.js';

const MAX_BYTES = 65_507;

/** A contender that sends messages in as few bundles as hold them. */
export async function openRaw(sink, messages) {
  const socket = createSocket('udp4');
  socket.connect(sink.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.unref();
  const packets = bundles(messages).map((elements) => encodePacket({ timetag: [0, 1], elements }));
  return {
    run: () => {
      for (const packet of packets) socket.send(packet);
    },
  };
}

function bundles(messages) {
  const all = [];
  let size = MAX_BYTES;
  for (const message of messages) {
    const bytes = 4 + sizeOf(message);
    if (size + bytes > MAX_BYTES) {
      all.push([]);
      size = 16;
    }
    all.at(-1).push(message);
    size += bytes;
  }
  return all;
}
