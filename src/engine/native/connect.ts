/**
 * A server that somebody else started, reached over the network.
 */

import { SuperColliderError } from '../../errors.js';
import { hostAndPort } from '../../transport/networkError.js';
import { connectTcp } from '../../transport/tcp.js';
import type { Transport } from '../../transport/transport.js';
import { connectUdp } from '../../transport/udp.js';
import type { Seconds } from '../../units.js';
import type { Engine, EngineAbilities, ExitReason } from '../engine.js';
import { ask } from './ask.js';
import { abilitiesOf, passwordPacket } from './boot.js';
import type { NativeProgram } from './find.js';

export interface NativeConnectOptions {
  /** @default '127.0.0.1' */
  readonly host?: string | undefined;
  /** @default 57110 */
  readonly port?: number | undefined;
  /** @default 'udp' */
  readonly protocol?: 'udp' | 'tcp' | undefined;
  /** By TCP, where it asks for one; scsynth sleeps a second over it. @default none */
  readonly password?: string | undefined;
  /** Outputs that it is thought to have; it cannot be asked. @default 2 */
  readonly numOutputBusChannels?: number | undefined;
  /** Seconds until it must answer. @default 5 */
  readonly timeout?: Seconds | undefined;
}

/**
 * Takes a server that runs. Sends `/version` and `/status`.
 *
 * @throws SuperColliderError `timeout` when nothing answers there.
 */
export async function connectNative({
  host = '127.0.0.1',
  port = 57_110,
  protocol = 'udp',
  password,
  numOutputBusChannels = 2,
  timeout = 5,
}: NativeConnectOptions = {}): Promise<Engine> {
  const transport =
    protocol === 'udp' ? await connectUdp({ host, port }) : await connectTcp({ host, port, timeout });
  const never = new Promise<never>(() => {});
  try {
    if (password !== undefined) transport.send(passwordPacket(password));
    const version = await ask(transport, ['/version'], '/version.reply', timeout, never);
    const status = await ask(transport, ['/status'], '/status.reply', timeout, never);
    const [program, major, minor, patch] = version.args;
    const kind: NativeProgram = program === 'supernova' ? 'supernova' : 'scsynth';
    const sampleRate = Number(status.args[7]);
    return new RemoteEngine(
      kind,
      `${kind} ${major}.${minor}${patch} · ${sampleRate} Hz · ${transport.description}`,
      transport,
      abilitiesOf(kind, protocol),
      sampleRate,
      numOutputBusChannels,
    );
  } catch (cause) {
    await transport.close();
    if (!(cause instanceof SuperColliderError && cause.code === 'timeout')) throw cause;
    throw new SuperColliderError(
      'timeout',
      `No server answered at ${protocol} ${hostAndPort(host, port)} within ${timeout} s. Is one running there, and does it let other machines in (scsynth -B 0.0.0.0)?`,
      { cause },
    );
  }
}

class RemoteEngine implements Engine {
  readonly pid = undefined;
  readonly exited: Promise<ExitReason>;
  #gone!: (reason: ExitReason) => void;

  constructor(
    readonly kind: NativeProgram,
    readonly description: string,
    readonly transport: Transport,
    readonly abilities: EngineAbilities,
    readonly sampleRate: number,
    readonly numOutputBusChannels: number,
  ) {
    this.exited = new Promise((resolve) => {
      this.#gone = resolve;
    });
  }

  /** Does nothing: only the program that started a server reads its output. */
  onOutput(): () => void {
    return () => {};
  }

  /** Closes the connection; only `/quit` ends the server. */
  async quit(): Promise<ExitReason> {
    this.#gone({ code: undefined, signal: undefined, lastOutput: [], wasRequested: true });
    await this.transport.close();
    return this.exited;
  }
}
