import { useInsertionEffect, useLayoutEffect, useState } from 'react';
import { SuperColliderError } from '../errors.js';
import type { MidiSource } from '../input/midi.js';
import { type Voice, VoiceAllocator, type VoiceOptions } from '../input/voiceAllocator.js';
import { useMidi } from './useMidi.js';

/**
 * The voices that sound of a keyboard's keys: with a limit, pedals, one voice that goes from key to key, and MPE.
 *
 * The sustain pedal (controller 64) and the sostenuto pedal (66) hold keys that were let go.
 *
 * @param source - What `openMidiInput`, `webMidi` or `screenKeys` gave; `undefined` for none yet.
 * @throws SuperColliderError `invalid-argument` unless `max` is a whole number over 0.
 */
export function useVoices(source: MidiSource | undefined, options: VoiceOptions = {}): readonly Voice[] {
  checkMax('useVoices', options.max);
  const [allocator] = useState(() => new VoiceAllocator());
  const [voices, setVoices] = useState(allocator.voices);
  useInsertionEffect(() => {
    allocator.options = options;
  });
  useMidi(source, (event) => {
    allocator.take(event);
    setVoices(allocator.voices);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: The keys of another keyboard are others.
  useLayoutEffect(() => {
    return () => {
      allocator.clear();
      setVoices(allocator.voices);
    };
  }, [allocator, source]);
  return voices;
}

/** @throws SuperColliderError `invalid-argument` unless it is a whole number over 0. */
export function checkMax(name: string, max: number | undefined): void {
  if (max === undefined || max === Number.POSITIVE_INFINITY || (Number.isInteger(max) && max > 0)) return;
  throw new SuperColliderError(
    'invalid-argument',
    `${name}: max is ${max}. It is the number of voices, a whole number over 0.`,
  );
}
