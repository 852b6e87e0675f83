/**
 * MIDI as it comes in: what sends its bytes, and what they say.
 *
 * @see https://midi.org/summary-of-midi-1-0-messages
 */

/** A source of MIDI messages, with one call for the bytes of each: `openMidiInput`, `webMidi`, or your own. */
export interface MidiSource {
  /** Returns the function that ends it. */
  listen(listener: (bytes: ArrayLike<number>) => void): () => void;
}

/** A message of a channel; channels count from 1, as devices show them. */
export type MidiEvent =
  | {
      readonly type: 'note on';
      readonly channel: number;
      /** MIDI note number, 60 for middle C. */
      readonly note: number;
      /** 0 to 1. */
      readonly velocity: number;
    }
  | {
      readonly type: 'note off';
      readonly channel: number;
      readonly note: number;
      /** Speed of the release, 0 to 1. */
      readonly velocity: number;
    }
  | {
      readonly type: 'control';
      readonly channel: number;
      /** Number of the controller: 1 is the modulation wheel, 64 the pedal. */
      readonly control: number;
      /** 0 to 1. */
      readonly value: number;
    }
  | {
      readonly type: 'pitch bend';
      readonly channel: number;
      /** -1 to 1. */
      readonly value: number;
    }
  | {
      readonly type: 'pressure';
      readonly channel: number;
      /** The key that is pressed; `undefined` for the channel as a whole. */
      readonly note: number | undefined;
      /** 0 to 1. */
      readonly value: number;
    }
  | { readonly type: 'program'; readonly channel: number; readonly program: number };

const CENTRE = 8192;

/** Reads a message; `undefined` for messages of no channel (clock, system exclusive) and for invalid ones. */
export function parseMidi(bytes: ArrayLike<number>): MidiEvent | undefined {
  const [status = 0, first = 0, second = 0] = [bytes[0], bytes[1], bytes[2]];
  const channel = (status & 0x0f) + 1;
  switch (status & 0xf0) {
    case 0x80:
      return { type: 'note off', channel, note: first, velocity: second / 127 };
    case 0x90:
      // Keyboards send "note on" with velocity 0 for "off", to leave the status byte out.
      return second === 0
        ? { type: 'note off', channel, note: first, velocity: 0.5 }
        : { type: 'note on', channel, note: first, velocity: second / 127 };
    case 0xa0:
      return { type: 'pressure', channel, note: first, value: second / 127 };
    case 0xb0:
      return { type: 'control', channel, control: first, value: second / 127 };
    case 0xc0:
      return { type: 'program', channel, program: first };
    case 0xd0:
      return { type: 'pressure', channel, note: undefined, value: first / 127 };
    case 0xe0: {
      const bend = first + 128 * second - CENTRE;
      return { type: 'pitch bend', channel, value: bend / (bend < 0 ? CENTRE : CENTRE - 1) };
    }
    default:
      return undefined;
  }
}

/** As much of a browser's `MIDIInput` as is needed here. */
export interface WebMidiInput {
  /** Starts to call a listener with the bytes of each message. */
  addEventListener(type: 'midimessage', listener: (event: { data: ArrayLike<number> | null }) => void): void;
  /** Ends the calls of a listener. */
  removeEventListener(
    type: 'midimessage',
    listener: (event: { data: ArrayLike<number> | null }) => void,
  ): void;
}

/** An input of a browser: `webMidi([...(await navigator.requestMIDIAccess()).inputs.values()][0])`. */
export function webMidi(input: WebMidiInput): MidiSource {
  return {
    listen(listener) {
      const hear = ({ data }: { data: ArrayLike<number> | null }) => {
        if (data) listener(data);
      };
      input.addEventListener('midimessage', hear);
      return () => input.removeEventListener('midimessage', hear);
    },
  };
}
