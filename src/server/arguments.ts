/**
 * The command line that options are, for each program.
 *
 * @see https://doc.sccode.org/Reference/Server-Command-Reference.html and `scsynth -h`, `supernova -h`
 */

import type { ServerOptions } from './options.js';

/** A native server program; both take nearly the same flags. */
export type ServerProgram = 'scsynth' | 'supernova';

/** A flag of the servers, and the option that it sets. */
export interface OptionFlag {
  /** The option whose value follows the flag. */
  readonly option: keyof ServerOptions;
  /** The flag on the command line: `-u`. */
  readonly flag: string;
  /** The only program that has the flag. @default both */
  readonly program?: ServerProgram;
  /** The only system where it is. @default all */
  readonly platform?: 'darwin';
  /** scsynth's own default in 3.13; a flag with this value is left out. */
  readonly own?: unknown;
  /**
   * Writes the flag also for the default value. Partitions and limits of ours depend on these options, and
   * newer servers have other defaults.
   */
  readonly always?: boolean;
}

/** Every flag that an option stands for, in the order of the command line. */
export const optionFlags: readonly OptionFlag[] = [
  { option: 'port', flag: '-u', always: true },
  { option: 'bindAddress', flag: '-B', own: '127.0.0.1', always: true },
  { option: 'numControlBusChannels', flag: '-c', own: 16_384, always: true },
  { option: 'numAudioBusChannels', flag: '-a', own: 1024, always: true },
  { option: 'numInputBusChannels', flag: '-i', own: 8, always: true },
  { option: 'numOutputBusChannels', flag: '-o', own: 8, always: true },
  { option: 'numBuffers', flag: '-b', own: 1024, always: true },
  { option: 'maxNodes', flag: '-n', own: 1024, always: true },
  { option: 'maxSynthDefs', flag: '-d', own: 1024, always: true },
  { option: 'maxLogins', flag: '-l', own: 64, always: true },
  { option: 'memSize', flag: '-m', own: 8192, always: true },
  { option: 'numWireBufs', flag: '-w', own: 64, always: true },
  { option: 'loadDefs', flag: '-D', own: true, always: true },
  { option: 'zeroConf', flag: '-R', own: true, always: true },
  { option: 'blockSize', flag: '-z', own: 64 },
  { option: 'hardwareBufferSize', flag: '-Z' },
  { option: 'sampleRate', flag: '-S' },
  { option: 'numRGens', flag: '-r', own: 64 },
  { option: 'password', flag: '-p' },
  { option: 'memoryLocking', flag: '-L', own: false },
  { option: 'device', flag: '-H' },
  { option: 'verbosity', flag: '-V', own: 0 },
  { option: 'ugenPluginsPath', flag: '-U' },
  { option: 'restrictedPath', flag: '-P' },
  // scsynth exits with "Invalid option -T", and takes -C only to ignore it.
  { option: 'threads', flag: '-T', program: 'supernova' },
  { option: 'useSystemClock', flag: '-C', program: 'supernova', own: true },
  { option: 'inputStreamsEnabled', flag: '-I', platform: 'darwin', program: 'scsynth' },
  { option: 'outputStreamsEnabled', flag: '-O', platform: 'darwin', program: 'scsynth' },
  { option: 'safetyClipThreshold', flag: '-s', platform: 'darwin', program: 'scsynth' },
];

/**
 * The words of the command line, without the program's own name.
 *
 * @param platform - Which system it is for; macOS has flags that others refuse. @default this one
 */
export function serverArguments(
  options: ServerOptions,
  program: ServerProgram,
  platform: string = process.platform,
): string[] {
  const words = optionFlags
    .filter((flag) => isFor(flag, program, platform))
    .filter(({ option, own, always }) => always || (options[option] !== undefined && options[option] !== own))
    .flatMap((flag) => flagWords(flag, options, platform));
  return [...words, ...options.extra];
}

/** Files of an offline rendering, from a score to a sound file. */
export interface OfflineFiles {
  /** The score: bundles, each behind its size. */
  readonly score: string;
  /** A sound file for the inputs. @default silence */
  readonly input?: string | undefined;
  /** The sound file that the server writes. */
  readonly output: string;
  /** Hertz. @default the option `sampleRate`, or 44100 */
  readonly sampleRate?: number | undefined;
  /** @default 'aiff' */
  readonly headerFormat?: string | undefined;
  /** @default 'float' */
  readonly sampleFormat?: string | undefined;
}

/** Flags that mean nothing without a sound device and a network. */
const REAL_TIME_FLAGS = new Set(['-u', '-B', '-l', '-R', '-S', '-p', '-H', '-Z']);

/** The words of the command line that renders a score: `-N score input output rate header format` and the options. */
export function offlineArguments(
  options: ServerOptions,
  program: ServerProgram,
  { score, input = '_', output, sampleRate, headerFormat = 'aiff', sampleFormat = 'float' }: OfflineFiles,
): string[] {
  const rate = sampleRate ?? options.sampleRate ?? 44_100;
  const words = optionFlags
    .filter((flag) => isFor(flag, program, process.platform) && !REAL_TIME_FLAGS.has(flag.flag))
    .filter(({ option, own, always }) => always || (options[option] !== undefined && options[option] !== own))
    .flatMap((flag) => flagWords(flag, options, process.platform));
  return ['-N', score, input, output, String(rate), headerFormat, sampleFormat, ...words, ...options.extra];
}

const isFor = (flag: OptionFlag, program: ServerProgram, platform: string): boolean =>
  (flag.program === undefined || flag.program === program) &&
  (flag.platform === undefined || flag.platform === platform);

/** A flag with its values: `['-u', '57110']`, `['-L']`. */
export function flagWords(
  { option, flag }: OptionFlag,
  options: ServerOptions,
  platform: string = process.platform,
): string[] {
  const value = options[option];
  switch (option) {
    case 'port':
      return [options.protocol === 'tcp' ? '-t' : '-u', String(value)];
    case 'memoryLocking':
      return value ? [flag] : [];
    case 'ugenPluginsPath':
      return [flag, (value as readonly string[]).join(platform === 'win32' ? ';' : ':')];
    default:
      if (typeof value === 'boolean') return [flag, value ? '1' : '0'];
      return [flag, ...[value].flat().map(show)];
  }
}

const show = (value: unknown): string => (value === Number.POSITIVE_INFINITY ? 'inf' : String(value));
