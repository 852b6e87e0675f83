/** The parts of a server, put together. Each part knows only the parts before it, and none knows the server. */

import type { Engine } from '../engine/engine.js';
import type { NodeId } from '../units.js';
import { checkSeconds, checkWhole } from './checks.js';
import { Connection } from './connection.js';
import { InitHooks } from './initHooks.js';
import { Lifecycle } from './lifecycle.js';
import { Login } from './login.js';
import { NodeLimit } from './nodeLimit.js';
import type { ServerOptions } from './options.js';
import { Queries } from './queries.js';
import type { ServerSettings } from './settings.js';
import { SynthDefs } from './synthDefs.js';

export class Parts {
  readonly lifecycle = new Lifecycle();
  readonly hooks = new InitHooks();
  readonly nodeLimit = new NodeLimit(() => this.options.maxNodes);
  readonly connection: Connection;
  readonly login: Login;
  readonly synthDefs: SynthDefs;
  readonly queries: Queries;
  /** The options of the engine in use. */
  options: ServerOptions;
  /** Counts boots and connections. */
  epoch = 0;

  /** @param isTaken - True for an id of a node that is on the server. */
  constructor(engine: Engine, settings: ServerSettings, isTaken: (id: NodeId) => boolean) {
    const { options, timeout = 5, latency = 0, clientId = 0, writeFile } = settings;
    checkSeconds('timeout', timeout);
    checkSeconds('latency', latency, { orZero: true });
    checkWhole('clientId', clientId, 0, 31);
    this.options = options;
    const connection = new Connection(engine, this.lifecycle, timeout);
    this.connection = connection;
    this.login = new Login(connection, this.lifecycle, { options: () => this.options, clientId, isTaken });
    this.synthDefs = new SynthDefs({
      send: (commands) => connection.outgoing.send(commands, undefined),
      request: (command) => connection.request(command),
      sendPacket: (packet) => connection.outgoing.sendPacket(packet),
      onOutput: (listener) => connection.engine.onOutput(listener),
      maxPacketSize: () => connection.engine.transport.maxPacketSize,
      maxNameSize: () => (connection.engine.kind === 'supernova' ? 127 : 255),
      sharesDefinitions: () => connection.engine.abilities.sharesDefinitions === true,
      writeFile,
    });
    this.queries = new Queries(connection, this.login, (name) => this.synthDefs.sent(name));
  }
}
