import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, inject, test } from 'vitest';
import { isAlive, temporaryFolder } from '../engine/native/programs.js';
import { peak, readSound } from '../listen/listen.js';
import { cli, composition, piece } from './cli.js';

/** The events of `--json` up to the first of a kind. */
function eventsUntil(running: ReturnType<typeof cli>, kind: string) {
  // biome-ignore lint/suspicious/noExplicitAny: JSON is anything.
  return new Promise<any[]>((resolve, reject) => {
    const events: { event: string }[] = [];
    createInterface({ input: running.stdout }).on('line', (line) => {
      events.push(JSON.parse(line));
      if (events.at(-1)!.event === kind) resolve(events);
    });
    void running.then(({ stderr }) => reject(new Error(`It ended before "${kind}": ${stderr}`)));
  });
}

const long = '<Synth def="sonic-pi-beep" note={60} amp={0.1} sustain={3600} />';

test('it prints the engine, the tree and the messages of each commit, and records', async () => {
  const take = join(temporaryFolder(), 'take.wav');
  const file = piece(`<Group name="voices">${long}</Group>`);
  const { exitCode, stdout } = await cli([
    'play',
    file,
    '--engine',
    'embedded',
    '--duration',
    '0.5',
    '--print-osc',
    '--record',
    take,
  ]);
  expect(exitCode).toBe(0);
  const lines = stdout.split('\n');
  expect(lines[0]).toMatch(/^embedded scsynth .*· 48000 Hz · 2 out/);
  expect(lines.slice(1)).toEqual([
    'the embedded engine, as asked for',
    'commit 1 · at 0.000 s · 2 messages',
    '  /g_new 1000 1 1',
    '  /s_new sonic-pi-beep 1001 1 1000 note 60 amp 0.1 sustain 3600',
    'piece.tsx · 1 group, 1 synth · first bundle 2 messages',
    '  1000 group "voices"',
    '    1001 sonic-pi-beep  note 60  amp 0.1  sustain 3600',
    expect.stringMatching(/^commit 2 · at 0\.[45]\d\d s · 1 message$/),
    '  /n_free 1000',
    `recorded ${take}`,
  ]);
  const sound = readSound(take);
  expect(peak(sound)).toBeGreaterThan(0.05);
  expect(peak(sound)).toBeLessThan(0.95);
});

test('--json prints an event a line', async () => {
  const { stdout } = await cli(['play', piece(long), '--engine', 'embedded', '--duration', '0.2', '--json']);
  const events = stdout.split('\n').map((line) => JSON.parse(line));
  expect(events.map(({ event }) => event)).toEqual(['engine', 'commit', 'ready', 'commit', 'exit']);
  expect(events[1]).toMatchObject({
    number: 1,
    messages: ['/s_new sonic-pi-beep 1000 1 1 note 60 amp 0.1 sustain 3600'],
  });
});

test.each([
  '.tsx',
  '.jsx',
  '.js',
  '.ts',
  '.mjs',
])('a composition may be a %s file, and there is one React', async (extension) => {
  const file = composition(
    "import { createElement, useState } from 'react';\nimport { Synth, useBus } from 'react-collider';\nexport default function Piece() {\n  useState(0);\n  const bus = useBus();\n  return createElement(Synth, { def: 'sonic-pi-beep', out_bus: bus });\n}\n",
    `piece${extension}`,
  );
  const { exitCode, stdout, stderr } = await cli([
    'play',
    file,
    '--engine',
    'embedded',
    '--duration',
    '0.1',
    '--print-osc',
  ]);
  expect(stderr).toBe('');
  expect(stdout).toContain('/s_new sonic-pi-beep 1000 1 1 out_bus 4');
  expect(exitCode).toBe(0);
});

test('there is one React also where the project of the composition has its own, and its own react-collider', async () => {
  const file = composition(
    "import { useState } from 'react';\nimport { Synth } from 'react-collider';\nimport { sine } from 'react-collider/library';\nexport default function Piece() {\n  const [freq] = useState(330);\n  return <Synth def={sine} freq={freq} />;\n}\n",
  );
  for (const name of ['react', 'react-collider']) {
    const folder = join(dirname(file), 'node_modules', name);
    mkdirSync(folder, { recursive: true });
    const exports = { '.': './index.js', './jsx-runtime': './index.js', './library': './index.js' };
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name, version: '99.0.0', type: 'module', exports }),
    );
    writeFileSync(join(folder, 'index.js'), `throw new Error('${name} of the project was loaded');\n`);
  }
  const { stderr, stdout } = await cli([
    'play',
    file,
    '--engine',
    'embedded',
    '--duration',
    '0.1',
    '--print-osc',
  ]);
  expect(stderr).toBe('');
  expect(stdout).toContain('/s_new sine 1000 1 1 freq 330');
});

describe.each(inject('missing').length === 0 ? ['scsynth', 'embedded'] : ['embedded'])('on %s', (engine) => {
  /** A piece that plays until it is ended; resolves when its first commit was sent. */
  async function playing() {
    const running = cli(['play', piece(long), '--engine', engine, '--json']);
    const events = await eventsUntil(running, 'ready');
    return { running, server: events[0].pid as number | undefined };
  }

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 143],
  ] as const)('%s releases, quits and leaves no server', async (signal, code) => {
    const { running, server } = await playing();
    running.kill(signal);
    expect((await running).exitCode).toBe(code);
    if (server !== undefined) expect(isAlive(server)).toBe(false);
  });

  test('SIGKILL, which nobody can catch, leaves no server either', async () => {
    const { running, server } = await playing();
    running.kill('SIGKILL');
    await running;
    if (server === undefined) return;
    while (isAlive(server)) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  test('an uncaught exception leaves no server', async () => {
    const file = composition(
      "import { useEffect } from 'react';\nexport default function Piece() {\n  useEffect(() => void setTimeout(() => Promise.reject(new Error('dropped')), 100), []);\n  return null;\n}\n",
    );
    const { exitCode, stdout } = await cli(['play', file, '--engine', engine, '--json']);
    const events = stdout.split('\n').map((line) => JSON.parse(line));
    expect(events.at(-2)).toMatchObject({ event: 'error', message: 'dropped', exitCode: 3 });
    expect(events.at(-1)).toEqual({ event: 'exit', exitCode: 3 });
    expect(exitCode).toBe(3);
    const pid = events[0].pid;
    if (pid !== undefined) expect(isAlive(pid)).toBe(false);
  });
});

test.runIf(inject('missing').length === 0)(
  'when the server dies, the piece ends with its last words',
  async () => {
    const running = cli(['play', piece(long), '--engine', 'scsynth', '--json']);
    const error = eventsUntil(running, 'error');
    const [engine] = await eventsUntil(running, 'ready');
    process.kill(engine.pid, 'SIGKILL');
    expect((await error).find(({ event }) => event === 'error').message).toMatch(
      /^The engine is gone \(SIGKILL\)\. Its last words: ".*server ready/,
    );
    expect((await running).exitCode).toBe(4);
  },
);

test.runIf(inject('missing').length === 0)('scsynth records on its side', async () => {
  const take = join(temporaryFolder(), 'take.wav');
  const { exitCode } = await cli([
    'play',
    piece(long),
    '--engine',
    'scsynth',
    '--duration',
    '0.5',
    '--record',
    take,
  ]);
  expect(exitCode).toBe(0);
  expect(existsSync(take)).toBe(true);
  expect(peak(readSound(take))).toBeGreaterThan(0.05);
});

test.each([
  ['--plain', /^Output 1 peaks 6\.0 dB above full scale after \d+\.\d s: it is clipped/m],
  ['--json', /\{"event":"clipping","output":1,"decibels":6\.0/],
])('what is too loud is said once, with %s', async (flag, said) => {
  const loud = composition(
    `import { Synth } from 'react-collider';
import { Out, SinOsc, synthDef } from 'react-collider/synthdef';
const loud = synthDef('loud', {}, () => { Out.ar(0, SinOsc.ar(440).mul(2)); });
export default () => <Synth def={loud} />;`,
    'loud.tsx',
  );
  const running = cli(['play', loud, '--engine', 'embedded', '--device', 'none', flag]);
  await new Promise<void>((resolve) => {
    let printed = '';
    running.all.on('data', (text) => {
      printed += text;
      if (said.test(printed)) resolve();
    });
  });
  // Levels are read several times in this time: the second would print it again.
  setTimeout(() => running.kill('SIGINT'), 700);
  const { all } = await running;
  expect(all.match(new RegExp(said, 'gm'))).toHaveLength(1);
});

test.each([
  ['--plain', 'The previous sound keeps playing.'],
  ['--json', '"event":"error"'],
])('a render that fails later ends nothing with %s; the exit code tells at the end', async (option, said) => {
  const take = join(temporaryFolder(), 'take.wav');
  const file = composition(`
import { useEffect, useState } from 'react';
import { Synth } from 'react-collider';
export default function Piece() {
  const [step, setStep] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setStep(1), 100);
    return () => clearTimeout(timer);
  }, []);
  return <><Synth def="sine" />{step > 0 && <Broken />}</>;
}
function Broken() {
  const [count, setCount] = useState(0);
  if (count > 0) useState(0);
  useEffect(() => setCount(1), []);
  return null;
}
`);
  const { exitCode, stdout, stderr } = await cli([
    'play',
    file,
    '--engine',
    'embedded',
    '--duration',
    '1',
    '--record',
    take,
    option,
  ]);
  expect(exitCode).toBe(3);
  expect(stdout + stderr).toContain('You are likely calling Hooks conditionally');
  expect(stdout + stderr).toContain(said);
  const { samples, sampleRate } = soundIn(take);
  // It fails 0.1 s after the start. On a busy machine the engine renders less than its second.
  expect(samples / sampleRate).toBeGreaterThan(0.3);
});

/** How long a recording is, by its sound: frames until the last that is louder than a hundredth. */
function soundIn(path: string): { readonly samples: number; readonly sampleRate: number } {
  const { channels, sampleRate } = readSound(path);
  return { samples: channels[0]!.findLastIndex((sample) => Math.abs(sample) > 0.01), sampleRate };
}
