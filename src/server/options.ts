/**
 * What a server is started with: one option for each flag of scsynth and supernova.
 *
 * Every value that limits or partitions something of ours is put on the command line, also where it is
 * the server's own default: newer servers have other defaults, and the allocators must agree with them.
 *
 * @see https://doc.sccode.org/Classes/ServerOptions.html
 */

import { produce } from 'immer';
import { nearest, SuperColliderError } from '../errors.js';

export interface ServerOptions {
  /** Port to listen on; 0 = a free one. @default 0 */
  readonly port: number; // -u, -t
  /** @default 'udp' */
  readonly protocol: 'udp' | 'tcp';
  /** Address to listen on: '0.0.0.0' lets other machines in. @default '127.0.0.1' */
  readonly bindAddress: string; // -B
  /** @default 16384 */
  readonly controlBusChannels: number; // -c
  /** Inputs, outputs and private channels together. @default 1024 */
  readonly audioBusChannels: number; // -a
  /** @default 2 */
  readonly inputChannels: number; // -i
  /** @default 2 */
  readonly outputChannels: number; // -o
  /** Samples in a control period, a power of two. @default 64 */
  readonly blockSize: number; // -z
  /** Samples in the sound device's buffer; 0 = what the driver has. @default 0 */
  readonly hardwareBufferSize: number; // -Z
  /** Hertz; 0 = what the driver has. JACK decides by itself. @default 0 */
  readonly sampleRate: number; // -S
  /** Number of sample buffers, a power of two. @default 1024 */
  readonly buffers: number; // -b
  /** Most nodes at a time, a power of two. @default 8192 */
  readonly maxNodes: number; // -n
  /** Most synthdefs at a time, a power of two. @default 1024 */
  readonly maxSynthDefs: number; // -d
  /** Real-time memory in kilobytes, for synths and the delay lines in them. @default 65536 */
  readonly memorySize: number; // -m
  /** Buffers that connect unit generators: how complex a synthdef may be. @default 256 */
  readonly wireBuffers: number; // -w
  /** Seedable random number generators. @default 64 */
  readonly randomGenerators: number; // -r
  /** Load the synthdefs of the user's folder at the start. @default false */
  readonly loadSynthDefs: boolean; // -D
  /** Announce the server by zeroconf. @default false */
  readonly zeroconf: boolean; // -R
  /** Most clients at a time, a power of two up to 32. @default 8 */
  readonly maxLogins: number; // -l
  /** Session password for TCP; scsynth sleeps a second over it. @default none */
  readonly password: string | undefined; // -p
  /** Keep the server's memory from being swapped out. @default false */
  readonly memoryLocking: boolean; // -L
  /** Sound device, or input and output device. On JACK, the client's name. @default the system's */
  readonly device: string | readonly [input: string, output: string] | undefined; // -H
  /** 0, -1 without news, -2 without most errors. @default 0 */
  readonly verbosity: number; // -V
  /** Plugin folders instead of the standard ones. @default the standard ones */
  readonly pluginPaths: readonly string[] | undefined; // -U
  /** The only folder that file commands may touch. @default no restriction */
  readonly restrictedPath: string | undefined; // -P
  /** Audio threads; supernova only. @default one for each core */
  readonly threads: number | undefined; // -T
  /** Further words for the command line, as they are. @default none */
  readonly extra: readonly string[];
}

export const defaultServerOptions: ServerOptions = Object.freeze({
  port: 0,
  protocol: 'udp',
  bindAddress: '127.0.0.1',
  controlBusChannels: 16_384,
  audioBusChannels: 1024,
  inputChannels: 2,
  outputChannels: 2,
  blockSize: 64,
  hardwareBufferSize: 0,
  sampleRate: 0,
  buffers: 1024,
  maxNodes: 8192,
  maxSynthDefs: 1024,
  memorySize: 65_536,
  wireBuffers: 256,
  randomGenerators: 64,
  loadSynthDefs: false,
  zeroconf: false,
  maxLogins: 8,
  password: undefined,
  memoryLocking: false,
  device: undefined,
  verbosity: 0,
  pluginPaths: undefined,
  restrictedPath: undefined,
  threads: undefined,
  extra: [],
});

interface Range {
  readonly min: number;
  readonly max: number;
  /** scsynth rounds it up to a power of two, and the clients would disagree about the partition. */
  readonly powerOfTwo?: boolean;
}

const RANGES: Readonly<Partial<Record<keyof ServerOptions, Range>>> = {
  port: { min: 0, max: 65_535 },
  controlBusChannels: { min: 1, max: 2 ** 24 },
  audioBusChannels: { min: 1, max: 2 ** 20 },
  inputChannels: { min: 0, max: 1024 },
  outputChannels: { min: 0, max: 1024 },
  blockSize: { min: 1, max: 8192, powerOfTwo: true },
  hardwareBufferSize: { min: 0, max: 65_536 },
  sampleRate: { min: 0, max: 768_000 },
  buffers: { min: 1, max: 2 ** 20, powerOfTwo: true },
  maxNodes: { min: 2, max: 2 ** 20, powerOfTwo: true },
  maxSynthDefs: { min: 1, max: 2 ** 20, powerOfTwo: true },
  memorySize: { min: 1024, max: 2 ** 24 },
  wireBuffers: { min: 1, max: 2 ** 16 },
  randomGenerators: { min: 1, max: 2 ** 16 },
  maxLogins: { min: 1, max: 32, powerOfTwo: true },
  verbosity: { min: -2, max: 4 },
  threads: { min: 1, max: 512 },
};

/**
 * Options with some of them changed; the given object stays as it is.
 *
 * @throws SuperColliderError `bad-option` naming the option, its value and its limits.
 */
export function serverOptions(
  changes: Partial<ServerOptions> = {},
  base: ServerOptions = defaultServerOptions,
): ServerOptions {
  for (const name of Object.keys(changes)) {
    if (name in defaultServerOptions) continue;
    const near = nearest(name, Object.keys(defaultServerOptions));
    throw new SuperColliderError(
      'bad-option',
      `There is no server option "${name}".${near ? ` Did you mean "${near}"?` : ''}`,
    );
  }
  const options = produce(base, (draft) => {
    for (const [name, value] of Object.entries(changes)) {
      if (value !== undefined) (draft as Record<string, unknown>)[name] = value;
    }
  });
  validate(options);
  return options;
}

function validate(options: ServerOptions): void {
  for (const [name, range] of Object.entries(RANGES) as [keyof ServerOptions, Range][]) {
    const value = options[name];
    if (value === undefined) continue;
    if (!(Number.isInteger(value) && Number(value) >= range.min && Number(value) <= range.max)) {
      throw badOption(name, value, `a whole number from ${range.min} to ${range.max}`);
    }
    if (range.powerOfTwo && !Number.isInteger(Math.log2(Number(value)))) {
      const next = 2 ** Math.ceil(Math.log2(Number(value)));
      throw badOption(name, value, `a power of two (the server would round it up to ${next})`);
    }
  }
  if (options.protocol !== 'udp' && options.protocol !== 'tcp')
    throw badOption('protocol', options.protocol, '"udp" or "tcp"');
  const hardware = options.inputChannels + options.outputChannels;
  if (hardware > options.audioBusChannels) {
    throw badOption(
      'audioBusChannels',
      options.audioBusChannels,
      `at least inputChannels (${options.inputChannels}) + outputChannels (${options.outputChannels}) = ${hardware}`,
    );
  }
}

const badOption = (name: string, value: unknown, wanted: string): SuperColliderError =>
  new SuperColliderError('bad-option', `Server option ${name} is ${JSON.stringify(value)}. It is ${wanted}.`);

/** The first audio bus that is neither an output nor an input. */
export const firstPrivateBus = (options: ServerOptions): number =>
  options.outputChannels + options.inputChannels;

/** The words of the command line, without the program's own name. */
export function serverArguments(options: ServerOptions, program: 'scsynth' | 'supernova'): string[] {
  const words: string[] = [];
  const add = (flag: string, ...values: (string | number)[]) => words.push(flag, ...values.map(String));
  add(options.protocol === 'udp' ? '-u' : '-t', options.port);
  add('-B', options.bindAddress);
  add('-c', options.controlBusChannels);
  add('-a', options.audioBusChannels);
  add('-i', options.inputChannels);
  add('-o', options.outputChannels);
  add('-b', options.buffers);
  add('-n', options.maxNodes);
  add('-d', options.maxSynthDefs);
  add('-l', options.maxLogins);
  add('-m', options.memorySize);
  add('-w', options.wireBuffers);
  add('-D', options.loadSynthDefs ? 1 : 0);
  add('-R', options.zeroconf ? 1 : 0);
  if (options.blockSize !== 64) add('-z', options.blockSize);
  if (options.hardwareBufferSize !== 0) add('-Z', options.hardwareBufferSize);
  if (options.sampleRate !== 0) add('-S', options.sampleRate);
  if (options.randomGenerators !== 64) add('-r', options.randomGenerators);
  if (options.password !== undefined) add('-p', options.password);
  if (options.memoryLocking) add('-L');
  if (options.device !== undefined) add('-H', ...[options.device].flat());
  if (options.verbosity !== 0) add('-V', options.verbosity);
  if (options.pluginPaths) add('-U', options.pluginPaths.join(process.platform === 'win32' ? ';' : ':'));
  if (options.restrictedPath !== undefined) add('-P', options.restrictedPath);
  if (options.threads !== undefined && program === 'supernova') add('-T', options.threads);
  words.push(...options.extra);
  return words;
}
