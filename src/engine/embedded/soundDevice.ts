/**
 * Sound out of Node without a native module: samples to the standard input of a player that the
 * system has. Its standard input closes with our process, so no player is left behind.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import type { Hertz } from '../../units.js';

export interface SoundFormat {
  readonly sampleRate: Hertz;
  readonly channels: number;
}

export interface Player {
  readonly command: string;
  arguments(format: SoundFormat, device: string | undefined): string[];
  /** Plays to the system's device where there is none of the name, and says nothing. */
  readonly fallsBack?: boolean;
}

/** Those that know the desktop's own mixer first. */
const PLAYERS: readonly Player[] = [
  {
    command: 'pw-cat',
    // PipeWire links a stream to the default sink unless it has node.dont-fallback.
    fallsBack: true,
    arguments: ({ sampleRate, channels }, device) => [
      ...['--playback', '--raw', '--format', 'f32', '--rate', `${sampleRate}`],
      ...['--channels', `${channels}`, '--latency', '20ms'],
      ...(device === undefined ? [] : ['--target', device]),
      '-',
    ],
  },
  {
    command: 'pacat',
    arguments: ({ sampleRate, channels }, device) => [
      ...['--playback', '--raw', '--format=float32le', `--rate=${sampleRate}`, `--channels=${channels}`],
      ...['--latency-msec=30', ...(device === undefined ? [] : [`--device=${device}`])],
    ],
  },
  {
    command: 'aplay',
    arguments: ({ sampleRate, channels }, device) => [
      ...['-q', '-t', 'raw', '-f', 'FLOAT_LE', '-r', `${sampleRate}`, '-c', `${channels}`],
      ...['--buffer-time=60000', ...(device === undefined ? [] : ['-D', device]), '-'],
    ],
  },
  {
    command: 'play',
    arguments: ({ sampleRate, channels }) => [
      ...['-q', '--buffer', '2048', '-t', 'raw', '-e', 'floating-point', '-b', '32'],
      ...['-r', `${sampleRate}`, '-c', `${channels}`, '-'],
    ],
  },
];

/** A player that lives this long has opened its device, in milliseconds. */
const PROVES_ITSELF_AFTER = 250;
/** The same for a device by name, which may be wrong: a busy machine starts a player late, and so finds out late. */
const PROVES_NAME_AFTER = 1500;

export class SoundDevice {
  /** The player's name. */
  readonly name: string;
  readonly #child: ChildProcess;
  #onEnd: (why: string) => void = () => undefined;

  private constructor(name: string, child: ChildProcess) {
    this.name = name;
    this.#child = child;
    child.once('exit', () => this.#onEnd(`${name} has ended`));
  }

  /**
   * The first player that is there and opens its device, or `undefined` with the reason of each.
   *
   * @param device - The device's name, as the player calls it; the system's own when undefined.
   */
  static async open(
    format: SoundFormat,
    device: string | undefined,
    players: readonly Player[] = PLAYERS,
  ): Promise<{ device?: SoundDevice; reasons: readonly string[] }> {
    const reasons: string[] = [];
    // Some players fall back to another device when they get a device by name; those come last.
    const inOrder =
      device === undefined
        ? players
        : players.toSorted((a, b) => Number(a.fallsBack ?? false) - Number(b.fallsBack ?? false));
    for (const player of inOrder) {
      const result = await start(player, format, device);
      if (typeof result !== 'string') return { device: new SoundDevice(player.command, result), reasons };
      reasons.push(`${player.command}: ${result}`);
    }
    return { reasons };
  }

  /** Seconds of sound that the player has not taken yet, beside what the system's pipe holds. */
  waiting({ sampleRate, channels }: SoundFormat): number {
    return (this.#child.stdin?.writableLength ?? 0) / (4 * channels * sampleRate);
  }

  /** Plays interleaved frames after those before. */
  write(interleaved: Float32Array): void {
    const bytes = new Uint8Array(interleaved.buffer, interleaved.byteOffset, interleaved.byteLength);
    if (this.#child.stdin?.writable) this.#child.stdin.write(bytes.slice());
  }

  /** Called when the player ends by itself: the device was unplugged, or the sound server ended. */
  onEnd(listener: (why: string) => void): void {
    this.#onEnd = listener;
  }

  close(): void {
    this.#onEnd = () => undefined;
    this.#child.stdin?.destroy();
    this.#child.kill();
  }
}

/** A running player, or why there is none. */
function start(
  player: Player,
  format: SoundFormat,
  device: string | undefined,
): Promise<ChildProcess | string> {
  return new Promise((resolve) => {
    const child = spawn(player.command, player.arguments(format, device), {
      stdio: ['pipe', 'ignore', 'pipe'],
      // sox's play takes its device from here.
      env: device === undefined ? process.env : { ...process.env, AUDIODEV: device },
    });
    let words = '';
    const lastWords = (): string => words.trim().split('\n').at(-1) || 'ended at once';
    const proven = setTimeout(
      () => resolve(child.exitCode === null && child.signalCode === null ? child : lastWords()),
      device === undefined ? PROVES_ITSELF_AFTER : PROVES_NAME_AFTER,
    );
    const fail = (why: string): void => {
      clearTimeout(proven);
      resolve(why);
    };
    child.stderr.on('data', (data: Buffer) => {
      words = `${words}${data}`.slice(-2000);
    });
    child.stdin.on('error', () => undefined); // a player that ends closes the pipe; `exit` says so
    child.once('error', (error: NodeJS.ErrnoException) => {
      fail(error.code === 'ENOENT' ? 'not installed' : error.message);
    });
    // Not `exit`, after which there may be more to read of what it said.
    child.once('close', () => fail(lastWords()));
    // Some open the device only when there is something to play: a fiftieth of a second of silence.
    child.stdin.write(new Uint8Array(Math.ceil(format.sampleRate / 50) * format.channels * 4));
  });
}
