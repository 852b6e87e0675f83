import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../engine/native/programs.js';
import { peak, readSound } from '../listen/listen.js';
import { engines } from '../setup/servers.js';
import { cli, composition, main } from './cli.js';

const folder = temporaryFolder();
const out = (name: string) => join(folder, name);

const melody = composition(`
import { Group, Note, Pattern, Transport } from 'react-collider';
export default function Melody() {
  return (
    <Transport bpm={120}>
      <Group name="lead">
        <Pattern values={[60, 64, 67, 72]} every={0.5}>
          {(pitch) => <Note def="sonic-pi-beep" pitch={pitch} amp={0.2} sustain={0.1} release={0.05} />}
        </Pattern>
      </Group>
    </Transport>
  );
}
`);

test('renders to a file and says so, on whatever engine there is', async () => {
  const path = out('melody.wav');
  const { stdout, stderr, exitCode } = await cli(['render', melody, '-o', path, '--duration', '2']);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  const [engine, file] = stdout.split('\n');
  expect(engine).toBe(
    engines.includes('scsynth') ? 'scsynth, 48000 Hz, 2 out' : 'embedded scsynth, 48000 Hz, 2 out',
  );
  expect(file).toMatch(/^melody\.wav · 2\.00 s, rendered in \d+\.\d\d s$/);
  expect(peak(readSound(path))).toBeGreaterThan(0.1);
});

test('renders stems, pictures and the score beside it', async () => {
  const args = ['--engine', 'embedded', '--until-silent', '--stems', '--sample-rate', '44100'];
  const pictures = ['--waveform', out('w.png'), '--spectrogram', out('s.png'), '--piano-roll', out('p.png')];
  const { stdout, exitCode } = await cli([
    'render',
    melody,
    '-o',
    out('parts.wav'),
    ...args,
    ...pictures,
    '--score',
    out('score.json'),
    '--json',
  ]);
  expect(exitCode).toBe(0);
  const events = stdout.split('\n').map((line) => JSON.parse(line));
  expect(events.find(({ event }) => event === 'rendered')).toMatchObject({
    engine: 'embedded scsynth, 44100 Hz, 2 out',
    files: [{ path: out('parts.wav') }, { path: out('parts-lead.wav'), stem: 'lead' }],
  });
  expect(readSound(out('parts-lead.wav')).sampleRate).toBe(44_100);
  for (const picture of ['w.png', 'w-lead.png', 's.png', 's-lead.png', 'p.png']) {
    expect(decode(readFileSync(out(picture)))).toMatchObject({ width: 1600, height: 400 });
  }
  const score = JSON.parse(readFileSync(out('score.json'), 'utf8'));
  const notes = score.bundles.flatMap(({ time, messages }: { time: number; messages: unknown[][] }) =>
    messages.filter(([address, def]) => address === '/s_new' && def === 'sonic-pi-beep').map(() => time),
  );
  expect(notes).toEqual([0, 0.25, 0.5, 0.75]);
});

test.each([
  [['-o', 'x.wav'], 2, /How long\? Say --duration SECONDS, or --until-silent/],
  [['-o', 'x.wav', '--duration', '-3'], 2, /'-3' is invalid. It is a number of seconds over 0/],
  [['--duration', '3'], 2, /required option '-o, --output <file>' not specified/],
  [['-o', 'x.wav', '--duration', '3', '--until-silent'], 2, /cannot be used with/],
  [
    ['-o', 'x.wav', '--duration', '3', '--channels', '0'],
    2,
    /It is a whole number \(channels\) from 1 to 128/,
  ],
  [['-o', '/nowhere/x.wav', '--duration', '3'], 5, /\/nowhere\/x\.wav cannot be written/],
  [
    ['-o', out('x.flac'), '--duration', '3', '--engine', 'embedded'],
    5,
    /x\.flac cannot be written: the embedded/,
  ],
  [['-o', out('x.mp3'), '--duration', '3'], 5, /no files that end in \.mp3\. It writes wav, /],
  [['-o', out('x.wav'), '--duration', '1', '--waveform', '/nowhere/w.png'], 5, /\/nowhere\/w\.png cannot be/],
  [
    ['-o', out('x.wav'), '--duration', '1', '--engine', 'scsynth', '--scsynth', '/nowhere'],
    4,
    /not at \/nowhere/,
  ],
])('render FILE %j ends with exit code %d and the reason', async (args, exitCode, reason) => {
  const result = await cli(['render', melody, ...args]);
  expect(result.stderr).toMatch(reason);
  expect(result.exitCode).toBe(exitCode);
});

test('a piece without an end is refused with a reason', async () => {
  const endless = composition(
    `import { Loop, Synth } from 'react-collider';
export default () => <Loop beats={1}><Synth def="sonic-pi-beep" /></Loop>;`,
    'endless.tsx',
  );
  const { stderr, exitCode } = await cli(['render', endless, '-o', out('e.wav'), '--until-silent']);
  expect(stderr).toContain('The piece goes on after 3600 s');
  expect(exitCode).toBe(3);
  expect(existsSync(out('e.wav'))).toBe(false);
});

test('a piece that stands still, as one of timers does, is rendered with a note that says why', async () => {
  const still = composition(
    `import { useEffect, useState } from 'react';
import { Synth } from 'react-collider';
export default function Still() {
  const [note, setNote] = useState(60);
  useEffect(() => {
    const timer = setInterval(() => setNote((now) => now + 1), 1);
    return () => clearInterval(timer);
  }, []);
  return <Synth def="sonic-pi-beep" note={note} sustain={5} />;
}`,
    'still.tsx',
  );
  const { stdout, exitCode } = await cli(['render', still, '-o', out('still.wav'), '--duration', '2']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain(
    'Note: nothing happens after the beginning. Timers (setTimeout, setInterval) do not run',
  );
});

test('Ctrl-C gives up and leaves no file', async () => {
  const path = out('long.wav');
  const child = execa(
    process.execPath,
    [main, 'render', melody, '-o', path, '--duration', '20000', '--json', '--engine', 'embedded'],
    {
      reject: false,
    },
  );
  // The piece is over at once; the engine has hours of silence to compute.
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  const { exitCode } = await child;
  expect(exitCode).toBe(130);
  expect(existsSync(path)).toBe(false);
});

test.each([
  [
    'float',
    /^Note: loud-float\.wav peaks 6\.0 dB above full scale, at 0\.\d\d s on channel 1: it will be clipped/m,
  ],
  [
    'int16',
    /^Note: loud-int16\.wav is clipped, first at 0\.0\d s on channel 1\. Turn it down; --sample-format float/m,
  ],
])('what is too loud is said, of a file of %s', async (format, note) => {
  const loud = composition(
    `import { Synth } from 'react-collider';
import { Out, SinOsc, synthDef } from 'react-collider/synthdef';
const loud = synthDef('loud', {}, () => { Out.ar(0, SinOsc.ar(440).mul(2)); });
export default () => <Synth def={loud} />;`,
    'loud.tsx',
  );
  const path = out(`loud-${format}.wav`);
  const args = [
    'render',
    loud,
    '-o',
    path,
    '--duration',
    '0.5',
    '--engine',
    'embedded',
    '--sample-format',
    format,
  ];
  const { stdout, exitCode } = await cli(args);
  expect(stdout).toMatch(note);
  expect(exitCode).toBe(0);
  const quiet = await cli(['render', melody, '-o', path, '--duration', '0.5', '--engine', 'embedded']);
  expect(quiet.stdout).not.toContain('Note:');
});
