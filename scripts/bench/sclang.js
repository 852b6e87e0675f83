/** sclang as a contender: its own clock around its own bundles, to the same sink. */

import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { decodePacket } from '../../dist/osc/decode.js';
import { encodePacket } from '../../dist/osc/encode.js';

const bind = async (socket) => {
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket.address().port;
};

/** Starts sclang; `undefined` where it is not installed. */
export async function openSclang(sink) {
  const socket = createSocket('udp4');
  const replyPort = await bind(socket);
  const probe = createSocket('udp4');
  const port = await bind(probe);
  probe.close();
  const script = fileURLToPath(new URL('./sclang.scd', import.meta.url));
  const child = spawn('sclang', ['-u', String(port), script], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {
      ...process.env,
      QT_QPA_PLATFORM: 'offscreen',
      QTWEBENGINE_DISABLE_SANDBOX: '1',
      SINK_PORT: String(sink.port),
      REPLY_PORT: String(replyPort),
    },
  });
  process.on('exit', () => child.kill('SIGKILL'));
  const took = async () => {
    const [packet] = await once(socket, 'message', { signal: AbortSignal.timeout(30_000) });
    return decodePacket(packet).args[0] * 1000;
  };
  const failed = new Promise((resolve) => child.once('error', () => resolve(undefined)));
  if ((await Promise.race([took(), failed])) === undefined) {
    socket.close();
    return undefined;
  }
  return {
    /** Milliseconds of one run of a workload. */
    run(workload, count = 0) {
      socket.send(encodePacket(['/bench', workload, count]), port, '127.0.0.1');
      return took();
    },
    async close() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      socket.close();
    },
  };
}
