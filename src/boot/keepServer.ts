/** Reactions to the loss of a server, and to the end of this program. */

import { setTimeout as delay } from 'node:timers/promises';
import type { Server } from '../server/server.js';
import type { Seconds } from '../units.js';

/** Boots the engine again whenever it ends without having been asked to, or does not answer any more. */
export function rebootWhenLost(server: Server, onFailed: ((error: Error) => void) | undefined): void {
  server.onLifecycle((event) => {
    const isLost = event.type === 'offline' && !event.wasRequested && event.reason !== undefined;
    if (!isLost && event.type !== 'stuck') return;
    // While it is rebooting already, another loss is that reboot's failure.
    reboot(server).catch((error: Error) => {
      if (!onFailed) throw error;
      onFailed(error);
    });
  });
}

/** A sound system that the dead engine has not left yet, or a busy machine, may refuse the next one at first. */
const MAX_ATTEMPTS = 3;

async function reboot(server: Server): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await server.reboot();
    } catch (error) {
      if (server.wasQuitRequested) return; // it is not wanted any more
      if (attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

/** Connects again whenever the server is lost, each `interval` seconds until it is back, or is left for good. */
export function reconnectWhenLost(server: Server, interval: Seconds): void {
  let isLooking = false;
  server.onDisconnect(async () => {
    // Each attempt that fails is another loss.
    if (isLooking) return;
    isLooking = true;
    while (server.state === 'offline' && !server.wasQuitRequested) {
      await delay(interval * 1000, undefined, { ref: false });
      if (!server.wasQuitRequested) await server.reconnect().catch(() => {});
    }
    isLooking = false;
  });
}

/** Gives our login back at the end of the program: a server never notices by itself that a client is gone. */
export function leaveAtExit(server: Server): void {
  const leave = (): void => {
    try {
      server.leave();
    } catch {
      // The connection is gone, and the login with it.
    }
  };
  // Each client has its listener; Node takes more than ten for a leak.
  let isListening = false;
  const listen = (on: boolean): void => {
    if (on === isListening) return;
    isListening = on;
    process.setMaxListeners(process.getMaxListeners() + (on ? 1 : -1));
    if (on) process.on('exit', leave);
    else process.off('exit', leave);
  };
  listen(true);
  server.onLifecycle(({ type }) => {
    if (type === 'offline') listen(false);
    if (type === 'registered') listen(true);
  });
}
