/** `.sfz` files as regions: the part of the format that docs/samplers.md lists. */

import { nearest, SuperColliderError } from '../errors.js';
import { readPitch } from '../time/pitch.js';
import { checkFrames, plainRegion, type Region, type Repetition } from './region.js';
import { type SfzOpcodes, type SfzRegion, sfzRegions } from './sfzText.js';

/** Opcodes that are read, by the names that later versions of the format gave them. */
const SUPPORTED = [
  ...[
    'sample',
    'key',
    'lokey',
    'hikey',
    'lovel',
    'hivel',
    'pitch_keycenter',
    'pitch_keytrack',
    'transpose',
    'tune',
  ],
  ...['volume', 'amplitude', 'pan', 'amp_veltrack', 'offset', 'end', 'loop_mode', 'loop_start', 'loop_end'],
  ...['direction', 'ampeg_attack', 'ampeg_hold', 'ampeg_decay', 'ampeg_sustain', 'ampeg_release', 'cutoff'],
  ...['resonance', 'fil_type', 'seq_length', 'seq_position', 'lorand', 'hirand', 'trigger'],
] as const;

type Opcode = (typeof SUPPORTED)[number];

/** Other names of opcodes. */
const ALIASES: Readonly<Record<string, Opcode>> = {
  loopmode: 'loop_mode',
  loopstart: 'loop_start',
  loopend: 'loop_end',
  pitch: 'tune',
  gain: 'volume',
};

/** Names for people, and what only a MIDI controller moves: a piece has none. */
const WITHOUT_SOUND = /^(\w+_label|label_\w+|set_(hd)?cc\d+|\w+_(on)?cc\d+|\w+_(smooth|curve|step)cc\d+)$/;

const LOOP_MODES: Readonly<Record<string, Repetition>> = {
  no_loop: 'none',
  one_shot: 'once',
  loop_continuous: 'forever',
  loop_sustain: 'sustain',
};

/**
 * The regions of an `.sfz` file.
 *
 * @param read - Gives the text of a file, for what it includes too.
 * @param ignore - Opcodes to pass over; `true` for all that are not supported.
 * @throws SuperColliderError `invalid-file` with the file, the line, the region and the opcode.
 */
export async function regionsOfSfz(
  path: string,
  read: (path: string) => Promise<string>,
  ignore: readonly string[] | boolean = [],
): Promise<readonly Region[]> {
  const written = await sfzRegions(path, read);
  const folder = path.replace(/[^/\\]*$/, '');
  const regions = written.flatMap(
    (region, index) => new RegionReader(region, index + 1, ignore).read(folder) ?? [],
  );
  if (regions.length > 0) return regions;
  throw new SuperColliderError(
    'invalid-file',
    `"${path}" has no region that sounds. A <region> needs a sample.`,
  );
}

class RegionReader {
  readonly #written: SfzRegion;
  readonly #where: string;
  readonly #opcodes: SfzOpcodes;
  readonly #ignore: readonly string[] | boolean;

  constructor(region: SfzRegion, number: number, ignore: readonly string[] | boolean) {
    this.#written = region;
    this.#ignore = ignore;
    this.#where = `${region.place}, region ${number}`;
    this.#opcodes = new Map(
      [...region.opcodes].flatMap(([name, value]) => {
        const known = ALIASES[name] ?? name;
        if ((SUPPORTED as readonly string[]).includes(known)) return [[known, value] as const];
        if (WITHOUT_SOUND.test(name) || this.#isIgnored(name)) return [];
        throw this.#unsupported(name, value.place);
      }),
    );
  }

  /** The region; `undefined` for one that is silent by what it says. */
  read(folder: string): Region | undefined {
    const file = this.#opcodes.get('sample')?.value;
    const last = this.#number('end', Number.POSITIVE_INFINITY);
    if (file === undefined || last < 0) return undefined;
    if (file.startsWith('*')) throw this.#invalid('sample', 'a sound file');
    const trigger = this.#opcodes.get('trigger')?.value ?? 'attack';
    if (trigger !== 'attack' && this.#isIgnored('trigger')) return undefined;
    this.#choice('trigger', ['attack']);
    this.#choice('fil_type', ['lpf_2p']);
    const path = folder + (this.#written.defaultPath + file).replaceAll('\\', '/');
    const key = this.#key('key', undefined);
    const loopMode = this.#choice('loop_mode', Object.keys(LOOP_MODES));
    const hasLoop = this.#opcodes.has('loop_start') || this.#opcodes.has('loop_end');
    const loopEnd = this.#number('loop_end', Number.POSITIVE_INFINITY);
    const start = this.#number('offset', 0);
    const region: Region = {
      ...plainRegion(this.#where, { path }),
      keys: [this.#key('lokey', key ?? 0)!, this.#key('hikey', key ?? 127)!],
      velocities: [this.#number('lovel', 0, 0, 127), this.#number('hivel', 127, 0, 127)],
      root: this.#key('pitch_keycenter', key ?? 60)!,
      keyTrack: this.#number('pitch_keytrack', 100) / 100,
      tune: this.#number('transpose', 0) + this.#number('tune', 0) / 100,
      volume: this.#number('volume', 0) + 20 * Math.log10(this.#number('amplitude', 100, 0, 1000) / 100),
      pan: this.#number('pan', 0, -100, 100) / 100,
      velocityTrack: this.#number('amp_veltrack', 100, -100, 100) / 100,
      velocityPower: 2,
      start,
      end: last === Number.POSITIVE_INFINITY ? undefined : last + 1,
      repetition: loopMode === undefined ? (hasLoop ? 'forever' : 'none') : LOOP_MODES[loopMode]!,
      loop: hasLoop
        ? [this.#number('loop_start', start), loopEnd === Number.POSITIVE_INFINITY ? undefined : loopEnd + 1]
        : undefined,
      isReversed: this.#choice('direction', ['forward', 'reverse']) === 'reverse',
      attack: this.#number('ampeg_attack', 0.001, 0, 100),
      hold: this.#number('ampeg_hold', 0, 0, 100),
      decay: this.#number('ampeg_decay', 0, 0, 100),
      sustain: this.#number('ampeg_sustain', 100, 0, 100) / 100,
      release: this.#number('ampeg_release', 0.001, 0, 100),
      cutoff: this.#opcodes.has('cutoff') ? this.#number('cutoff', 18_000, 0, 100_000) : undefined,
      resonance: this.#number('resonance', 0, 0, 40),
      turn: [this.#number('seq_position', 1, 1, 100), this.#number('seq_length', 1, 1, 100)],
      chance: [this.#number('lorand', 0, 0, 1), this.#number('hirand', 1, 0, 1)],
    };
    checkFrames(region);
    return region;
  }

  #isIgnored(name: string): boolean {
    return typeof this.#ignore === 'boolean' ? this.#ignore : this.#ignore.includes(name);
  }

  #number(
    name: Opcode,
    initial: number,
    low = Number.NEGATIVE_INFINITY,
    high = Number.POSITIVE_INFINITY,
  ): number {
    const text = this.#opcodes.get(name)?.value;
    if (text === undefined) return initial;
    const value = Number(text);
    if (text !== '' && Number.isFinite(value) && value >= low && value <= high) return value;
    const range = low > Number.NEGATIVE_INFINITY ? ` from ${low} to ${high}` : '';
    throw this.#invalid(name, `a number${range}`);
  }

  #key(name: Opcode, initial: number | undefined): number | undefined {
    const text = this.#opcodes.get(name)?.value;
    if (text === undefined) return initial;
    const isNumber = /^-?\d+$/.test(text);
    if (!isNumber && !/^[A-Ga-g][#b]?-?\d+$/.test(text))
      throw this.#invalid(name, 'a MIDI note number or a name such as c#4');
    // The middle C of the format is C4.
    return (isNumber ? Number(text) : readPitch(text)) + this.#written.keyOffset;
  }

  #choice(name: Opcode, choices: readonly string[]): string | undefined {
    const value = this.#opcodes.get(name)?.value;
    if (value === undefined || choices.includes(value)) return value;
    throw this.#invalid(name, `one of ${choices.join(', ')}`);
  }

  #invalid(name: Opcode, wanted: string): SuperColliderError {
    const { value, place } = this.#opcodes.get(name)!;
    return new SuperColliderError(
      'invalid-file',
      `${place}: ${name}=${value} of the region at ${this.#where} is not supported. It is ${wanted}.`,
    );
  }

  #unsupported(name: string, place: string): SuperColliderError {
    const near = nearest(name, SUPPORTED);
    return new SuperColliderError(
      'invalid-file',
      `${place}: the opcode ${name} of the region at ${this.#where} is not supported.` +
        `${near === undefined ? '' : ` Did you mean ${near}?`} Play it without: useSampler(file, { ignore: ['${name}'] }), ` +
        `or ignore: true for all such opcodes. Supported are: ${SUPPORTED.join(', ')}.`,
    );
  }
}
