/**
 * Starts scsynth or supernova as a process of ours, or takes one that runs.
 */

import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SuperColliderError } from '../../errors.js';
import { encodePacket } from '../../osc/encode.js';
import { serverArguments } from '../../server/arguments.js';
import type { ServerOptions } from '../../server/options.js';
import { setResponsiveTimeout } from '../../server/responsiveTimeout.js';
import { serverOptions } from '../../server/serverOptions.js';
import { connectTcp } from '../../transport/tcp.js';
import type { Transport } from '../../transport/transport.js';
import { connectUdp, UDP_MAX_PACKET } from '../../transport/udp.js';
import type { Seconds } from '../../units.js';
import type { Engine, EngineAbilities, ExitReason } from '../engine.js';
import { ask } from './ask.js';
import { findServer, type NativeProgram } from './find.js';
import { checkPort, freePort } from './ports.js';
import { ServerProcess } from './serverProcess.js';

export interface NativeBootOptions {
  readonly options?: Partial<ServerOptions> | undefined;
  /** The executable. @default looked for, see `findServer` */
  readonly path?: string | undefined;
  /** Environment of the process. @default ours, with JACK_NO_START_SERVER=1 */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Seconds until it must answer. @default 10 */
  readonly timeout?: Seconds | undefined;
}

/** Starts of a server that JACK refuses. */
const MAX_ATTEMPTS = 3;
const JACK_REST_MS = 500;

const READY_LINE = { scsynth: 'SuperCollider 3 server ready', supernova: 'Supernova ready' } as const;

/**
 * Starts a server and waits until it answers.
 *
 * @throws SuperColliderError `not-found`, `port-in-use`, `invalid-option`, or `boot-failed` with the
 *   server's last words.
 */
export async function bootNative(program: NativeProgram, boot: NativeBootOptions = {}): Promise<Engine> {
  const path = findServer(program, { path: boot.path });
  const given = serverOptions(boot.options);
  checkAddress(program, given);
  if (program === 'supernova' && given.password !== undefined) {
    throw new SuperColliderError(
      'invalid-option',
      'Server option password is for scsynth: supernova 3.13 asks for it four times over and ends at the first mistake. Leave it out, or take scsynth.',
    );
  }
  const host = { '0.0.0.0': '127.0.0.1', '::': '::1' }[given.bindAddress] ?? given.bindAddress;
  if (given.port === 0) {
    const port = await freePort(given.protocol, host);
    return start(program, path, serverOptions({ port }, given), host, boot);
  }
  await checkPort(given.protocol, host, given.port);
  return start(program, path, given, host, boot);
}

async function start(
  program: NativeProgram,
  path: string,
  options: ServerOptions,
  host: string,
  boot: NativeBootOptions,
  attempt = 1,
): Promise<Engine> {
  const { env, timeout = 10 } = boot;
  const args = serverArguments(options, program);
  const shared =
    process.platform === 'linux' ? [join('/dev/shm', `SuperColliderServer_${options.port}`)] : [];
  const child = new ServerProcess(path, args, { JACK_NO_START_SERVER: '1', ...(env ?? process.env) }, shared);
  const abilities = abilitiesOf(program, options.protocol);
  try {
    const ready = readyLine(child, program, options.verbosity, timeout);
    await ready;
    const transport =
      options.protocol === 'udp'
        ? await connectUdp({ host, port: options.port, maxPacketSize: abilities.maxPacketSize })
        : await connectTcp({ host, port: options.port, timeout });
    try {
      if (options.password !== undefined) transport.send(passwordPacket(options.password));
      return await NativeEngine.open(program, child, transport, options, abilities, timeout);
    } catch (error) {
      await transport.close();
      throw error;
    }
  } catch (error) {
    await child.kill();
    if (attempt < MAX_ATTEMPTS && isRefusedByJack(child)) {
      await delay(JACK_REST_MS);
      return start(program, path, options, host, boot, attempt + 1);
    }
    if (error instanceof SuperColliderError && error.code === 'boot-failed') throw error;
    throw bootFailed(program, child, `did not become ready within ${timeout} s`, error);
  }
}

/**
 * True when a JACK server was there and refused the client. JACK does so while a client of before is still on its way
 * out, as after a reboot on a busy machine.
 */
const isRefusedByJack = ({ lastOutput }: ServerProcess): boolean =>
  lastOutput.some((line) => /^Cannot open \w+ client/.test(line)) &&
  !lastOutput.some((line) => /server is not running|Cannot connect to server socket/.test(line));

/** The ready line; without one, as verbosity below 0 keeps it back, nothing is waited for. */
async function readyLine(
  child: ServerProcess,
  program: NativeProgram,
  verbosity: number,
  timeout: Seconds,
): Promise<void> {
  if (verbosity < 0) return;
  let end: (() => void) | undefined;
  let stopWaiting: (() => void) | undefined;
  try {
    await Promise.race([
      new Promise<void>((resolve) => {
        end = child.onOutput((line) => {
          if (line.includes(READY_LINE[program])) resolve();
        });
      }),
      child.exited.then((reason) => {
        throw bootFailed(program, child, `ended while starting (${describeExit(reason)})`);
      }),
      new Promise<never>((_, reject) => {
        stopWaiting = setResponsiveTimeout(timeout, () =>
          reject(bootFailed(program, child, `did not become ready within ${timeout} s`)),
        );
      }),
    ]);
  } finally {
    end?.();
    stopWaiting?.();
  }
}

/** @throws SuperColliderError `invalid-option` for IPv6 by UDP, which scsynth 3.13 does not bind ("Address family not supported"). */
function checkAddress(program: NativeProgram, { bindAddress, protocol }: ServerOptions): void {
  if (program !== 'scsynth' || protocol === 'tcp' || !bindAddress?.includes(':')) return;
  throw new SuperColliderError(
    'invalid-option',
    `Server option bindAddress is "${bindAddress}". By UDP scsynth listens on IPv4 only: take protocol: 'tcp', ` +
      "supernova, or an address such as '127.0.0.1'.",
  );
}

function bootFailed(
  program: NativeProgram,
  child: ServerProcess,
  what: string,
  cause?: unknown,
): SuperColliderError {
  const words = child.lastOutput.slice(-6);
  const said = words.length > 0 ? `Its last words: "${words.join(' / ')}".` : 'It printed nothing.';
  const noAudio = child.lastOutput.some((line) =>
    /could not (initialize audio|start audio backend)|cannot connect to .*jack|JackDriver: client failed/i.test(
      line,
    ),
  );
  const advice = noAudio
    ? " No sound device could be opened: start JACK (jackd, or PipeWire with pw-jack), or use the embedded engine (engine: 'embedded', --engine embedded)."
    : '';
  return new SuperColliderError(
    'boot-failed',
    `${program} ${what}. ${said}${advice} Started as: ${withoutPassword([child.command, ...child.args]).join(' ')}.`,
    { cause },
  );
}

/** Words of a command line for people and logs. */
const withoutPassword = (words: readonly string[]): readonly string[] =>
  words.map((word, index) => (words[index - 1] === '-p' ? '(hidden)' : word));

export const describeExit = ({ code, signal }: ExitReason): string =>
  signal ? `killed by ${signal}` : `exit code ${code ?? 'unknown'}`;

/** The first packet of a connection to a server with a password: text, and not OSC. */
export const passwordPacket = (password: string): Uint8Array => new TextEncoder().encode(`${password}\0`);

export function abilitiesOf(program: NativeProgram, protocol: 'udp' | 'tcp'): EngineAbilities {
  // supernova reads at most 32,768 bytes of a datagram and drops what is larger in silence.
  const datagram = program === 'supernova' ? 32_768 : UDP_MAX_PACKET;
  const maxPacketSize = protocol === 'udp' ? datagram : 2 ** 22;
  return {
    maxPacketSize,
    maxScheduledBundleSize: maxPacketSize,
    diskStreaming: true,
    failReplies: program === 'scsynth',
    parallelGroups: program === 'supernova',
    orderPreservesList: program === 'scsynth',
    queriesTrailingArrays: program === 'scsynth',
    // scsynth answers 13,096 values at most, supernova 210, and nothing at all to 250.
    maxBusesPerQuery: program === 'scsynth' ? 4096 : 128,
  };
}

class NativeEngine implements Engine {
  readonly exited: Promise<ExitReason>;
  #quitting: Promise<ExitReason> | undefined;

  private constructor(
    readonly kind: NativeProgram,
    readonly description: string,
    readonly transport: Transport,
    readonly abilities: EngineAbilities,
    readonly sampleRate: number,
    readonly numOutputBusChannels: number,
    readonly process: ServerProcess,
  ) {
    this.exited = process.exited;
  }

  static async open(
    kind: NativeProgram,
    child: ServerProcess,
    transport: Transport,
    options: ServerOptions,
    abilities: EngineAbilities,
    timeout: Seconds,
  ): Promise<NativeEngine> {
    const status = await ask(transport, ['/status'], '/status.reply', timeout, child.exited);
    const version = await ask(transport, ['/version'], '/version.reply', timeout, child.exited);
    const sampleRate = Number(status.args[7]);
    const [, major, minor, patch] = version.args;
    const description = `${kind} ${major}.${minor}${patch} · ${sampleRate} Hz · ${options.numOutputBusChannels} out · ${transport.description}`;
    return new NativeEngine(
      kind,
      description,
      transport,
      abilities,
      sampleRate,
      options.numOutputBusChannels,
      child,
    );
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  get command(): readonly string[] {
    return withoutPassword([this.process.command, ...this.process.args]);
  }

  onOutput(listener: (line: string) => void): () => void {
    return this.process.onOutput(listener);
  }

  quit(): Promise<ExitReason> {
    this.#quitting ??= this.process
      .end(() => {
        try {
          this.transport.send(encodePacket(['/quit']));
        } catch {
          // A connection that is closed already cannot carry it: the signals will.
        }
      })
      .then(async (reason) => {
        await this.transport.close();
        return reason;
      });
    return this.#quitting;
  }
}
