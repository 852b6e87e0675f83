import { SuperColliderError } from '../errors.js';
import { sampler, stereoSampler } from '../synthdef/library/strokes.js';
import type { ServerBuffer } from './buffer.js';
import { ServerBus } from './buses.js';
import { checkNumber, checkWhole } from './checks.js';
import type { Placement } from './nodes.js';
import type { ServerSynth } from './synth.js';

/** Speed, level, place and output of the synth that plays a buffer. */
export interface PlayOptions extends Placement {
  /** Speed: 1 as it was recorded, 2 an octave higher, -1 backwards. @default 1 */
  readonly rate?: number | undefined;
  /** Goes on at the beginning until it is released. @default false */
  readonly loop?: boolean | undefined;
  /** -1 left, 1 right. @default 0 */
  readonly pan?: number | undefined;
  /** @default 0.3, as in sc3nb */
  readonly amp?: number | undefined;
  /** First frame. @default 0 */
  readonly startFrame?: number | undefined;
  /** Output bus or its index. @default 0, the outputs */
  readonly out?: ServerBus | number | undefined;
}

/** A synth that plays a buffer. */
export function playBuffer(buffer: ServerBuffer, options: PlayOptions): Promise<ServerSynth> {
  const { rate = 1, loop = false, pan = 0, amp = 0.3, startFrame = 0, out = 0, ...placement } = options;
  if (buffer.channels !== 1 && buffer.channels !== 2) {
    throw new SuperColliderError(
      'invalid-argument',
      `${buffer} has ${buffer.channels} channels; play() has one or two. Write a synthdef with PlayBuf.ar(${buffer.channels}, …) and play that.`,
    );
  }
  for (const [name, value] of Object.entries({ rate, pan, amp })) checkNumber(`${buffer}: ${name}`, value);
  checkWhole(`${buffer}: startFrame`, startFrame, 0, buffer.frames - 1);
  if (!(out instanceof ServerBus)) checkWhole(`${buffer}: out`, out, 0);
  const controls = { buf: buffer.number, rate, loop: loop ? 1 : 0, pan, amp, start: startFrame, out };
  return buffer.server.nodes.play(buffer.channels === 1 ? sampler : stereoSampler, controls, placement);
}
