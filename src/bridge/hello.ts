/** Checks the server behind a bridge, and describes it to pages. */

import { SuperColliderError } from '../errors.js';
import type { Server } from '../server/server.js';
import { BRIDGE_PROTOCOL, type BridgeHello } from '../transport/bridgeProtocol.js';

/** @throws SuperColliderError `invalid-option` for a server that a bridge cannot stand in front of. */
export function checkServer(server: Server): void {
  const { engine, options } = server;
  if (engine.kind === 'embedded') {
    throw new SuperColliderError(
      'invalid-option',
      'The embedded engine has one client, and cannot stand behind a bridge. Boot scsynth or supernova; a page can also boot the embedded engine by itself.',
    );
  }
  if (options.protocol !== 'udp' || options.port === 0) {
    throw new SuperColliderError(
      'invalid-option',
      `A bridge needs a server by UDP whose port was given (protocol is ${options.protocol}, port ${options.port}): by TCP it cannot tell its clients apart.`,
    );
  }
}

/** The first message to a page: the facts that its allocators need. */
export function helloOf({ engine, options, maxLogins, abilities }: Server): BridgeHello {
  return {
    type: 'hello',
    protocol: BRIDGE_PROTOCOL,
    engine: {
      kind: engine.kind as 'scsynth' | 'supernova',
      description: engine.description,
      sampleRate: engine.sampleRate,
    },
    maxPacketSize: abilities.maxPacketSize,
    options: {
      maxLogins,
      numOutputBusChannels: options.numOutputBusChannels,
      numInputBusChannels: options.numInputBusChannels,
      numAudioBusChannels: options.numAudioBusChannels,
      numControlBusChannels: options.numControlBusChannels,
      numBuffers: options.numBuffers,
      maxNodes: options.maxNodes,
      blockSize: options.blockSize,
    },
  };
}
