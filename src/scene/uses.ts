/**
 * What a definition does with a bus or buffer against what that is: scsynth lets a synth write into the bus next to its
 * own, and plays a part of a buffer, or nothing, without a word.
 */

import { SuperColliderError } from '../errors.js';
import type { BufferUse, SynthDefDescription } from '../synthdef/index.js';
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
  { def }: ControlTable,
  element: SceneNode,
): void {
  for (const [slot, part] of [value].flat().entries()) {
    const isHere = (place: unknown, at = 0) => place === control && at === slot;
    const problem =
      part instanceof BusHandle
        ? busProblem(part, def.description, isHere)
        : part instanceof BufferHandle
          ? bufferProblem(
              part,
              def.description.buffers.filter((use) => isHere(use.buffer, use.slot)),
            )
          : undefined;
    if (problem === undefined) continue;
    const path = element.path();
    throw new SuperColliderError(
      'bad-control',
      `<Synth> at ${path}: synthdef "${def.name}" and its control "${control}" do not fit together: ${problem}`,
      element.whereabouts(),
    );
  }
}

/** True for what a definition takes from the control and slot that are looked at. */
type IsHere = (place: unknown, slot: number | undefined) => boolean;

function busProblem(
  bus: BusHandle,
  { inputs, outputs }: SynthDefDescription,
  isHere: IsHere,
): string | undefined {
  for (const use of [...outputs, ...inputs]) {
    if (!isHere(use.bus, use.slot)) continue;
    const { rate, channels } = use;
    const given = bus.channelsToEnd;
    if (rate === bus.rate && channels <= given) continue;
    const fitting = [
      ...(rate === 'control' ? ["rate: 'control'"] : []),
      ...(channels > 1 || rate === bus.rate ? [`channels: ${bus.whole.channels - given + channels}`] : []),
    ];
    const is = rate === bus.rate ? `has ${given} there; others are another bus's` : 'is none of that rate';
    return (
      `${use.className} ${outputs.includes(use) ? 'writes' : 'reads'} ${count(channels)} at ${rate} rate, and ` +
      `${describe(describeBus(bus.whole))} ${is}. ` +
      `Make it with useBus(${fitting.length > 0 ? `{ ${fitting.join(', ')} }` : ''}).`
    );
  }
  return undefined;
}

function bufferProblem(buffer: BufferHandle, uses: readonly BufferUse[]): string | undefined {
  const { source, info } = buffer;
  const what = describe(describeBuffer(buffer));
  // A definition that asks how many channels there are sees to it itself.
  const asks = uses.some(({ kind }) => kind === 'asks');
  const most = Math.max(...uses.map(({ kind, channels }) => (kind === 'reads' ? channels : 0)));
  for (const { className, kind, channels } of uses) {
    if (kind === 'plays-file' && !('stream' in source))
      return `${className} reads a file while it plays, and ${what} has none open. Give it useBuffer({ stream: path }), or take PlayBuf.`;
    if (kind === 'writes-file' && !('writeTo' in source && source.writeTo))
      return `${className} writes to a file, and ${what} has none open. Use <Record>, or useBuffer({ frames: 65536, channels: ${channels}, writeTo }).`;
    if (kind === 'reads' && 'stream' in source)
      return `${className} plays what is in a buffer, and ${what} holds a piece of the file at a time. Take DiskIn, or useBuffer(path).`;
    if (!info || asks || channels === info.channels) continue;
    const numbers = `${count(channels)}, and ${what} has ${info.channels}`;
    if (kind.startsWith('writes')) {
      if (kind === 'writes-file' || channels > info.channels)
        return `${className} writes ${numbers}: nothing would be written. Make it with channels: ${channels}.`;
    } else if (kind === 'plays-file' || channels === most) {
      const isLess = channels < info.channels;
      const isLost = isLess && !/Grain|Disk/.test(className);
      // Grains are of buffers of one channel only.
      const fitting = /Grain/.test(className)
        ? []
        : [
            `a definition for ${count(info.channels)}${className === 'PlayBuf' ? ofLibrary(info.channels) : ''}`,
          ];
      if (isLess && 'path' in source)
        fitting.push('useBuffer({ path, channelsOfFile: [0] }) with the channels to play');
      return (
        `${className} plays ${numbers}: ${isLost ? 'the others would be lost' : 'it would be silent or in part there'}. ` +
        `Take ${fitting.join(', or ') || 'a buffer of one channel'}.`
      );
    }
  }
  return undefined;
}

const SAMPLERS = ['sampler', 'stereoSampler'];
const ofLibrary = (channels: number): string =>
  SAMPLERS[channels - 1] ? ` (of the library: ${SAMPLERS[channels - 1]})` : '';

const count = (channels: number): string => `${channels} channel${channels === 1 ? '' : 's'}`;

/** As it is said within a sentence. */
const describe = (text: string): string => text[0]!.toLowerCase() + text.slice(1);
