/** The instrument that plays regions: `useSampler` gives one. */

import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react';
import type { Instrument, InstrumentNote } from '../elements/instrument.js';
import { Synth } from '../elements/nodes.js';
import { SuperColliderError } from '../errors.js';
import { useScene } from '../hooks/useServer.js';
import type { BufferHandle } from '../scene/handles.js';
import type { EndReason } from '../scene/props.js';
import type { Random } from '../time/random.js';
import { playerOf } from './players.js';
import { levelOf, type Region, regionsFor, speedOf } from './region.js';
import { type RegionBuffers, SampleBuffers } from './sampleBuffers.js';

/** Controls that a note of a sampler may be given, besides its pitch and velocity. */
const CONTROL_NAMES = ['amp', 'pan', 'bend', 'start', 'cutoff', 'rq', 'attack', 'release', 'out'] as const;

/** Names of the controls of a sampler's notes. */
export type SamplerControl = (typeof CONTROL_NAMES)[number];

/** An instrument of samples, as `useSampler` gives it. Goes where a definition goes: `<Note def={piano} pitch="C4" />`. */
export class SamplerInstrument implements Instrument<SamplerControl> {
  /** Name in error messages and in the tree. */
  readonly name: string;
  /**
   * Names of the controls of a note.
   *
   * `amp` (0.3), `pan`, `bend` in semitones, `start` in seconds, `cutoff` in hertz and `rq` of a low-pass filter,
   * `attack` and `release` in seconds, and `out`.
   */
  readonly controlNames: readonly SamplerControl[] = CONTROL_NAMES;
  /** @internal */
  readonly buffers: SampleBuffers;
  readonly #regions: readonly Region[];
  readonly #random: Random;
  /** Notes so far by the keys that a turn is for. */
  readonly #turns = new Map<string, number>();
  readonly #listeners = new Set<() => void>();

  /** @internal */
  constructor(name: string, regions: readonly Region[], random: Random) {
    this.name = name;
    this.#regions = regions;
    this.#random = random;
    this.buffers = new SampleBuffers(regions);
  }

  /** True when all samples are loaded. */
  get isLoaded(): boolean {
    return this.buffers.handles.every(({ isLoaded }) => isLoaded);
  }

  /** Lowest and highest key that a sample is for, as MIDI note numbers. */
  get keys(): readonly [low: number, high: number] {
    const keys = this.#regions.map((region) => region.keys);
    return [Math.min(...keys.map(([low]) => low)), Math.max(...keys.map(([, high]) => high))];
  }

  /** Number of regions: samples with the notes that they are for. */
  get regionCount(): number {
    return this.#regions.length;
  }

  /** Gives the synths of one note. `<Note>`, `<Pattern>` and `<Cycle>` call it. */
  note(note: InstrumentNote): ReactNode {
    return <SamplerNote sampler={this} {...note} />;
  }

  /** The regions of one note, by turns and chance. @internal */
  choose(key: number, velocity: number): readonly Region[] {
    const found = regionsFor(this.#regions, key, Math.round(velocity * 127));
    const turns = new Map<string, number>();
    for (const { keys, turn } of found) {
      const id = keys.join();
      if (turn[1] === 1 || turns.has(id)) continue;
      const count = this.#turns.get(id) ?? 0;
      turns.set(id, count);
      this.#turns.set(id, count + 1);
    }
    const isChanced = found.some(({ chance: [low, high] }) => low > 0 || high < 1);
    const drawn = isChanced ? this.#random.number(0, 1) : 0;
    return found.filter(({ keys, turn: [position, length], chance: [low, high] }) => {
      const isIts = length === 1 || (turns.get(keys.join()) ?? 0) % length === position - 1;
      return isIts && drawn >= low && (drawn < high || high === 1);
    });
  }

  /** @internal */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** A sample was loaded. @internal */
  readonly tell = (): void => {
    for (const listener of [...this.#listeners]) listener();
  };
}

/** One note: a synth for each of its regions. */
function SamplerNote({
  sampler,
  pitch = 60,
  velocity = 1,
  controls,
  name,
  paused,
  onEnd,
}: InstrumentNote & { readonly sampler: SamplerInstrument }): ReactNode {
  const scene = useScene('<Note>');
  const key = Math.min(127, Math.max(0, Math.round(pitch)));
  // A note keeps its turn: React may render it again, and StrictMode renders it twice.
  const kept = useRef<{ sampler: SamplerInstrument; key: number; regions: readonly Region[] }>(undefined);
  if (kept.current?.sampler !== sampler || kept.current.key !== key)
    kept.current = { sampler, key, regions: sampler.choose(key, velocity) };
  const { regions } = kept.current;
  const isLoaded = () => regions.every((region) => sampler.buffers.of(region).all.every(hasContent));
  const isReady = useSyncExternalStore(sampler.subscribe, isLoaded, isLoaded);
  const ended = useRef(0);
  const isSilent = regions.length === 0;
  useEffect(() => {
    if (isSilent) scene.report(noRegion(sampler, key, velocity));
  }, [scene, sampler, key, velocity, isSilent]);
  if (!isReady) return null;
  const end = (reason: EndReason): void => {
    ended.current += 1;
    if (ended.current === regions.length) onEnd?.(reason);
  };
  return regions.map((region) => (
    <Synth
      key={region.where}
      name={name}
      paused={paused ?? false}
      onEnd={onEnd && end}
      {...controlsOf(region, sampler.buffers.of(region), pitch, velocity, controls)}
    />
  ));
}

const hasContent = ({ isLoaded }: BufferHandle): boolean => isLoaded;

function controlsOf(
  region: Region,
  { main, part, loopFrom }: RegionBuffers,
  pitch: number,
  velocity: number,
  { cutoff = region.cutoff, rq, ...controls }: InstrumentNote['controls'],
) {
  const { info } = main;
  const { channels, sampleRate } = info!;
  const { sample, repetition } = region;
  const isWhole = part === undefined && (repetition === 'forever' || repetition === 'sustain');
  const isFiltered = cutoff !== undefined || rq !== undefined;
  return {
    def: playerOf({ channels, repeat: part ? 'part' : isWhole ? 'whole' : 'none', isFiltered }),
    buf: main,
    rate: speedOf(region, pitch),
    hertz: ('data' in sample ? sample.sampleRate : undefined) ?? sampleRate,
    gain: levelOf(region, velocity),
    place: region.pan,
    once: repetition === 'once' ? 1 : 0,
    attack: region.attack,
    hold: region.hold,
    decay: region.decay,
    sustain: region.sustain,
    release: region.release,
    ...(part && {
      loopBuf: part,
      loopFrom,
      loopFrames: part.info!.frames,
      sustained: repetition === 'sustain' ? 1 : 0,
    }),
    ...(isFiltered && { cutoff: cutoff ?? 18_000, rq: rq ?? 10 ** (-region.resonance / 20) }),
    ...controls,
  };
}

const noRegion = (sampler: SamplerInstrument, key: number, velocity: number): SuperColliderError => {
  const [low, high] = sampler.keys;
  return new SuperColliderError(
    'invalid-argument',
    `The sampler "${sampler.name}" has no sample for note ${key} at velocity ${velocity}, and the note is silent. ` +
      `Its ${sampler.regionCount} samples are for notes from ${low} to ${high}.`,
  );
};
