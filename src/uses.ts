/**
 * Checks a definition's use of a bus or buffer against the bus or buffer itself.
 *
 * scsynth reports nothing here: it lets a synth write into the bus next to its own, and plays a part of a
 * buffer, or nothing.
 */

import type { BufferUse, SynthDefDescription } from './synthdef/index.js';
import type { Rate } from './units.js';

/** A bus as its handle knows it. */
export interface GivenBus {
  readonly rate: Rate;
  /** From its first channel to the end of the bus that it is a part of. */
  readonly channelsToEnd: number;
  /** The bus that it is a part of, as messages name it: `the 2-channel audio bus 16`. */
  readonly name: string;
  /** The advice for making one of another rate and number of channels. */
  readonly advice: (rate: Rate, channels: number) => string;
  /** The channels of the bus that it is a part of. */
  readonly channelsOfWhole: number;
}

/** A buffer as its handle knows it. */
export interface GivenBuffer {
  readonly name: string;
  /** `undefined` while it is not known. */
  readonly channels: number | undefined;
  /** The advice for reading fewer channels of its file; `undefined` where it has no file. */
  readonly fewerChannels: string | undefined;
}

type Description = Pick<SynthDefDescription, 'inputs' | 'outputs' | 'buffers'>;

/** A slot of a control. */
interface Place {
  readonly control: string;
  readonly slot: number;
}

/**
 * The problem with controls that are not given; `undefined` when there is none.
 *
 * `PartConv` on a buffer without spectra makes the embedded engine stand still (supersonic-scsynth, measured).
 */
export function impulseProblem(
  { buffers }: Pick<Description, 'buffers'>,
  isGiven: (control: string) => boolean,
): string | undefined {
  const use = buffers.find(
    ({ className, buffer }) => className === 'PartConv' && typeof buffer === 'string' && !isGiven(buffer),
  );
  return (
    use &&
    `PartConv needs the impulse response in the control "${use.buffer}", which is not given. ` +
      "Give it the buffer of useBuffer({ impulse: 'hall.wav' })."
  );
}

/** The problem with a bus as a control's value; `undefined` when it fits. */
export function busProblem(
  bus: GivenBus,
  { inputs, outputs }: Description,
  place: Place,
): string | undefined {
  for (const use of [...outputs, ...inputs]) {
    if (!isAt(place, use.bus, use.slot)) continue;
    const { rate, channels } = use;
    const given = bus.channelsToEnd;
    if (rate === bus.rate && channels <= given) continue;
    const is = rate === bus.rate ? `has ${given} there; others are another bus's` : 'is none of that rate';
    const needed = rate === bus.rate ? bus.channelsOfWhole - given + channels : channels;
    return (
      `${use.className} ${outputs.includes(use) ? 'writes' : 'reads'} ${count(channels)} at ${rate} rate, and ` +
      `${bus.name} ${is}. ${bus.advice(rate, needed)}`
    );
  }
  return undefined;
}

/** The uses of a control's buffer in a definition. */
export const usesOfBuffer = ({ buffers }: Description, place: Place): readonly BufferUse[] =>
  buffers.filter((use) => isAt(place, use.buffer, use.slot));

/** The problem with a buffer's number of channels; `undefined` when it fits. */
export function channelsProblem(
  { name, channels: given, fewerChannels }: GivenBuffer,
  use: BufferUse,
  uses: readonly BufferUse[],
): string | undefined {
  const { className, kind, channels } = use;
  // A definition that asks how many channels there are sees to it itself.
  const asks = uses.some((one) => one.kind === 'asks');
  if (given === undefined || asks || channels === given) return undefined;
  const numbers = `${count(channels)}, and ${name} has ${given}`;
  if (kind.startsWith('writes'))
    return kind === 'writes-file' || channels > given
      ? `${className} writes ${numbers}: nothing would be written. Make it with channels: ${channels}.`
      : undefined;
  const most = Math.max(...uses.map((one) => (one.kind === 'reads' ? one.channels : 0)));
  if (kind !== 'plays-file' && channels !== most) return undefined;
  const isLess = channels < given;
  const isLost = isLess && !/Grain|Disk/.test(className);
  // Grains are of buffers of one channel only.
  const fitting = /Grain/.test(className)
    ? []
    : [`a definition for ${count(given)}${className === 'PlayBuf' ? ofLibrary(given) : ''}`];
  if (isLess && fewerChannels !== undefined) fitting.push(fewerChannels);
  return (
    `${className} plays ${numbers}: ${isLost ? 'the others would be lost' : 'it would be silent or in part there'}. ` +
    `Take ${fitting.join(', or ') || 'a buffer of one channel'}.`
  );
}

const isAt = ({ control, slot }: Place, place: unknown, at = 0): boolean => place === control && at === slot;

const SAMPLERS = ['sampler', 'stereoSampler'];
const ofLibrary = (channels: number): string =>
  SAMPLERS[channels - 1] ? ` (of the library: ${SAMPLERS[channels - 1]})` : '';

const count = (channels: number): string => `${channels} channel${channels === 1 ? '' : 's'}`;
