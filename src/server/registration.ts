/**
 * Becoming a client of a server: which of its clients we are, and how many it may have.
 */

import type { Engine } from '../engine/engine.js';
import { SuperColliderError } from '../errors.js';
import type { ReceivedMessage } from '../osc/message.js';
import type { ClientId } from '../units.js';
import type { Connection } from './connection.js';
import type { ServerOptions } from './options.js';

export interface Registration {
  readonly clientId: ClientId;
  /** Clients at a time; what the server has is parted among as many. */
  readonly maxLogins: number;
}

/**
 * Registers for the server's notifications. Sends `/notify 1`.
 *
 * @param wish - Which client we would like to be; the server decides.
 * @throws SuperColliderError `too-many-clients`, `timeout`.
 */
export async function register(
  connection: Connection,
  options: ServerOptions,
  wish: number,
): Promise<Registration> {
  const { engine } = connection;
  const ask = () => connection.request({ type: '/notify', on: true, clientId: wish });
  let reply: ReceivedMessage;
  try {
    reply = await ask();
  } catch (error) {
    if (!(error instanceof SuperColliderError)) throw error;
    if (error.message.includes('too many users')) throw noLogin(engine, error);
    if (!error.message.includes('already registered')) throw error;
    // Somebody had our port before and did not say good-bye. The refusal lacks the number of logins.
    if (engine.transport.description.startsWith('tcp')) throw onlyOneByTcp(engine, error);
    await connection.request({ type: '/notify', on: false, clientId: idIn(error) });
    reply = await ask();
  }
  const clientId = Number(reply.args[1] ?? 0) as ClientId;
  // scsynth rounds the number of logins up and says so; supernova says nothing, and has no limit.
  // The embedded engine has one client, whatever it says.
  const maxLogins = engine.kind === 'embedded' ? 1 : Number(reply.args[2] ?? options.maxLogins);
  if (clientId >= maxLogins) {
    await connection.request({ type: '/notify', on: false, clientId }).catch(() => {});
    throw noLogin(engine, undefined);
  }
  return { clientId, maxLogins };
}

/** The client id that the server already gave us, from its refusal. */
function idIn({ cause }: SuperColliderError): number {
  const id = (cause as ReceivedMessage | undefined)?.args[2];
  return typeof id === 'number' ? id : 0;
}

const noLogin = (engine: Engine, cause: unknown): SuperColliderError =>
  new SuperColliderError(
    'too-many-clients',
    `${engine.description} has no login left. Start it with a larger maxLogins, or end a client; one that crashed keeps its login until the server quits.`,
    { cause },
  );

const onlyOneByTcp = (engine: Engine, cause: unknown): SuperColliderError =>
  new SuperColliderError(
    'too-many-clients',
    `${engine.description} has a client by TCP already, and scsynth 3.13 cannot tell two of them apart. Connect by UDP (boot it with protocol: 'udp').`,
    { cause },
  );
