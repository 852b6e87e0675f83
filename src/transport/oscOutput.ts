/** OSC that goes out, to other programs, by UDP. */

import { createSocket } from 'node:dgram';
import { SuperColliderError } from '../errors.js';
import { encodePacket } from '../osc/encode.js';
import type { Message } from '../osc/message.js';
import { timetagAt } from '../osc/timetag.js';
import type { UnixTime } from '../units.js';
import { resolveHost } from './resolveHost.js';

/** Port and address of the program that is sent to. */
export interface OscOutputOptions {
  /** The UDP port that the program listens on. */
  readonly port: number;
  /** Its address. @default '127.0.0.1' */
  readonly host?: string | undefined;
}

/** An open way to another program. */
export interface OscOutput extends AsyncDisposable {
  /**
   * Sends messages: as a bundle with a timestamp, or as they are.
   *
   * @param time - Seconds since 1970 by the system's clock. @default none: a message as it is
   * @throws SuperColliderError `invalid-osc` for values that OSC cannot express.
   */
  send(messages: readonly Message[], time?: UnixTime): void;
  /** Closes the socket. */
  close(): Promise<void>;
}

/**
 * Opens a way to a program that listens to OSC by UDP.
 *
 * @throws SuperColliderError `invalid-option` for an invalid port.
 */
export async function openOscOutput({ port, host = '127.0.0.1' }: OscOutputOptions): Promise<OscOutput> {
  if (!(Number.isInteger(port) && port > 0 && port < 65536)) {
    throw new SuperColliderError(
      'invalid-option',
      `OSC output: port is ${port}. It is a number from 1 to 65535.`,
    );
  }
  const { address, type } = await resolveHost(host, port);
  const socket = createSocket(type);
  // Nobody may be listening yet: that ends nothing.
  socket.on('error', () => {});
  socket.unref();
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= new Promise((resolve) => socket.close(resolve));
    return closed;
  };
  return {
    send(messages, time) {
      if (closed)
        throw new SuperColliderError('transport-closed', `OSC output to ${host}:${port} is closed.`);
      const packets =
        time === undefined ? messages : [{ timetag: timetagAt(time), elements: messages } as const];
      for (const packet of packets) socket.send(encodePacket(packet), port, address);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
