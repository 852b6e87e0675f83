/** `react-collider bridge`: lets pages play on a native server of this machine until its user ends it. */

import { type Bridge, type BridgeEvent, describeBridgeEvent, openBridge } from 'react-collider/bridge';
import { boot, connect, freePort } from 'react-collider/node';
import type { Server } from 'react-collider/server';
import { exitCodes } from '../exitCodes.js';
import { CliError, describeFailure, exitCodeOf } from '../failure.js';
import { Shutdown } from '../shutdown.js';

export interface BridgeCommandOptions {
  readonly httpPort: number;
  readonly engine: 'scsynth' | 'supernova';
  readonly connect?: number;
  readonly port?: number;
  readonly maxClients: number;
  readonly origin?: readonly string[];
  readonly token?: string;
  readonly files?: string;
  readonly allowQuit?: boolean;
  readonly json?: boolean;
  readonly scsynth?: string;
  readonly supernova?: string;
  readonly device?: string;
}

/** Each page takes a login, the bridge one, and a server rounds their number up to a power of two. */
const loginsFor = (pages: number): number => 2 ** Math.ceil(Math.log2(pages + 1));

/** Numbers that each page may have on the server. */
const PER_LOGIN = { buffers: 256, numControlBusChannels: 4096, numAudioBusChannels: 256 } as const;
const RECONNECT_EVERY = 1;

/** Gives the exit code. */
export async function bridge(options: BridgeCommandOptions): Promise<number> {
  const output = options.json ? jsonOutput() : textOutput();
  const end = new Shutdown();
  let server: Server | undefined;
  let opened: Bridge | undefined;
  try {
    server = await openServer(options, end);
    opened = await openBridge(server, {
      port: options.httpPort,
      token: options.token,
      origins: options.origin,
      files: options.files,
      allowQuit: options.allowQuit,
      onEvent: output.event,
      onQuit: () => end.finish(),
    });
    output.ready(server, opened, options);
    await end.reached;
    return end.exitCode;
  } catch (error) {
    output.failed(error);
    return exitCodeOf(error);
  } finally {
    end.stopListening();
    await opened?.close();
    const isQuitting = server?.isOwner || (options.allowQuit && end.isFinished);
    await (isQuitting ? server?.quit({ force: true }) : server?.disconnect());
  }
}

async function openServer(options: BridgeCommandOptions, end: Shutdown): Promise<Server> {
  if (options.connect !== undefined)
    return connect({ port: options.connect, reconnectInterval: RECONNECT_EVERY });
  const maxLogins = loginsFor(options.maxClients);
  const hardware = 4;
  return boot({
    engine: options.engine,
    // It has to come back on the same port.
    port: options.port ?? (await freePort('udp', '127.0.0.1')),
    maxLogins,
    numBuffers: PER_LOGIN.buffers * maxLogins,
    numControlBusChannels: PER_LOGIN.numControlBusChannels * maxLogins,
    numAudioBusChannels: hardware + PER_LOGIN.numAudioBusChannels * maxLogins,
    restrictedPath: options.files,
    path: options.engine === 'supernova' ? options.supernova : options.scsynth,
    ...(options.device !== undefined && { device: options.device }),
    restart: true,
    onRestartFailed: (error) =>
      end.fail(new CliError(`${options.engine} cannot be booted again. ${error.message}`, exitCodes.engine)),
  });
}

interface Output {
  ready(server: Server, bridge: Bridge, options: BridgeCommandOptions): void;
  readonly event: (event: BridgeEvent) => void;
  failed(error: unknown): void;
}

function textOutput(): Output {
  const print = (text: string) => process.stdout.write(`${text}\n`);
  return {
    ready(server, { url }, { origin = [], files }) {
      print(server.engine.description);
      print(url);
      const from = ['this machine', ...origin].join(', ');
      const readable = files === undefined ? 'no files' : `files in ${files}`;
      print(`at most ${server.maxLogins - 1} pages from ${from} · ${readable} · Ctrl-C ends it`);
    },
    event: (event) => print(describeBridgeEvent(event)),
    failed: (error) => process.stderr.write(`${describeFailure(error, undefined)}\n`),
  };
}

function jsonOutput(): Output {
  const print = (event: object) => process.stdout.write(`${JSON.stringify(event)}\n`);
  return {
    ready: (server, { url, port }) =>
      print({ type: 'ready', url, port, engine: server.engine.description, pid: server.engine.pid ?? null }),
    event: print,
    failed: (error) =>
      print({
        type: 'error',
        code: (error as { code?: unknown }).code ?? null,
        message: error instanceof Error ? error.message : String(error),
        exitCode: exitCodeOf(error),
      }),
  };
}
