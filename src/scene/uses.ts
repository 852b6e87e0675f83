/** Checks a definition's use of buses and buffers against those that an element passes. */

import { SuperColliderError } from '../errors.js';
import { busProblem, channelsProblem, impulseProblem, usesOfBuffer } from '../uses.js';
import type { ControlTable } from './controlTable.js';
import { BufferHandle, BusHandle, describeBuffer, describeBus } from './handles.js';
import type { ControlValue } from './props.js';
import type { SceneNode } from './sceneNode.js';

/**
 * Checks a control's value against the definition's units.
 *
 * @throws SuperColliderError `invalid-control` for a bus or buffer that does not fit.
 */
export function checkUses(
  value: ControlValue,
  control: string,
  { def }: ControlTable,
  element: SceneNode,
): void {
  for (const [slot, part] of [value].flat().entries()) {
    const place = { control, slot };
    const problem =
      part instanceof BusHandle
        ? busProblem(givenBus(part), def.description, place)
        : part instanceof BufferHandle
          ? bufferProblem(part, usesOfBuffer(def.description, place))
          : undefined;
    if (problem === undefined) continue;
    const path = element.path();
    throw new SuperColliderError(
      'invalid-control',
      `<Synth> at ${path}: synthdef "${def.name}" and its control "${control}" do not fit together: ${problem}`,
      element.whereabouts(),
    );
  }
}

/**
 * Checks that an element passes the buffers without which a unit does harm.
 *
 * @throws SuperColliderError `invalid-control` for a buffer that is not given.
 */
export function checkImpulses(
  isGiven: (control: string) => boolean,
  { def }: ControlTable,
  element: SceneNode,
): void {
  const problem = impulseProblem(def.description, isGiven);
  if (problem === undefined) return;
  const message = `<Synth> at ${element.path()}: synthdef "${def.name}": ${problem}`;
  throw new SuperColliderError('invalid-control', message, element.whereabouts());
}

const givenBus = (bus: BusHandle) => ({
  rate: bus.rate,
  channelsToEnd: bus.channelsToEnd,
  channelsOfWhole: bus.whole.channels,
  name: withinSentence(describeBus(bus.whole)),
  advice: (rate: string, channels: number) => {
    const fitting = [
      ...(rate === 'control' ? ["rate: 'control'"] : []),
      ...(channels > 1 || rate === bus.rate ? [`channels: ${channels}`] : []),
    ];
    return `Make it with useBus(${fitting.length > 0 ? `{ ${fitting.join(', ')} }` : ''}).`;
  },
});

function bufferProblem(buffer: BufferHandle, uses: ReturnType<typeof usesOfBuffer>): string | undefined {
  const { source, info } = buffer;
  const given = {
    name: withinSentence(describeBuffer(buffer)),
    channels: info?.channels,
    fewerChannels:
      'path' in source ? 'useBuffer({ path, fileChannels: [0] }) with the channels to play' : undefined,
  };
  for (const use of uses) {
    const { className, kind, channels } = use;
    if (kind === 'plays-file' && !('stream' in source))
      return `${className} reads a file while it plays, and ${given.name} has none open. Give it useBuffer({ stream: path }), or take PlayBuf.`;
    if (kind === 'writes-file' && !('writeTo' in source && source.writeTo))
      return `${className} writes to a file, and ${given.name} has none open. Use <Recording>, or useBuffer({ frames: 65536, channels: ${channels}, writeTo }).`;
    if (kind === 'reads' && 'stream' in source)
      return `${className} plays what is in a buffer, and ${given.name} holds a piece of the file at a time. Take DiskIn, or useBuffer(path).`;
    const problem = channelsProblem(given, use, uses);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** The text as it stands within a sentence. */
const withinSentence = (text: string): string => text[0]!.toLowerCase() + text.slice(1);
