/**
 * Limits of each server option, checked before a server starts.
 *
 * scsynth itself exits, rounds, or takes the default for an invalid value. It prints that at most on its
 * output.
 */

import { SuperColliderError } from '../errors.js';
import type { ServerOptions } from './options.js';

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
  // Five bits of a node id say which client made it.
  maxLogins: { min: 1, max: 32 },
  verbosity: { min: -2, max: 4 },
  threads: { min: 1, max: 512 },
  reservedAudioBuses: { min: 0, max: 2 ** 20 },
  reservedControlBuses: { min: 0, max: 2 ** 24 },
  reservedBuffers: { min: 0, max: 2 ** 20 },
  firstNodeId: { min: 2, max: 2 ** 25 },
  recordChannels: { min: 1, max: 1024 },
  recordBufferFrames: { min: 1024, max: 2 ** 24, powerOfTwo: true },
};

const FLAGS = ['loadSynthDefs', 'zeroconf', 'memoryLocking', 'useSystemClock'] as const;

const TEXTS = [
  'bindAddress',
  'password',
  'restrictedPath',
  'inputStreams',
  'outputStreams',
  'recordHeader',
  'recordFormat',
] as const;

/** scsynth takes a password of up to 32 bytes. */
const MAX_PASSWORD_BYTES = 32;

/** @throws SuperColliderError `bad-option` naming the option, its value and its limits. */
export function checkOptions(options: ServerOptions): void {
  for (const [name, range] of Object.entries(RANGES) as [keyof ServerOptions, Range][]) {
    if (options[name] !== undefined) checkNumber(name, options[name], range);
  }
  for (const name of FLAGS) {
    if (typeof options[name] !== 'boolean') throw badOption(name, options[name], 'true or false');
  }
  for (const name of TEXTS) {
    const text: unknown = options[name];
    if (text !== undefined && (typeof text !== 'string' || text === ''))
      throw badOption(name, text, 'a string with something in it');
  }
  checkKinds(options);
  checkSums(options);
}

function checkNumber(name: string, value: unknown, { min, max, powerOfTwo }: Range): void {
  if (!(Number.isInteger(value) && Number(value) >= min && Number(value) <= max)) {
    throw badOption(name, value, `a whole number from ${min} to ${max}`);
  }
  if (powerOfTwo && value !== 0 && !Number.isInteger(Math.log2(Number(value)))) {
    const next = 2 ** Math.ceil(Math.log2(Number(value)));
    throw badOption(name, value, `a power of two (the server would round it up to ${next})`);
  }
}

function checkKinds(options: ServerOptions): void {
  const { protocol, device, pluginPaths, extra, safetyClip, password } = options;
  if (protocol !== 'udp' && protocol !== 'tcp') throw badOption('protocol', protocol, '"udp" or "tcp"');
  if (device !== undefined && !(isText(device) || (areTexts(device) && device.length === 2)))
    throw badOption('device', device, 'a name, or two: [input, output]');
  if (pluginPaths !== undefined && !areTexts(pluginPaths))
    throw badOption('pluginPaths', pluginPaths, 'an array of folders');
  if (!areTexts(extra)) throw badOption('extra', extra, 'an array of words for the command line');
  if (safetyClip !== undefined && !(typeof safetyClip === 'number' && !Number.isNaN(safetyClip)))
    throw badOption('safetyClip', safetyClip, 'a level, 0 or Infinity for none');
  if (password !== undefined && new TextEncoder().encode(password).length > MAX_PASSWORD_BYTES)
    throw badOption('password', '(hidden)', `at most ${MAX_PASSWORD_BYTES} bytes`);
  if (password !== undefined && protocol === 'udp')
    throw badOption('password', '(hidden)', 'only for protocol "tcp": a server never asks for it by UDP');
}

function checkSums(options: ServerOptions): void {
  const { audioBusChannels, inputChannels, outputChannels } = options;
  const hardware = inputChannels + outputChannels;
  if (hardware > audioBusChannels) {
    throw badOption(
      'audioBusChannels',
      audioBusChannels,
      `at least inputChannels (${inputChannels}) + outputChannels (${outputChannels}) = ${hardware}`,
    );
  }
  const reserved: readonly [keyof ServerOptions, number][] = [
    ['reservedAudioBuses', audioBusChannels - hardware],
    ['reservedControlBuses', options.controlBusChannels],
    ['reservedBuffers', options.buffers],
  ];
  for (const [name, available] of reserved) {
    if (Number(options[name]) > available)
      throw badOption(name, options[name], `at most the ${available} that there are`);
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const areTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((word) => isText(word));

const badOption = (name: string, value: unknown, wanted: string): SuperColliderError =>
  new SuperColliderError('bad-option', `Server option ${name} is ${show(value)}. It is ${wanted}.`);

const show = (value: unknown): string =>
  typeof value === 'number' || value === undefined ? String(value) : JSON.stringify(value);
