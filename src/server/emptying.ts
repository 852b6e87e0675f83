/** A server whose nodes are freed, and what is made again on it: the default group, hooks, volume. */

import type { NodeId } from '../units.js';
import type { Client } from './client.js';
import type { Parts } from './parts.js';

/**
 * Makes what everything else needs: the default group, and what hooks make.
 *
 * @param isEmpty - False where nodes outside of our default group are there still.
 */
export async function initTree(client: Client, isEmpty: boolean): Promise<void> {
  client.send([{ type: '/g_new', groups: [{ id: client.defaultGroup.id, action: 0, target: 0 as NodeId }] }]);
  await client.sync();
  await client.hooks.run();
  // Its synth stands behind our group, and is there still when only that was emptied.
  if (isEmpty) await client.volume.restore();
  await client.sync();
}

export async function freeAll(client: Client, allClients: boolean): Promise<void> {
  const id = allClients ? (0 as NodeId) : client.defaultGroup.id;
  client.send([{ type: '/g_freeAll', id }, { type: '/clearSched' }]);
  await initTree(client, allClients);
}

/**
 * Makes the server as good as new.
 *
 * Definitions are freed by name once no node is left: `/d_freeAll` with synths that sound makes scsynth 3.13 crash.
 */
export async function reset(client: Client, { synthDefs, login }: Parts): Promise<void> {
  client.send([{ type: '/clearSched' }, { type: '/g_freeAll', id: 0 as NodeId }]);
  await client.sync();
  const names = synthDefs.names();
  if (names.length > 0) client.send([{ type: '/d_free', names }]);
  client.send(login.parts.buffers.inUse.map((number) => ({ type: '/b_free', number })));
  await client.sync();
  synthDefs.clear();
  login.restart();
  await initTree(client, true);
}
