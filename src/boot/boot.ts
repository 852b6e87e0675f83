/** Booting engines, and connecting to servers that run. */

import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chooseEngine } from '../engine/choose.js';
import type { Engine, EngineKind } from '../engine/engine.js';
import { bootNative } from '../engine/native/boot.js';
import { connectNative } from '../engine/native/connect.js';
import type { Environment } from '../engine/native/find.js';
import { SuperColliderError } from '../errors.js';
import { blip } from '../server/blip.js';
import { checkOneOf, checkSeconds, checkText } from '../server/checks.js';
import type { ServerOptions } from '../server/options.js';
import { Server } from '../server/server.js';
import { serverOptions } from '../server/serverOptions.js';
import type { Servers } from '../server/servers.js';
import type { ServerSettings } from '../server/settings.js';
import type { Seconds } from '../units.js';
import { leaveAtExit, rebootWhenLost, reconnectWhenLost } from './keepServer.js';
import { soundFilesFor } from './temporarySounds.js';
import { writeTemporary } from './writeTemporary.js';

/** Options of our client, for a server that we boot and for one that we connect to. */
export interface ClientOptions
  extends Pick<ServerSettings, 'timeout' | 'latency' | 'heartbeat' | 'clientId'> {
  /** The list in which the server is registered under `name`. @default none */
  readonly servers?: Servers | undefined;
  /** Its name among `servers`. */
  readonly name?: string | undefined;
  /** Plays two short tones when it is there. @default false */
  readonly blip?: boolean | undefined;
}

/** Options of the engine, the server and our client of it. */
export interface BootOptions extends Partial<ServerOptions>, ClientOptions {
  /** `auto` takes scsynth where it is installed and boots, else the embedded engine. @default 'auto' */
  readonly engine?: EngineKind | 'auto' | undefined;
  /** The executable of scsynth or supernova. @default looked for in SCSYNTH, SUPERNOVA, PATH and the usual places */
  readonly path?: string | undefined;
  /** Environment of a native server. @default ours */
  readonly env?: Environment | undefined;
  /** Seconds until a native server must answer. @default 10 */
  readonly bootTimeout?: Seconds | undefined;
  /** Boots the engine again when it dies; what roots have rendered comes back by itself. @default false */
  readonly restart?: boolean | undefined;
  /** Called when that failed three times. @default throws it as an unhandled rejection */
  readonly onRestartFailed?: ((error: Error) => void) | undefined;
  /**
   * Reaction to a `port` in use. `connect` takes the server that has the port, which is not ours then, as
   * sc3nb does for its default port. @default 'fail'
   */
  readonly onPortInUse?: 'fail' | 'connect' | undefined;
  /** Called with one line that says which engine it is, and why, also after a reboot. */
  readonly onEngine?: ((reason: string, engine: Engine) => void) | undefined;
}

/**
 * Boots an engine and connects to it. The server is ours: `quit`, or the end of the program, ends it.
 *
 * @throws SuperColliderError `invalid-option`, `not-found`, `port-in-use`, `boot-failed`.
 */
export async function boot(settings: BootOptions = {}): Promise<Server> {
  if (typeof settings !== 'object' || settings === null) {
    throw new SuperColliderError(
      'invalid-argument',
      `boot: its options are ${JSON.stringify(settings)}. Give an object: boot({ engine: ${JSON.stringify(settings)} }).`,
    );
  }
  try {
    return await bootEngine(settings);
  } catch (error) {
    const isTaken = error instanceof SuperColliderError && error.code === 'port-in-use';
    if (!isTaken || settings.onPortInUse !== 'connect') throw error;
    const { engine, path, env, bootTimeout, onEngine, restart, onRestartFailed, onPortInUse, ...rest } =
      settings;
    return connect(rest);
  }
}

async function bootEngine(settings: BootOptions): Promise<Server> {
  const {
    engine = 'auto',
    path,
    env,
    bootTimeout,
    onEngine,
    restart = false,
    onRestartFailed,
    onPortInUse = 'fail',
    ...others
  } = settings;
  const { client, given } = splitOptions(others);
  if (bootTimeout !== undefined) checkSeconds('bootTimeout', bootTimeout);
  checkOneOf('Engine', engine, ['auto', 'scsynth', 'supernova', 'embedded']);
  checkOneOf('onPortInUse', onPortInUse, ['fail', 'connect']);
  const options = serverOptions(given);
  let wanted = engine;
  const openEngine = async (options: ServerOptions, other: EngineKind | 'auto' = wanted): Promise<Engine> => {
    wanted = other;
    const choice = await chooseEngine(wanted, {
      // `path` belongs to the engine that was requested first.
      path: wanted === engine ? path : undefined,
      native: (program) =>
        bootNative(program, {
          options,
          path: wanted === engine ? path : undefined,
          env,
          timeout: bootTimeout,
        }),
      embedded: async () => {
        const { bootEmbedded } = await import('../engine/embedded/bootEmbedded.js');
        return bootEmbedded(options);
      },
    });
    onEngine?.(choice.reason, choice.engine);
    return choice.engine;
  };
  const first = await openEngine(options);
  const server = await openServer(first, client, { options, openEngine });
  if (restart) rebootWhenLost(server, onRestartFailed);
  return server;
}

/** Address and assumed options of a running server, and options of our client of it. */
export interface ConnectOptions extends Partial<ServerOptions>, ClientOptions {
  /** @default '127.0.0.1' */
  readonly host?: string | undefined;
  /** @default 57110 */
  readonly port?: number;
  /** Seconds between attempts to connect again when the server is lost. @default Infinity: never */
  readonly reconnectInterval?: Seconds | undefined;
}

/**
 * Connects to a server that somebody else started.
 *
 * The options are those that we assume: the server reports its number of clients, but not its buses and
 * buffers. `disconnect` and the end of the program leave the server running.
 *
 * @throws SuperColliderError `timeout` when nothing replies there, `too-many-clients`, `invalid-option`.
 */
export async function connect(settings: ConnectOptions = {}): Promise<Server> {
  const { host, reconnectInterval = Number.POSITIVE_INFINITY, ...others } = settings;
  const { client, given } = splitOptions(others);
  if (host !== undefined) checkText('host', host);
  checkSeconds('reconnectInterval', reconnectInterval, { orInfinity: true });
  const options = serverOptions({ port: 57_110, ...given });
  const openEngine = ({ port, protocol, password, numOutputBusChannels }: ServerOptions): Promise<Engine> =>
    connectNative({ host, port, protocol, password, numOutputBusChannels, timeout: client.timeout });
  const engine = await openEngine(options);
  const server = await openServer(engine, client, { options, openEngine, owned: false });
  leaveAtExit(server);
  if (reconnectInterval < Number.POSITIVE_INFINITY) reconnectWhenLost(server, reconnectInterval);
  return server;
}

/** Splits options into those of the client and those of the server. */
function splitOptions<Given extends ClientOptions>({
  servers,
  name,
  timeout,
  latency,
  heartbeat,
  clientId,
  blip: blips,
  ...given
}: Given) {
  return { client: { servers, name, timeout, latency, heartbeat, clientId, blip: blips }, given };
}

/** The client of an engine that is there; when it cannot be had, the engine is ended or left. */
async function openServer(
  engine: Engine,
  { servers, name, blip: blips = false, ...client }: ClientOptions,
  settings: Pick<ServerSettings, 'options' | 'openEngine' | 'owned'>,
): Promise<Server> {
  const { owned = true } = settings;
  let server: Server | undefined;
  try {
    server = await Server.open(engine, {
      ...client,
      ...settings,
      writeFile: writeTemporaryFile,
      soundFiles: soundFilesFor(owned),
      // A server of ours has our folder; that of another is not told.
      fullPath: owned ? (path) => resolve(path) : undefined,
    });
    if (blips) await blip(server);
    servers?.add(server, name);
    return server;
  } catch (error) {
    // A server of somebody else's would keep our login.
    if (server) await server[Symbol.asyncDispose]();
    else await (owned ? engine.quit() : engine.transport.close());
    throw error;
  }
}

async function writeTemporaryFile(name: string, bytes: Uint8Array) {
  const path = join(tmpdir(), `react-collider-${randomUUID()}-${name}`);
  await writeTemporary(path, bytes);
  return { path, remove: () => rm(path, { force: true }) };
}
