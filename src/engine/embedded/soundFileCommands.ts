/**
 * The commands that move sound between files and buffers. The engine itself has no files; answers and
 * failures are scsynth's.
 *
 * @see https://doc.sccode.org/Reference/Server-Command-Reference.html#Buffer%20Commands
 */

import { SuperColliderError } from '../../errors.js';
import { encodeSoundFile } from '../soundfile/encodeSoundFile.js';
import { framesOf, type SoundData } from '../soundfile/sound.js';
import type { Buffers } from './buffers.js';
import { couldNotOpen } from './fileAccess.js';
import type { HostServices } from './hostCommand.js';
import type { MessageArguments } from './oscBytes.js';

/** `/b_allocRead number path [start] [frames] [completion]`, and `/b_allocReadChannel` with channels. */
export async function allocateAndRead(
  services: HostServices,
  buffers: Buffers,
  args: MessageArguments,
  address: '/b_allocRead' | '/b_allocReadChannel',
): Promise<void> {
  const number = args.int();
  const path = args.string() ?? '';
  const start = Math.max(0, args.tag === 'b' ? 0 : args.int());
  const wanted = args.tag === 'b' ? 0 : args.int();
  const picked = address === '/b_allocReadChannel' ? channelsOf(args) : [];
  const completion = args.blob();
  const fail = failure(services, address, number);
  const sound = await load(services, path, fail);
  if (!sound) return;
  const channels = pick(sound, picked);
  if (!channels) return fail('Channel index out of range.\n');
  const available = Math.max(0, framesOf(sound) - start);
  const frames = wanted > 0 ? Math.min(wanted, available) : available;
  if (frames === 0) {
    // As scsynth: beyond the file's end there is a buffer without frames, and no failure.
    buffers.free(services, number);
  } else {
    const wrong = buffers.allocate(services, number, frames, channels.length, sound.sampleRate, (samples) =>
      interleave(samples, channels, start, frames),
    );
    if (wrong) return fail(wrong);
  }
  services.perform(completion);
  services.reply('/done', address, number);
}

/**
 * `/b_read number path [fileStart] [frames] [bufferStart] [leaveOpen] [completion]`, and
 * `/b_readChannel` with channels. A file that is left open is for `DiskIn`, which this engine lacks.
 */
export async function readIntoBuffer(
  services: HostServices,
  buffers: Buffers,
  args: MessageArguments,
  address: '/b_read' | '/b_readChannel',
): Promise<void> {
  const number = args.int();
  const path = args.string() ?? '';
  const numbers = [0, -1, 0, 0].map((otherwise) => (args.tag === 'b' ? otherwise : args.int(otherwise)));
  const [fileStart, wanted, bufferStart] = numbers as [number, number, number];
  const picked = address === '/b_readChannel' ? channelsOf(args) : [];
  const completion = args.blob();
  const fail = failure(services, address, number);
  const sound = await load(services, path, fail);
  if (!sound) return;
  const channels = pick(sound, picked);
  if (!channels) return fail('Channel index out of range.\n');
  await services.caughtUp();
  const buffer = buffers.get(number);
  if (buffer) {
    if (buffer.channels !== channels.length) {
      return fail(
        `Channel mismatch. File '${path}' has ${channels.length} channels. Buffer has ${buffer.channels} channels.\n`,
      );
    }
    const room = Math.max(0, buffer.frames - bufferStart);
    const available = Math.max(0, framesOf(sound) - fileStart);
    const frames = Math.min(room, available, wanted < 0 ? available : wanted);
    interleave(buffers.samples(buffer).subarray(bufferStart * buffer.channels), channels, fileStart, frames);
    buffers.setSampleRate(services, number, sound.sampleRate);
  }
  services.perform(completion);
  services.reply('/done', address, number);
}

/** `/b_write number path [header] [format] [frames] [start] [leaveOpen] [completion]`. */
export async function writeBuffer(
  services: HostServices,
  buffers: Buffers,
  args: MessageArguments,
): Promise<void> {
  const number = args.int();
  const path = args.string() ?? '';
  const header = args.string() ?? 'aiff';
  const format = args.string() ?? 'int16';
  const [wanted, start] = [-1, 0].map((otherwise) => (args.tag === 'b' ? otherwise : args.int(otherwise)));
  if (args.tag !== 'b') args.int();
  const completion = args.blob();
  const fail = failure(services, '/b_write', number);
  await services.caughtUp();
  const buffer = buffers.get(number);
  if (!buffer) return fail(`File '${path}' could not be opened: Format not recognised.\n`);
  const first = Math.min(Math.max(0, start!), buffer.frames);
  const frames = wanted! < 0 ? buffer.frames - first : Math.min(wanted!, buffer.frames - first);
  const samples = buffers.samples(buffer).slice(first * buffer.channels, (first + frames) * buffer.channels);
  let bytes: Uint8Array;
  try {
    bytes = encodeSoundFile({ ...buffer, samples }, header, format);
  } catch (error) {
    return fail((error as Error).message);
  }
  try {
    await services.files.write(path, bytes);
  } catch (error) {
    return fail(couldNotOpen(path, error));
  }
  services.perform(completion);
  services.reply('/done', '/b_write', number);
}

type Fail = (why: string) => void;

function failure(services: HostServices, address: string, number: number): Fail {
  return (why) => {
    services.print(`FAILURE IN SERVER ${address} ${why.trimEnd()}`);
    services.reply('/fail', address, why, number);
  };
}

async function load(services: HostServices, path: string, fail: Fail): Promise<SoundData | undefined> {
  try {
    return await services.files.readSound(path);
  } catch (error) {
    const isOther = error instanceof SuperColliderError && error.code === 'invalid-file';
    fail(
      isOther
        ? `File '${path}' could not be opened: Format not recognised. ${error.message}\n`
        : couldNotOpen(path, error),
    );
    return undefined;
  }
}

function channelsOf(args: MessageArguments): number[] {
  const channels: number[] = [];
  while (!args.isAtEnd && args.tag !== 'b') channels.push(args.int());
  return channels;
}

/** The channels of these numbers, all when there are none; `undefined` when one does not exist. */
function pick(sound: SoundData, numbers: readonly number[]): readonly Float32Array[] | undefined {
  if (numbers.length === 0) return sound.channels;
  const picked = numbers.map((number) => sound.channels[number]);
  return picked.every((channel) => channel !== undefined) ? picked : undefined;
}

function interleave(
  into: Float32Array,
  channels: readonly Float32Array[],
  start: number,
  frames: number,
): void {
  const stride = channels.length;
  channels.forEach((channel, offset) => {
    for (let frame = 0; frame < frames; frame++) into[frame * stride + offset] = channel[start + frame]!;
  });
}
