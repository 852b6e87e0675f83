import { OscPeer } from '../server/peer.js';
import type { Server } from '../server/server.js';
import { connectUdp } from '../transport/udp.js';

/** Address of a running sclang. */
export interface SclangPeerOptions {
  /** @default '127.0.0.1' */
  readonly host?: string | undefined;
  /** @default 57120 */
  readonly port?: number | undefined;
  /** A server that both use: its hooks run again, as sclang may have emptied it. @default none */
  readonly server?: Server | undefined;
}

/**
 * A running sclang, to send messages to its `OSCdef`s and hear what it sends back (`addr.sendMsg`). Nothing is sent by
 * connecting, so a missing one is not noticed.
 */
export async function connectSclang({
  host = '127.0.0.1',
  port = 57_120,
  server,
}: SclangPeerOptions = {}): Promise<OscPeer> {
  const peer = new OscPeer(await connectUdp({ host, port }));
  await server?.hooks.run();
  return peer;
}
