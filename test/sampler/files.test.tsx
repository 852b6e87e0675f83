/** Samplers from files: `.sfz` and folders. */

import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ReactNode } from 'react';
import { describe, expect, test } from 'vitest';
import { At, Note } from '../../src/index.js';
import { regionsOfFolder } from '../../src/sampler/folder.js';
import { type SamplerOptions, useSampler } from '../../src/sampler/index.js';
import { regionsOfSfz } from '../../src/sampler/sfz.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { listen, peakOf, pitchOf, toneFile } from './samples.js';

function Play({
  files,
  options,
  children,
}: {
  readonly files: string | URL;
  readonly options?: SamplerOptions;
  readonly children: (sampler: ReturnType<typeof useSampler>) => ReactNode;
}): ReactNode {
  return children(useSampler(files, options));
}

/** The regions of one text. */
const read = (text: string, ignore?: readonly string[] | boolean, others: Record<string, string> = {}) =>
  regionsOfSfz(
    'piano/piano.sfz',
    async (path) => (path === 'piano/piano.sfz' ? text : others[path]!),
    ignore,
  );

describe('.sfz', () => {
  test('headers hand their opcodes down, in comments, includes and definitions', async () => {
    const regions = await read(
      `// A piano
<control> default_path=samples\\ note_offset=12
#define $SOFT 63
<global> ampeg_release=0.5 /* for all
of them */ pan=-50
<group> lovel=0 hivel=$SOFT volume=-6
#include "low.sfz"
<group> lovel=64
<region> sample=Loud Piano C4.wav key=c4 tune=-10 pan=25
`,
      [],
      { 'piano/low.sfz': '<region> sample=low.wav lokey=a#2 hikey=50 pitch_keycenter=48\n' },
    );
    expect(regions).toMatchObject([
      {
        where: 'low.sfz:1, region 1',
        sample: { path: 'piano/samples/low.wav' },
        keys: [58, 62],
        root: 60,
        velocities: [0, 63],
        volume: -6,
        pan: -0.5,
        release: 0.5,
      },
      {
        where: 'piano.sfz:9, region 2',
        sample: { path: 'piano/samples/Loud Piano C4.wav' },
        keys: [72, 72],
        root: 72,
        velocities: [64, 127],
        tune: -0.1,
        volume: 0,
        pan: 0.25,
        release: 0.5,
      },
    ]);
  });

  test('parts, loops, envelopes, turns and chance', async () => {
    const [first, second, third] = await read(`
<region> sample=a.wav offset=10 end=99 loop_mode=loop_sustain loop_start=20 loop_end=39 cutoff=800 resonance=3
  ampeg_attack=0.1 ampeg_hold=0.2 ampeg_decay=0.3 ampeg_sustain=40 seq_length=3 seq_position=2 amp_veltrack=50
<region> sample=b.wav loopmode=one_shot direction=reverse lorand=0.5 hirand=0.9 pitch_keytrack=0 transpose=-12 amplitude=50
<region> sample=c.wav loop_start=5
<region> sample=silent.wav end=-1`);
    expect(first).toMatchObject({
      ...{ start: 10, end: 100, loop: [20, 40], repetition: 'sustain', cutoff: 800, resonance: 3 },
      ...{ attack: 0.1, hold: 0.2, decay: 0.3, sustain: 0.4, turn: [2, 3], velocityTrack: 0.5 },
    });
    expect(second).toMatchObject({
      repetition: 'once',
      isReversed: true,
      chance: [0.5, 0.9],
      keyTrack: 0,
      tune: -12,
    });
    expect(second!.volume).toBeCloseTo(-6.02, 2);
    expect(third).toMatchObject({ repetition: 'forever', loop: [5, undefined] });
  });

  test.each<[string, string, RegExp]>([
    [
      'an opcode',
      '<region>\nsample=a.wav\nfileg_depth=3',
      /^piano.sfz:3: the opcode fileg_depth of the region at piano.sfz:1, region 1 is not supported.*ignore: \['fileg_depth'\]/,
    ],
    ['a spelling', '<region> sample=a.wav ampeg_relese=3', /Did you mean ampeg_release\?/],
    [
      'a number',
      '<group> volume=loud\n<region> sample=a.wav',
      /^piano.sfz:1: volume=loud of the region at piano.sfz:2, region 1 is not supported. It is a number/,
    ],
    ['a range', '<region> sample=a.wav hivel=128', /hivel=128 .* It is a number from 0 to 127/],
    ['a key', '<region> sample=a.wav key=h3', /key=h3 .* a MIDI note number or a name such as c#4/],
    [
      'a mode',
      '<region> sample=a.wav loop_mode=pingpong',
      /It is one of no_loop, one_shot, loop_continuous, loop_sustain/,
    ],
    ['a trigger', '<region> sample=a.wav trigger=release', /trigger=release .* It is one of attack/],
    ['a generator', '<region> sample=*sine', /sample=\*sine .* It is a sound file/],
    [
      'a header',
      '<curve> v000=1',
      /^piano.sfz:1: the header <curve> is not supported. The headers are control, global/,
    ],
    ['no header', 'volume=3', /^piano.sfz:1: the opcode volume stands before the first header/],
    [
      'text',
      '<region> sample=a.wav\nhello',
      /^piano.sfz:2: "hello" is neither a <header> nor an opcode=value/,
    ],
    ['frames', '<region> sample=a.wav offset=9 end=3', /piano.sfz:1, region 1 goes from frame 9 to 4/],
    ['nothing', '<group> volume=3', /"piano\/piano.sfz" has no region that sounds/],
    ['a circle', '#include "piano.sfz"', /"piano\/piano.sfz" is included within itself/],
  ])('%s that is wrong is told with its place', async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  test('what is to be passed over is passed over', async () => {
    const text = `<control> set_cc1=0 label_cc1=Vibrato
<group> group_label=Soft cutoff_oncc74=2400
<region> sample=a.wav fileg_depth=3
<region> sample=b.wav trigger=release`;
    expect(await read(text, ['fileg_depth', 'trigger'])).toHaveLength(1);
    expect(await read(text, true)).toHaveLength(1);
    await expect(read(text, ['trigger'])).rejects.toThrow(/fileg_depth/);
  });

  test('a file plays, by its path and by a URL; velocity is squared', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'samples'));
    toneFile(join(folder, 'samples/a 3.wav'), [220]);
    const path = join(folder, 'tone.sfz');
    writeFileSync(path, '<region> sample=samples/a 3.wav pitch_keycenter=57\n');
    const sound = await listen(
      [path, pathToFileURL(path)].map((files, index) => (
        <At key={String(files)} beat={index * 0.5} length={0.4}>
          <Play files={files}>
            {(piano) => <Note def={piano} pitch="A4" velocity={index === 0 ? 1 : 0.5} />}
          </Play>
        </At>
      )),
      1,
    );
    expect(pitchOf(sound, 0.05, 0.2)).toBeCloseTo(440, -1);
    expect(peakOf(sound, 0.05, 0.2) / peakOf(sound, 0.55, 0.7)).toBeCloseTo(4, 1);
  });

  test('a file that is not there, and one whose sample is not there', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'tone.sfz');
    const piece = <Play files={path}>{(piano) => <Note def={piano} />}</Play>;
    await expect(listen(piece, 0.1)).rejects.toThrow(/tone.sfz" could not be read: ENOENT/);
    writeFileSync(path, '\n<region> sample=gone.wav\n');
    await expect(listen(piece, 0.1)).rejects.toThrow(/tone.sfz:2, region 1: .*gone.wav" could not be loaded/);
  });
});

describe('a folder', () => {
  test('notes, layers and turns are in the names', () => {
    const regions = regionsOfFolder('kit/', [
      'piano-C3-v1.wav', 'piano-C3-v2.wav', 'piano_F#4_v1.flac', 'Cello Bb4 b.wav', 'Cello Bb4 a.wav', 'notes.txt', '72.wav',
    ]); // biome-ignore format: names
    const facts = regions.map(({ sample, root, velocities, turn }) => [
      (sample as { path: string }).path,
      root,
      velocities,
      turn,
    ]);
    expect(facts.sort()).toEqual([
      ['kit/72.wav', 72, [0, 127], [1, 1]],
      ['kit/Cello Bb4 a.wav', 70, [0, 127], [1, 2]],
      ['kit/Cello Bb4 b.wav', 70, [0, 127], [2, 2]],
      ['kit/piano-C3-v1.wav', 48, [0, 63], [1, 1]],
      ['kit/piano-C3-v2.wav', 48, [64, 127], [1, 1]],
      ['kit/piano_F#4_v1.flac', 66, [0, 127], [1, 1]],
    ]);
  });

  test.each<[string, readonly string[], RegExp]>([
    ['no sounds', ['a.txt'], /the folder "kit" has no sound file among its 1 files/],
    ['no notes', ['kick.wav', 'snare2.wav'], /no sound file with a note in its name: kick.wav, snare2.wav/],
  ])('%s', (_, names, message) => {
    expect(() => regionsOfFolder('kit', names)).toThrow(message);
  });

  test('it plays', async () => {
    const folder = temporaryFolder();
    copyFileSync(toneFile(join(temporaryFolder(), 'tone.wav'), [440]), join(folder, 'tone-A4.wav'));
    const sound = await listen(<Play files={folder}>{(tone) => <Note def={tone} pitch="A4" />}</Play>, 0.3);
    expect(pitchOf(sound, 0.05, 0.25)).toBeCloseTo(440, -1);
    const none = <Play files={join(folder, 'none')}>{(tone) => <Note def={tone} />}</Play>;
    await expect(listen(none, 0.1)).rejects.toThrow(/the folder ".*none" could not be read: ENOENT/);
  });
});
