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
  numControlBusChannels: { min: 1, max: 2 ** 24 },
  numAudioBusChannels: { min: 1, max: 2 ** 20 },
  numInputBusChannels: { min: 0, max: 1024 },
  numOutputBusChannels: { min: 0, max: 1024 },
  blockSize: { min: 1, max: 8192, powerOfTwo: true },
  hardwareBufferSize: { min: 1, max: 65_536 },
  sampleRate: { min: 1, max: 768_000 },
  numBuffers: { min: 1, max: 2 ** 20, powerOfTwo: true },
  maxNodes: { min: 2, max: 2 ** 20, powerOfTwo: true },
  maxSynthDefs: { min: 1, max: 2 ** 20, powerOfTwo: true },
  memSize: { min: 1024, max: 2 ** 24 },
  numWireBufs: { min: 1, max: 2 ** 16 },
  numRGens: { min: 1, max: 2 ** 16 },
  // Five bits of a node id say which client made it.
  maxLogins: { min: 1, max: 32 },
  verbosity: { min: -2, max: 4 },
  threads: { min: 1, max: 512 },
  reservedNumAudioBusChannels: { min: 0, max: 2 ** 20 },
  reservedNumControlBusChannels: { min: 0, max: 2 ** 24 },
  reservedNumBuffers: { min: 0, max: 2 ** 20 },
  initialNodeID: { min: 2, max: 2 ** 25 },
  recChannels: { min: 1, max: 1024 },
  recBufSize: { min: 1024, max: 2 ** 24, powerOfTwo: true },
};

const FLAGS = ['loadDefs', 'zeroConf', 'memoryLocking', 'useSystemClock'] as const;

const TEXTS = [
  'bindAddress',
  'password',
  'restrictedPath',
  'inputStreamsEnabled',
  'outputStreamsEnabled',
  'recHeaderFormat',
  'recSampleFormat',
] as const;

/** scsynth takes a password of up to 32 bytes. */
const MAX_PASSWORD_BYTES = 32;

/** @throws SuperColliderError `invalid-option` naming the option, its value and its limits. */
export function checkOptions(options: ServerOptions): void {
  for (const [name, range] of Object.entries(RANGES) as [keyof ServerOptions, Range][]) {
    if (options[name] !== undefined) checkNumber(name, options[name], range);
  }
  for (const name of FLAGS) {
    if (typeof options[name] !== 'boolean') throw invalidOption(name, options[name], 'true or false');
  }
  for (const name of TEXTS) {
    const text: unknown = options[name];
    if (text !== undefined && (typeof text !== 'string' || text === ''))
      throw invalidOption(name, text, 'a string with something in it');
  }
  checkKinds(options);
  checkSums(options);
}

function checkNumber(name: string, value: unknown, { min, max, powerOfTwo }: Range): void {
  if (!(Number.isInteger(value) && Number(value) >= min && Number(value) <= max)) {
    throw invalidOption(name, value, `a whole number from ${min} to ${max}`);
  }
  if (powerOfTwo && value !== 0 && !Number.isInteger(Math.log2(Number(value)))) {
    const next = 2 ** Math.ceil(Math.log2(Number(value)));
    throw invalidOption(name, value, `a power of two (the server would round it up to ${next})`);
  }
}

function checkKinds(options: ServerOptions): void {
  const { protocol, device, ugenPluginsPath, extra, safetyClipThreshold, password } = options;
  if (protocol !== 'udp' && protocol !== 'tcp') throw invalidOption('protocol', protocol, '"udp" or "tcp"');
  if (device !== undefined && !(isText(device) || (areTexts(device) && device.length === 2)))
    throw invalidOption('device', device, 'a name, or two: [input, output]');
  if (ugenPluginsPath !== undefined && !areTexts(ugenPluginsPath))
    throw invalidOption('ugenPluginsPath', ugenPluginsPath, 'an array of folders');
  if (!areTexts(extra)) throw invalidOption('extra', extra, 'an array of words for the command line');
  if (
    safetyClipThreshold !== undefined &&
    !(typeof safetyClipThreshold === 'number' && !Number.isNaN(safetyClipThreshold))
  )
    throw invalidOption('safetyClipThreshold', safetyClipThreshold, 'a level, 0 or Infinity for none');
  if (password !== undefined && new TextEncoder().encode(password).length > MAX_PASSWORD_BYTES)
    throw invalidOption('password', '(hidden)', `at most ${MAX_PASSWORD_BYTES} bytes`);
  if (password !== undefined && protocol === 'udp')
    throw invalidOption('password', '(hidden)', 'only for protocol "tcp": a server never asks for it by UDP');
}

function checkSums(options: ServerOptions): void {
  const { numAudioBusChannels, numInputBusChannels, numOutputBusChannels } = options;
  const hardware = numInputBusChannels + numOutputBusChannels;
  if (hardware > numAudioBusChannels) {
    throw invalidOption(
      'numAudioBusChannels',
      numAudioBusChannels,
      `at least numInputBusChannels (${numInputBusChannels}) + numOutputBusChannels (${numOutputBusChannels}) = ${hardware}`,
    );
  }
  const reserved: readonly [keyof ServerOptions, number][] = [
    ['reservedNumAudioBusChannels', numAudioBusChannels - hardware],
    ['reservedNumControlBusChannels', options.numControlBusChannels],
    ['reservedNumBuffers', options.numBuffers],
  ];
  for (const [name, available] of reserved) {
    if (Number(options[name]) > available)
      throw invalidOption(name, options[name], `at most the ${available} that there are`);
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const areTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((word) => isText(word));

const invalidOption = (name: string, value: unknown, wanted: string): SuperColliderError =>
  new SuperColliderError('invalid-option', `Server option ${name} is ${show(value)}. It is ${wanted}.`);

const show = (value: unknown): string =>
  typeof value === 'number' || value === undefined ? String(value) : JSON.stringify(value);
