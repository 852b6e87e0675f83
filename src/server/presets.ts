/**
 * Options and command lines of other clients of SuperCollider, for moving a piece over without a change of what
 * the server is.
 */

import { flagWords, optionFlags, type ServerProgram } from './arguments.js';
import { defaultServerOptions, type ServerOptions } from './options.js';
import { serverOptions } from './serverOptions.js';

/** Options and command line of another client. */
export interface Preset {
  /** The client's defaults. */
  readonly options: ServerOptions;
  /** The command line that this client makes of its defaults with some changed, word for word. */
  arguments(changes?: Partial<ServerOptions>, program?: ServerProgram): string[];
}

/** scsynth's own defaults (3.13), where the clients leave them. */
const scsynthDefaults = serverOptions({
  ...defaultServerOptions,
  port: 57_110,
  numAudioBusChannels: 1024,
  numBuffers: 1024,
  numInputBusChannels: 8,
  numOutputBusChannels: 8,
  maxNodes: 1024,
  memSize: 8192,
  numWireBufs: 64,
  loadDefs: true,
});

/** The flags whose options differ from scsynth's own, in an order. */
const changedFlags = (options: ServerOptions, order: readonly string[], program: ServerProgram) =>
  order
    .map((name) => optionFlags.find(({ flag }) => flag === name)!)
    .filter((flag) => flag.program === undefined || flag.program === program)
    .filter(
      ({ option, own }) => option === 'port' || (options[option] !== undefined && options[option] !== own),
    )
    .flatMap((flag) => flagWords(flag, options));

const SC3_ORDER = '-u -B -l -p -R -P -U -c -a -i -o -z -b -n -d -m -w -r -D -H -Z -S -V -L -T'.split(' ');
const SC3NB_ORDER = '-u -l -i -o -a -c -b -R'.split(' ');
const FLAGS_SORTED = optionFlags
  .filter(({ platform }) => platform === undefined)
  .map(({ flag }) => flag)
  .sort();

/** sc3 says what differs from scsynth, in the order of its class `Defaults`; supernova always gets threads and clock. */
const sc3: Preset = {
  options: serverOptions(
    {
      numInputBusChannels: 2,
      numOutputBusChannels: 2,
      maxLogins: 1,
      threads: 4,
      recHeaderFormat: 'aiff',
      recChannels: 2,
    },
    scsynthDefaults,
  ),
  arguments(changes = {}, program = 'scsynth') {
    const options = serverOptions(changes, sc3.options);
    const clock = program === 'supernova' ? ['-C', options.useSystemClock ? '1' : '0'] : [];
    return [...changedFlags(options, SC3_ORDER, program), ...clock, ...options.extra];
  },
};

/** sc3nb always says the same eight, and its `other_options` behind them. */
const sc3nb: Preset = {
  options: serverOptions(
    {
      numInputBusChannels: 2,
      numOutputBusChannels: 2,
      maxLogins: 6,
      numControlBusChannels: 4096,
      recSampleFormat: 'int16',
      recChannels: 2,
    },
    scsynthDefaults,
  ),
  arguments(changes = {}) {
    const options = serverOptions(changes, sc3nb.options);
    const words = SC3NB_ORDER.flatMap((name) =>
      flagWords(optionFlags.find(({ flag }) => flag === name)!, options),
    );
    return [...words, ...options.extra];
  },
};

/** supriya says what differs from scsynth, sorted by flag. */
const supriya: Preset = {
  options: serverOptions(
    { maxLogins: 1, recHeaderFormat: 'aiff', recSampleFormat: 'int24' },
    scsynthDefaults,
  ),
  arguments(changes = {}, program = 'scsynth') {
    const options = serverOptions(changes, supriya.options);
    return [...changedFlags(options, FLAGS_SORTED, program), ...options.extra];
  },
};

/** The defaults of sc3, sc3nb and supriya, and the command lines that they make of them. */
export const presets: Readonly<Record<'sc3' | 'sc3nb' | 'supriya', Preset>> = { sc3, sc3nb, supriya };
