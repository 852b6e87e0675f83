/**
 * Options of a server: one for each flag of scsynth and supernova.
 *
 * The command line has every value that limits or partitions something of ours, even the server's own
 * default. Newer servers have other defaults, and the allocators must agree with them.
 *
 * @see https://doc.sccode.org/Classes/ServerOptions.html
 */

/**
 * Options that a server boots with. The comment behind an option is its flag.
 *
 * @see https://doc.sccode.org/Classes/ServerOptions.html
 */
export interface ServerOptions {
  /**
   * Port to listen on. 0 picks a free port before booting, because the server does not report the port it
   * chose. @default 0
   */
  readonly port: number; // -u, -t
  /** @default 'udp' */
  readonly protocol: 'udp' | 'tcp';
  /** Address to listen on: '0.0.0.0' lets other machines in. @default '127.0.0.1' */
  readonly bindAddress: string; // -B
  /** Shared by `maxLogins` clients. @default 16384 */
  readonly numControlBusChannels: number; // -c
  /** Inputs, outputs and private channels together; the private ones are shared by `maxLogins` clients. @default 16384 */
  readonly numAudioBusChannels: number; // -a
  /** @default 2 */
  readonly numInputBusChannels: number; // -i
  /** @default 2 */
  readonly numOutputBusChannels: number; // -o
  /** Samples in a control period, a power of two. @default 64 */
  readonly blockSize: number; // -z
  /** Samples in the sound device's buffer. @default the driver's */
  readonly hardwareBufferSize: number | undefined; // -Z
  /** Sample rate in hertz. JACK decides by itself. @default the driver's */
  readonly sampleRate: number | undefined; // -S
  /** Number of sample buffers, a power of two; shared by `maxLogins` clients. @default 8192 */
  readonly numBuffers: number; // -b
  /** Most nodes at a time, a power of two. @default 8192 */
  readonly maxNodes: number; // -n
  /** Most synthdefs at a time, a power of two. @default 1024 */
  readonly maxSynthDefs: number; // -d
  /** Real-time memory in kilobytes, for synths and the delay lines in them. @default 65536 */
  readonly memSize: number; // -m
  /** Buffers that connect unit generators: how complex a synthdef may be. @default 256 */
  readonly numWireBufs: number; // -w
  /** Seedable random number generators. @default 64 */
  readonly numRGens: number; // -r
  /** Load the synthdefs of the user's folder at the start. @default false */
  readonly loadDefs: boolean; // -D
  /** Announce the server by zeroConf. @default false */
  readonly zeroConf: boolean; // -R
  /** Most clients at a time, up to 32. scsynth rounds it up to a power of two and says so. @default 8 */
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
  readonly ugenPluginsPath: readonly string[] | undefined; // -U
  /** The only folder that file commands may touch. @default no restriction */
  readonly restrictedPath: string | undefined; // -P
  /** Audio threads; supernova only. @default one for each core */
  readonly threads: number | undefined; // -T
  /**
   * Counts timetags on the system's clock, which scsynth always does. The sound device's clock is exact to
   * the sample, but drifts away from ours. supernova only.
   * @default true
   */
  readonly useSystemClock: boolean; // -C
  /** Input streams of the device that are used, such as `'01100'`; macOS only. @default all */
  readonly inputStreamsEnabled: string | undefined; // -I
  /** Output streams of the device that are used; macOS only. @default all */
  readonly outputStreamsEnabled: string | undefined; // -O
  /** Level at which the outputs are clipped; 0 and Infinity = never. macOS only. @default the server's 1.26 */
  readonly safetyClipThreshold: number | undefined; // -s
  /** Further words for the command line, as they are, such as Bela's flags. @default none */
  readonly extra: readonly string[];

  // What follows is ours alone and never on the command line.

  /** Private audio buses at the start of each client's part that are not handed out. @default 0 */
  readonly reservedNumAudioBusChannels: number;
  /** @default 0 */
  readonly reservedNumControlBusChannels: number;
  /** @default 0 */
  readonly reservedNumBuffers: number;
  /** The first id of a node that comes and goes; those below are for nodes that stay. @default 1000 */
  readonly initialNodeID: number;
  /** File format of recordings. @default 'wav' */
  readonly recHeaderFormat: string;
  /** Sample format of recordings. @default 'float' */
  readonly recSampleFormat: string;
  /** Channels of recordings. @default as many as there are outputs */
  readonly recChannels: number | undefined;
  /** Frames of a recording's buffer, a power of two. @default 65536 */
  readonly recBufSize: number;
}

/** The default of each option, frozen. */
export const defaultServerOptions: ServerOptions = Object.freeze({
  port: 0,
  protocol: 'udp',
  bindAddress: '127.0.0.1',
  numControlBusChannels: 16_384,
  numAudioBusChannels: 16_384,
  numInputBusChannels: 2,
  numOutputBusChannels: 2,
  blockSize: 64,
  hardwareBufferSize: undefined,
  sampleRate: undefined,
  numBuffers: 8192,
  maxNodes: 8192,
  maxSynthDefs: 1024,
  memSize: 65_536,
  numWireBufs: 256,
  numRGens: 64,
  loadDefs: false,
  zeroConf: false,
  maxLogins: 8,
  password: undefined,
  memoryLocking: false,
  device: undefined,
  verbosity: 0,
  ugenPluginsPath: undefined,
  restrictedPath: undefined,
  threads: undefined,
  useSystemClock: true,
  inputStreamsEnabled: undefined,
  outputStreamsEnabled: undefined,
  safetyClipThreshold: undefined,
  extra: Object.freeze([]),
  reservedNumAudioBusChannels: 0,
  reservedNumControlBusChannels: 0,
  reservedNumBuffers: 0,
  initialNodeID: 1000,
  recHeaderFormat: 'wav',
  recSampleFormat: 'float',
  recChannels: undefined,
  recBufSize: 65_536,
});

/** The first audio bus that is neither an output nor an input. */
export const firstPrivateBus = ({ numOutputBusChannels, numInputBusChannels }: ServerOptions): number =>
  numOutputBusChannels + numInputBusChannels;

/** Number of audio bus channels that are neither outputs nor inputs. */
export const privateBusChannels = (options: ServerOptions): number =>
  options.numAudioBusChannels - firstPrivateBus(options);
