import type { MidiSource } from './midi.js';

/** Keys that a program presses, such as those of a page. */
export interface ScreenKeys extends MidiSource {
  /** Presses a key. @param velocity - 0 to 1. @default 0.8 */
  press(note: number, velocity?: number): void;
  /** Lets a key go. */
  release(note: number): void;
  /** Moves a controller, such as 64 for the sustain pedal. @param value - 0 to 1. */
  control(control: number, value: number): void;
  /** Bends the pitch. @param value - -1 to 1. */
  bend(value: number): void;
}

const byte = (value: number, most = 127): number => Math.round(Math.min(1, Math.max(0, value)) * most);

/**
 * A source of MIDI messages that a program plays: keys on a page, of a computer's keyboard, or of a test.
 *
 * @param channel - From 1. @default 1
 * @example
 * const keys = screenKeys();
 * <button onPointerDown={() => keys.press(60)} onPointerUp={() => keys.release(60)} />
 */
export function screenKeys(channel = 1): ScreenKeys {
  const listeners = new Set<(bytes: ArrayLike<number>) => void>();
  const send = (status: number, first: number, second: number) => {
    for (const listener of [...listeners]) listener([status | (channel - 1), first, second]);
  };
  return {
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    // Velocity 0 would let it go.
    press: (note, velocity = 0.8) => send(0x90, note, Math.max(1, byte(velocity))),
    release: (note) => send(0x80, note, 64),
    control: (control, value) => send(0xb0, control, byte(value)),
    bend(value) {
      const bend = byte((value + 1) / 2, 16383);
      send(0xe0, bend & 127, bend >> 7);
    },
  };
}
