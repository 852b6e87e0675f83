import { SuperColliderError } from '../errors.js';
import type { Transport } from './transport.js';

/** @throws SuperColliderError `transport-closed` or `packet-too-large`, before anything is sent. */
export function checkPacket(transport: Transport, packet: Uint8Array, closed: string | undefined): void {
  if (closed !== undefined) {
    throw new SuperColliderError(
      'transport-closed',
      `${transport.description} is closed (${closed}): nothing can be sent.`,
    );
  }
  if (packet.length > transport.maxPacketSize) {
    throw new SuperColliderError(
      'packet-too-large',
      `A packet of ${packet.length} bytes is too large for ${transport.description}, which takes ${transport.maxPacketSize}. ` +
        'Send less in one message, use TCP, or a file (/d_load, /b_allocRead).',
    );
  }
}
