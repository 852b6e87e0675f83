import type { TransportCounts } from './transport.js';

/** Numbers that every transport counts. */
export class Counts implements TransportCounts {
  packetsSent = 0;
  packetsReceived = 0;
  bytesSent = 0;
  bytesReceived = 0;
  errors = 0;

  sent(bytes: number): void {
    this.packetsSent += 1;
    this.bytesSent += bytes;
  }

  received(bytes: number): void {
    this.packetsReceived += 1;
    this.bytesReceived += bytes;
  }
}
