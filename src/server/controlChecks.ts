/** Controls of a synth against its definition, where that was sent here. */

import { checkControlsGiven } from '../controlsGiven.js';
import { nearest, SuperColliderError } from '../errors.js';
import {
  busProblem,
  channelsProblem,
  type GivenBuffer,
  type GivenBus,
  impulseProblem,
  usesOfBuffer,
} from '../uses.js';
import { ServerBuffer } from './buffer.js';
import { ServerBus } from './buses.js';
import type { Client } from './client.js';
import type { ServerControls } from './controlValues.js';

/**
 * Checks names, buses and buffers before anything is sent.
 *
 * @param what - The synth, for messages.
 * @param def - The name of its definition on the server.
 * @throws SuperColliderError `unknown-control` for a name that the definition does not have.
 * @throws SuperColliderError `invalid-control` for a bus or buffer that does not fit the definition.
 */
export function checkControls(server: Client, what: string, def: string, controls: ServerControls): void {
  checkControlsGiven(() => what, controls);
  const description = server.synthDefs.get(def)?.description;
  if (!description) return;
  const names = description.controls.map(({ name }) => name);
  for (const [control, value] of Object.entries(controls)) {
    checkName(what, control, names);
    const parts: readonly unknown[] = [value].flat();
    for (const [slot, part] of parts.entries()) {
      if (part instanceof ServerBus || part instanceof ServerBuffer) part.checkFor(server);
      const place = { control, slot };
      const problem =
        part instanceof ServerBus
          ? busProblem(givenBus(part), description, place)
          : part instanceof ServerBuffer
            ? bufferProblem(part, usesOfBuffer(description, place))
            : undefined;
      if (problem === undefined) continue;
      throw new SuperColliderError(
        'invalid-control',
        `${what}: its definition and its control "${control}" do not fit together: ${problem}`,
      );
    }
  }
}

/**
 * Checks the controls of a synth that begins: names, buses and buffers, also one that a unit needs and nobody gives.
 *
 * @throws SuperColliderError as `checkControls` does.
 */
export function checkFirstControls(
  server: Client,
  what: string,
  def: string,
  controls: ServerControls,
): void {
  checkControls(server, what, def, controls);
  const description = server.synthDefs.get(def)?.description;
  const problem = description && impulseProblem(description, (name) => name in controls);
  if (problem !== undefined) throw new SuperColliderError('invalid-control', `${what}: ${problem}`);
}

/** @throws SuperColliderError `unknown-control` */
export function checkName(what: string, control: string, names: readonly string[]): void {
  if (names.includes(control)) return;
  const near = nearest(control, names);
  throw new SuperColliderError(
    'unknown-control',
    `${what} has no control "${control}". It has: ${names.join(', ') || 'none'}.` +
      `${near ? ` Did you mean "${near}"?` : ''}`,
  );
}

function givenBus(bus: ServerBus): GivenBus {
  const whole = bus.whole ?? bus;
  const buses = { audio: 'audioBuses', control: 'controlBuses' } as const;
  return {
    rate: bus.rate,
    channelsToEnd: bus.channelsToEnd,
    channelsOfWhole: whole.channels,
    name: `t${String(whole).slice(1)}`,
    advice: (rate, channels) =>
      whole.release === undefined && rate === bus.rate
        ? `Take server.${buses[rate]}.at(${whole.index}, ${channels}).`
        : `Make it with server.${buses[rate]}.bus(${channels}).`,
  };
}

function bufferProblem(buffer: ServerBuffer, uses: ReturnType<typeof usesOfBuffer>): string | undefined {
  const given: GivenBuffer = {
    name: `b${String(buffer).slice(1)}`,
    channels: buffer.channels > 0 ? buffer.channels : undefined,
    fewerChannels: 'a buffer of fewer channels of the file (server.buffers.read(path, { channels: [0] }))',
  };
  for (const use of uses) {
    const problem = channelsProblem(given, use, uses);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
