/** Servers of a case's own, beside the one that all cases share. */

import { type BootOptions, boot } from '../../src/node.js';
import type { Server } from '../../src/server/index.js';
import type { Target } from './wire.js';

export const portOf = (server: Server): number => Number(server.engine.transport.description.split(':')[1]);

/** Another server of the same kind. */
export const another = (target: Target, options: BootOptions = {}): Promise<Server> =>
  boot({
    engine: target === 'supernova' || target === 'embedded' ? target : 'scsynth',
    protocol: target === 'scsynth by TCP' ? 'tcp' : 'udp',
    ...options,
  });

export const oneClient = 'it has one client';
export const oneByTcp = 'scsynth 3.13 cannot tell two clients by TCP apart; the second is refused';
