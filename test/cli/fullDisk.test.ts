/** Disks that are full, for everything that the command line writes: exit code 5, with the file and the reason. */

import { existsSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../engine/native/programs.js';
import { limit, serverOnFullDisk } from '../setup/fullDisk.js';
import { engines } from '../setup/servers.js';
import { cli, composition, main, piece } from './cli.js';

const folder = temporaryFolder();
const out = (name: string) => join(folder, name);

const long = piece('<Group name="a"><Synth def="sonic-pi-beep" sustain={60} /></Group>');

/** The command line, of which no file grows beyond so many bytes. */
const onFullDisk = (bytes: number, args: readonly string[]) =>
  execa('sh', ['-c', `${limit(bytes)} exec "$0" "$@"`, process.execPath, main, ...args], {
    reject: false,
    timeout: 60_000,
  });

const render = ['render', long, '--engine', 'embedded', '--duration', '1'];

test.each(engines.filter((engine) => engine !== 'embedded'))('render on %s', async (engine) => {
  const path = out(`${engine}.wav`);
  const server = [`--${engine}`, serverOnFullDisk(engine, 8_400_896)];
  const args = ['render', long, '-o', path, '--engine', engine, ...server, '--duration', '30'];
  const { exitCode, stdout, stderr } = await cli(args);
  expect(stderr).toMatch(/\.wav cannot be written to its end: 1,0\d\d,\d\d\d of 1,440,000 frames are there/);
  expect([exitCode, stdout]).toEqual([5, '']);
  expect(existsSync(path)).toBe(false);
});

test.runIf(engines.includes('scsynth'))('render on a server that may not write so much', async () => {
  const args = ['-o', out('limited.wav'), '--engine', 'scsynth', '--duration', '5'];
  const { exitCode, stderr } = await onFullDisk(100_352, ['render', long, ...args]);
  expect(stderr).toContain('limited.wav grew larger than files may be here. See what ulimit -f says.');
  expect(exitCode).toBe(5);
  expect(existsSync(out('limited.wav'))).toBe(false);
});

test('render and play on the embedded engine, whose last write is a part', async () => {
  // What is to be written is not written in whole pieces: the last one has room for a part.
  for (const bytes of [100_352, 383_488]) {
    const { exitCode, stderr } = await onFullDisk(bytes, [...render, '-o', out('e.wav')]);
    expect(stderr).toMatch(/e\.wav cannot be written: EFBIG/);
    expect(exitCode).toBe(5);
    expect(existsSync(out('e.wav'))).toBe(false);
  }
  const play = ['play', long, '--engine', 'embedded', '--device', 'none', '--duration', '1'];
  const { exitCode, stderr } = await onFullDisk(100_352, [...play, '--record', out('r.wav')]);
  expect(stderr).toContain(`The recording ${out('r.wav')} failed: EFBIG`);
  // A frame is for the user's files, and never shows ours.
  expect(stderr).not.toMatch(/^>? *\d+ \|/m);
  expect(exitCode).toBe(5);
});

describe('/dev/full stays, and', () => {
  // Files of a folder that are all on a full disk.
  const full = (name: string): string => {
    const path = join(temporaryFolder(), name);
    symlinkSync('/dev/full', path);
    return path;
  };

  test.each([
    ['the waveform', ['--waveform', full('w.png')]],
    ['the spectrogram', ['--spectrogram', full('s.png')]],
    ['the piano roll', ['--piano-roll', full('p.png')]],
    ['the score', ['--score', full('s.osc')]],
    ['the score as JSON', ['--score', full('s.json')]],
  ])('%s of a rendering ends it', async (_, picture) => {
    const { exitCode, stderr } = await cli([...render, '-o', out('whole.wav'), ...picture]);
    expect(stderr).toContain(`${picture[1]} cannot be written: ENOSPC`);
    expect(exitCode).toBe(5);
    expect(existsSync('/dev/full')).toBe(true);
  });

  test('definitions and their pictures', async () => {
    const defs = composition(
      "import { Out, SinOsc, synthDef } from 'react-collider/synthdef';\nexport const ping = synthDef('ping', {}, () => { Out.ar(0, SinOsc.ar(440)); });\n",
      'voices.ts',
    );
    const picture = full('ping.svg');
    const drawn = await cli(['synthdef', defs, '--svg', picture]);
    expect(drawn.stderr).toContain(`${picture} cannot be written: ENOSPC`);
    const written = full('ping.scsyndef');
    const compiled = await cli(['synthdef', defs, '-o', join(written, '..')]);
    expect(compiled.stderr).toContain(`${written} cannot be written: ENOSPC`);
    const nowhere = await cli(['synthdef', defs, '-o', '/dev/full/x']);
    expect(nowhere.stderr).toContain('cannot be written: ENOTDIR');
    expect([drawn, compiled, nowhere].map(({ exitCode }) => exitCode)).toEqual([5, 5, 5]);
  });

  test('what is printed', async () => {
    const { exitCode, stderr } = await execa(
      'sh',
      ['-c', `"$0" "$1" doctor > /dev/full`, process.execPath, main],
      {
        reject: false,
      },
    );
    expect(stderr).toContain('Error: The output cannot be written: ENOSPC');
    expect(exitCode).toBe(5);
  });
});

test('a new project', async () => {
  const path = out('project');
  const { exitCode, stderr, stdout } = await onFullDisk(512, ['new', path]);
  expect(stderr).toMatch(/Error: .*package\.json cannot be written: EFBIG/);
  expect([exitCode, stdout]).toEqual([5, '']);
  expect(readdirSync(path)).toEqual([]);
});
