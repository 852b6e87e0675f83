/**
 * scsynth's command numbers: an int32 that may stand where a message has its address.
 *
 * @see SC_OSC_commands.h in SuperCollider's include/server
 */

import { SuperColliderError } from '../errors.js';

/** Names in the order of their numbers, from 0 (`none`) on. */
export const COMMAND_NUMBERS: readonly string[] = (
  'none notify status quit cmd d_recv d_load d_loadDir d_freeAll s_new n_trace n_free n_run n_cmd n_map n_set ' +
  'n_setn n_fill n_before n_after u_cmd g_new g_head g_tail g_freeAll c_set c_setn c_fill b_alloc b_allocRead ' +
  'b_read b_write b_free b_close b_zero b_set b_setn b_fill b_gen dumpOSC c_get c_getn b_get b_getn s_get ' +
  's_getn n_query b_query n_mapn s_noid g_deepFree clearSched sync d_free b_allocReadChannel b_readChannel ' +
  'g_dumpTree g_queryTree error s_newargs n_mapa n_mapan n_order p_new version'
).split(' ');

/**
 * The address of a command that is given as sclang takes it: with its slash, without it, or as its number.
 *
 * @throws SuperColliderError `invalid-argument` for a number that is no command's, and for what is no address.
 */
export function commandAddress(command: string | number): string {
  if (typeof command === 'string' && command !== '')
    return command.startsWith('/') || command === '#bundle' ? command : `/${command}`;
  const name = typeof command === 'number' && command > 0 ? COMMAND_NUMBERS[command] : undefined;
  if (name !== undefined) return `/${name}`;
  throw new SuperColliderError(
    'invalid-argument',
    `The command of a message is ${JSON.stringify(command) ?? String(command)}. It is an address such as "/n_set", or a command number from 1 to ${COMMAND_NUMBERS.length - 1}.`,
  );
}
