/**
 * What a definition does with a bus or buffer against what that is: scsynth lets a synth write into the bus next to its
 * own, and plays a part of a buffer, or nothing, without a word.
 */

import { SuperColliderError } from '../errors.js';
import type { BufferUse, BusUse } from '../synthdef/index.js';
import type { ControlTable } from './controlTable.js';
import { BufferHandle, BusHandle, describeBuffer, describeBus } from './handles.js';
import type { ControlValue } from './props.js';
import type { SceneNode } from './sceneNode.js';

/**
 * Checks a control's value against the definition's units.
 *
 * @throws SuperColliderError `bad-control` for a bus or buffer that does not fit.
 */
export function checkUses(
  value: ControlValue,
  control: string,
  table: ControlTable,
  element: SceneNode,
  slot = 0,
): void {
  if (Array.isArray(value)) {
    for (const [at, part] of value.entries()) checkUses(part, control, table, element, at);
    return;
  }
  const problem =
    value instanceof BusHandle
      ? busProblem(value, control, slot, table)
      : value instanceof BufferHandle
        ? bufferProblem(value, control, slot, table)
        : undefined;
  if (problem === undefined) return;
  const path = element.path();
  throw new SuperColliderError('bad-control', `<Synth> at ${path}: synthdef "${table.defName}" ${problem}`, {
    path,
    componentStack: element.componentStack(),
  });
}

function busProblem(
  bus: BusHandle,
  control: string,
  slot: number,
  { def }: ControlTable,
): string | undefined {
  const { inputs, outputs } = def.description;
  const isOf = (use: BusUse) => use.bus === control && (use.slot ?? 0) === slot;
  for (const [uses, does] of [
    [outputs, 'writes'],
    [inputs, 'reads'],
  ] as const) {
    for (const { className, rate, channels } of uses.filter(isOf)) {
      const unit = `${className}.${rate === 'audio' ? 'ar' : 'kr'}`;
      const place = `${does} ${count(channels)} at "${control}" (${unit})`;
      if (rate !== bus.rate) {
        return `${place}, and ${lower(describeBus(bus))} is none of that rate. Make it with useBus({ rate: '${rate}' }).`;
      }
      if (channels > bus.channelsToEnd) {
        return (
          `${place}, and ${lower(describeBus(bus.whole))} has ${bus.channelsToEnd} there: what is beyond would be ` +
          `another bus's. Make it with useBus({ ${rate === 'control' ? "rate: 'control', " : ''}channels: ${
            bus.whole.channels - bus.channelsToEnd + channels
          } }).`
        );
      }
    }
  }
  return undefined;
}

/** Definitions of our library that play so many channels. */
const SAMPLERS: Readonly<Record<number, string>> = { 1: 'sampler', 2: 'stereoSampler' };

function bufferProblem(
  buffer: BufferHandle,
  control: string,
  slot: number,
  { def }: ControlTable,
): string | undefined {
  const uses = def.description.buffers.filter((use) => use.buffer === control && (use.slot ?? 0) === slot);
  for (const use of uses) {
    const problem = streamProblem(buffer, control, use);
    if (problem !== undefined) return problem;
  }
  const { info } = buffer;
  // A definition that asks how many there are sees to it itself.
  if (!info || uses.some(({ kind }) => kind === 'asks')) return undefined;
  const has = `${lower(describeBuffer(buffer))} has ${info.channels}`;
  const reading = uses.filter(({ kind }) => kind === 'reads' || kind === 'plays-file');
  const widest = reading.toSorted((a, b) => b.channels - a.channels)[0];
  if (widest && widest.channels !== info.channels) {
    const isLess = widest.channels < info.channels;
    return (
      `plays ${count(widest.channels)} of "${control}" (${widest.className}), and ${has}: ` +
      `${isLess ? 'the others would be lost' : 'it would be silent, or only in part there'}. ` +
      `Take a definition for ${count(info.channels)}${ofLibrary(widest, info.channels)}${
        isLess && 'path' in buffer.source
          ? `, or only some channels of the file: useBuffer({ path, channelsOfFile: ${JSON.stringify(
              Array.from({ length: widest.channels }, (_, channel) => channel),
            )} })`
          : ''
      }.`
    );
  }
  const tooWide = uses.find(
    ({ kind, channels }) =>
      (kind === 'writes' && channels > info.channels) ||
      (kind === 'writes-file' && channels !== info.channels),
  );
  return (
    tooWide &&
    `writes ${count(tooWide.channels)} to "${control}" (${tooWide.className}), and ${has}: nothing would be written. ` +
      `Make it with channels: ${tooWide.channels}.`
  );
}

/** A file that is played as it is read needs a buffer with that file, which others do not have. */
function streamProblem(
  buffer: BufferHandle,
  control: string,
  { className, kind, channels }: BufferUse,
): string | undefined {
  const { source } = buffer;
  const what = lower(describeBuffer(buffer));
  if (kind === 'plays-file' && !('stream' in source)) {
    return (
      `plays "${control}" with ${className}, which reads a file as it plays, and ${what} has no file open. ` +
      `Give it useBuffer({ stream: 'long.wav' }), or play the buffer with PlayBuf.`
    );
  }
  if (kind === 'writes-file' && !('writeTo' in source && source.writeTo)) {
    return (
      `writes "${control}" to a file with ${className}, and ${what} has none open. Give it ` +
      `useBuffer({ frames: 65536, channels: ${channels}, writeTo: { path, header: 'wav', format: 'float' } }), or use <Record>.`
    );
  }
  if (kind === 'reads' && 'stream' in source) {
    return (
      `plays "${control}" with ${className}, and ${what} holds only a piece of the file at a time. ` +
      `Play it with DiskIn, or load the whole file: useBuffer(${JSON.stringify(source.stream)}).`
    );
  }
  return undefined;
}

const ofLibrary = ({ className }: BufferUse, channels: number): string =>
  className === 'PlayBuf' && SAMPLERS[channels] ? ` (of the library: ${SAMPLERS[channels]})` : '';

const count = (channels: number): string => `${channels} channel${channels === 1 ? '' : 's'}`;

const lower = (text: string): string => text[0]!.toLowerCase() + text.slice(1);
