/** Addresses of hosts, by name or in numbers. */

import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { SuperColliderError } from '../errors.js';
import { networkError } from './networkError.js';

export interface Address {
  readonly address: string;
  /** Kind of UDP socket that reaches it. */
  readonly type: 'udp4' | 'udp6';
}

/**
 * The address of a host. Of a name that has several, IPv4 comes first: it is what scsynth listens on.
 *
 * @throws SuperColliderError `invalid-option` for an invalid host or port; `timeout` when the service of
 *   names does not answer.
 */
export async function resolveHost(host: string, port: number): Promise<Address> {
  checkPlace(host, port);
  const family = isIP(host);
  if (family) return { address: host, type: family === 6 ? 'udp6' : 'udp4' };
  try {
    const found = await lookup(host, { order: 'ipv4first' });
    return { address: found.address, type: found.family === 6 ? 'udp6' : 'udp4' };
  } catch (cause) {
    throw networkError('Looking up the address', { protocol: 'name', host, port }, cause);
  }
}

/** @throws SuperColliderError `invalid-option` */
export function checkPlace(host: string, port: number): void {
  if (typeof host !== 'string' || host.trim() === '')
    throw new SuperColliderError(
      'invalid-option',
      `host is ${JSON.stringify(host)}. It is a name or an address, such as '127.0.0.1' or '::1'.`,
    );
  if (!(Number.isInteger(port) && port >= 0 && port <= 65_535))
    throw new SuperColliderError('invalid-option', `port is ${port}. It is a whole number from 0 to 65535.`);
}
