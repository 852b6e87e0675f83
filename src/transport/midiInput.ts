/**
 * MIDI inputs of this machine, by the package `@julusian/midi` where it is installed.
 *
 * It is an optional peer: a native module (RtMidi) that only those need who play from a keyboard.
 */

import { SuperColliderError } from '../errors.js';
import type { MidiSource } from '../input/midi.js';

/** An open MIDI input. */
export interface MidiInput extends MidiSource, Disposable {
  /** Name of the MIDI port. */
  readonly name: string;
  /** Closes the input; no more messages are delivered. */
  close(): void;
}

/** The names of the MIDI inputs that are connected. @throws SuperColliderError `not-found`. */
export async function midiInputs(): Promise<readonly string[]> {
  const input = await newInput();
  try {
    return namesOf(input);
  } finally {
    input.destroy();
  }
}

/**
 * Opens a MIDI input.
 *
 * @param name - A part of its name, in any case. @default the first one
 * @throws SuperColliderError `not-found` when the package or MIDI itself is missing, and when no input has the name;
 *   those that are there are listed.
 */
export async function openMidiInput(name = ''): Promise<MidiInput> {
  const input = await newInput();
  const names = namesOf(input);
  const port = names.findIndex((each) => each.toLowerCase().includes(name.toLowerCase()));
  if (port < 0) {
    input.destroy();
    throw new SuperColliderError(
      'not-found',
      names.length === 0
        ? 'No MIDI input is connected.'
        : `No MIDI input has "${name}" in its name. There are: ${names.map((each) => `"${each}"`).join(', ')}.`,
    );
  }
  const listeners = new Set<(bytes: ArrayLike<number>) => void>();
  input.on('message', (_time, bytes) => {
    for (const listener of [...listeners]) listener(bytes);
  });
  input.openPort(port);
  return {
    name: names[port]!,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => input.destroy(),
    [Symbol.dispose]: () => input.destroy(),
  };
}

type Input = import('@julusian/midi').Input;

const namesOf = (input: Input): string[] =>
  Array.from({ length: input.getPortCount() }, (_, port) => input.getPortName(port));

async function newInput(): Promise<Input> {
  let Input: typeof import('@julusian/midi').Input;
  try {
    ({ Input } = await import('@julusian/midi'));
  } catch (cause) {
    throw new SuperColliderError(
      'not-found',
      'MIDI needs the package @julusian/midi: npm install @julusian/midi. (In a browser use webMidi().)',
      { cause },
    );
  }
  try {
    return new Input();
  } catch (cause) {
    throw new SuperColliderError(
      'not-found',
      `This machine has no MIDI: ${(cause as Error).message}. On Linux it takes ALSA's sequencer (/dev/snd/seq).`,
      { cause },
    );
  }
}
