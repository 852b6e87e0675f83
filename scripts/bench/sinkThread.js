/** The thread of `sink.js`: answers what a client asks when it registers, and counts everything else. */

import { createSocket } from 'node:dgram';
import { parentPort, workerData } from 'node:worker_threads';
import { decodePacket, messagesOf } from '../../dist/osc/decode.js';
import { encodePacket } from '../../dist/osc/encode.js';

const socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 });
/** What bundles begin with; requests are messages, and not counted. */
const NUMBER_SIGN = 0x23;
const counts = { datagrams: 0, bytes: 0 };

const answers = {
  '/notify': () => ['/done', '/notify', 0, 8],
  '/sync': (id) => ['/synced', id],
  '/d_recv': () => ['/done', '/d_recv'],
};

socket.on('message', (packet, { port, address }) => {
  if (packet[0] === NUMBER_SIGN) {
    counts.datagrams += 1;
    counts.bytes += packet.length;
    return;
  }
  for (const { address: command, args } of messagesOf(decodePacket(packet))) {
    const answer = answers[command]?.(...args);
    if (answer) socket.send(encodePacket(answer), port, address);
  }
});
socket.bind(0, '127.0.0.1', () => parentPort.postMessage({ port: socket.address().port }));
parentPort.on('message', () => parentPort.postMessage({ ...counts }));

/** About a period of a sound device: 64 samples at 48 kHz. */
const PERIOD_MS = 1.3;
const never = new Int32Array(new SharedArrayBuffer(4));

/** Sleeps without a look at the socket, then lets the event loop read all that has come; while it is to rest, nothing. */
function rest() {
  Atomics.wait(workerData.rests, 0, 1);
  Atomics.wait(never, 0, 0, PERIOD_MS);
  setImmediate(rest);
}

if (!workerData.waits) setImmediate(rest);
