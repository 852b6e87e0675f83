import type { Bundle, Message } from '../osc/message.js';
import { timetagAt } from '../osc/timetag.js';
import type { UnixTime } from '../units.js';
import { checkSeconds } from './checks.js';
import type { Client } from './client.js';
import { blipDef } from './systemDefs.js';

/** Seconds from the one tone to the other. */
const SECOND_TONE = 0.2;

/**
 * Two short tones, to hear that a server is there. Sends `/d_recv`, and a bundle of bundles of `/s_new -1`, with
 * `/error 0` and `/error 1` around, so that nobody hears of a failure.
 *
 * @param latency - Seconds until the first. @default 0.15
 */
export async function blip(server: Client, latency = 0.15): Promise<void> {
  checkSeconds('Latency of the blip', latency, { orZero: true });
  const def = blipDef();
  await server.synthDefs.ensure(def);
  server.sendPacket(blipBundle(def.name, Date.now() / 1000 + latency));
}

/** All elements are bundles: scsynth loses the messages of a bundle that holds both. */
export function blipBundle(def: string, time: UnixTime): Bundle {
  const at = (moment: UnixTime, message: Message): Bundle => ({
    timetag: timetagAt(moment),
    elements: [message],
  });
  return {
    timetag: timetagAt(time),
    elements: [
      at(time, ['/error', 0]),
      at(time, ['/s_new', def, -1, 0, 0, 'freq', 500]),
      at(time + SECOND_TONE, ['/s_new', def, -1, 0, 0, 'freq', 1000]),
      at(time + SECOND_TONE, ['/error', 1]),
    ],
  };
}
