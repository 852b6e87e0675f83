/** What the screen withstands: other sizes, a thousand nodes, a server that dies, commits without end. */

import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { runningServers } from '../../src/node.js';
import { counting, PieceFolder, synthsOf } from './pieces.js';
import { Terminal } from './terminal.js';

const open: Terminal[] = [];
afterEach(() => {
  for (const terminal of open.splice(0)) terminal.kill();
});

function start(args: readonly string[], options: ConstructorParameters<typeof Terminal>[1]): Terminal {
  const terminal = new Terminal(args, options);
  open.push(terminal);
  return terminal;
}

const play = (folder: PieceFolder, more: readonly string[] = [], size = {}) =>
  start(['play', 'piece.tsx', '--engine', 'embedded', ...more], { cwd: folder.path, ...size });

test('it fills the terminal whatever its size is, and leaves nothing of another size behind', async () => {
  const terminal = play(new PieceFolder(counting));
  await terminal.shows('"voice"');
  for (const [columns, rows] of [
    [60, 14],
    [140, 40],
    [38, 9],
    [100, 30],
  ] as const) {
    terminal.resize(columns, rows);
    await terminal.until((text) => {
      const lines = text.split('\n');
      const rules = lines.filter((line) => line.startsWith('── '));
      return (
        lines[0]!.startsWith('piece.tsx ▶ plays') &&
        lines.at(-1)!.startsWith('space pause') &&
        lines.filter((line) => line.startsWith('space pause')).length === 1 &&
        rules.length === 2 &&
        rules.every((line) => line.length === columns) &&
        lines.every((line) => line.length <= columns)
      );
    }, `a screen of ${columns} columns and ${rows} rows`);
  }
});

const thousand = `
export default function Piece() {
  return (
    <>
      <Witness />
      <Group name="many">
        {Array.from({ length: 1000 }, (_, index) => (
          <Synth key={index} def={tone} name={\`voice \${index}\`} freq={100 + index} amp={0} />
        ))}
      </Group>
    </>
  );
}
`;

test('of a thousand nodes it shows a window, which the arrows, page up, page down, home and end move', async () => {
  const terminal = play(new PieceFolder(thousand), [], { rows: 30 });
  // The title may be there before the rows are: a screen comes in pieces. The first node is the group.
  const window = (title: RegExp) =>
    terminal.until((text) => {
      const [, from, to] = (title.exec(text) ?? []).map(Number);
      if (from === undefined || to === undefined) return undefined;
      const names = [...text.matchAll(/"voice (\d+)"/g)].map(([, index]) => Number(index));
      const first = Math.max(from, 2);
      const isWhole = names.length === to - first + 1 && names.every((name, at) => name === first - 2 + at);
      return isWhole && { from, to };
    }, `${title} with its nodes`);
  const first = await window(/nodes (1) to (\d+) of 1001/);
  expect(first.to).toBeGreaterThan(10);
  terminal.press('\u001B[B\u001B[B\u001B[B');
  await window(/nodes (4) to (\d+) of 1001/);
  terminal.press('\u001B[A');
  await window(/nodes (3) to (\d+) of 1001/);
  terminal.press('\u001B[6~');
  await window(new RegExp(`nodes (${2 + first.to}) to (${1 + 2 * first.to}) of 1001`));
  terminal.press('\u001B[F');
  await window(/nodes (\d+) to (1001) of 1001/);
  terminal.press('\u001B[B');
  terminal.press('\u001B[5~');
  await window(new RegExp(`nodes (\\d+) to (${1001 - first.to + 1}) of 1001`));
  terminal.press('\u001B[H');
  await window(/nodes (1) to (\d+) of 1001/);
});

test.runIf(inject('missing').length === 0)(
  'when the engine dies it says so, and everything comes back',
  async () => {
    const folder = new PieceFolder(counting);
    const terminal = start(['play', 'piece.tsx', '--engine', 'scsynth'], { cwd: folder.path });
    await terminal.shows('"voice"');
    // The words of one life may be there still in the next, or have made way: their times tell them apart.
    const toldLast = (text: string, words: string) =>
      Math.max(
        0,
        ...[...text.matchAll(/([\d.]+) s +(.*)/g)].map(([, at, said]) =>
          said!.includes(words) ? Number(at) : 0,
        ),
      );
    for (let life = 1; life <= 2; life++) {
      const port = Number((await terminal.shows(/127\.0\.0\.1:\d+/)).split(':')[1]);
      const engine = (await runningServers()).find((server) => server.port === port)!;
      const before = toldLast(terminal.text, 'The engine is back.');
      process.kill(engine.pid, 'SIGKILL');
      await terminal.until(
        (text) => toldLast(text, 'The engine is gone (SIGKILL). It is started again.') > before,
        'word that the engine is gone',
      );
      await terminal.until(
        (text) => toldLast(text, 'The engine is back.') > before,
        'word that the engine is back',
      );
      await terminal.shows('▶ plays');
      await folder.until((tree) => synthsOf(tree, 'tone').length === 2);
      await terminal.until((text) => Number(/RMS +(-?[\d.]+) dB/.exec(text)?.[1]) > -30, 'sound');
    }
    terminal.press('q');
    expect(await terminal.ended()).toBe(0);
  },
);

/** A thousand nodes, and two hundred commits a second until there were six hundred. */
const busy = `
function Fast() {
  const [count, setCount] = useState(0);
  useBeat(0.005, ({ index }) => setCount(Math.min(index, 600)));
  if (count === 600) console.log('six hundred commits');
  return <Synth def={tone} name="fast" freq={count} />;
}
export default function Piece() {
  return (
    <>
      <Fast />
      <Group>
        {Array.from({ length: 1000 }, (_, index) => (
          <Synth key={index} def={tone} amp={0} freq={index} paused />
        ))}
      </Group>
    </>
  );
}
`;

// What it costs is measured by `npm run bench -- --only W10`.
describe.runIf(inject('missing').length === 0)('two hundred commits a second on a thousand nodes', () => {
  test.each([
    'play',
    'dev',
  ])('%s draws them together, ends with the last, and hears keys', async (command) => {
    const folder = new PieceFolder(busy);
    const terminal = start([command, 'piece.tsx', '--engine', 'scsynth'], {
      cwd: folder.path,
      columns: 120,
      rows: 40,
    });
    await terminal.until((text) => text.includes('six hundred commits'), 'last commit', 60);
    await terminal.shows('freq 600');
    const frames = terminal.written.split('\u001B[?2026h').length - 1;
    expect(frames).toBeGreaterThan(1);
    expect(frames).toBeLessThan(300);
    terminal.press('?');
    await terminal.shows('panic');
    terminal.press('q');
    expect(await terminal.ended()).toBe(0);
  });
});

describe('in a dev session', () => {
  const steady = (freq: string) => `
export default function Piece() {
  const [count] = useState(() => 7);
  return <Synth def={tone} name="steady" freq={${freq}} step={count} />;
}
`;

  test('an error is shown with the line that it comes from, and is gone with its fix', async () => {
    const folder = new PieceFolder(steady('330'));
    const terminal = start(['dev', 'piece.tsx', '--engine', 'embedded'], { cwd: folder.path });
    await terminal.shows('freq 330  step 7 <Piece>');
    folder.save(steady('350'));
    await terminal.shows('piece.tsx changed · 1 message');
    await terminal.shows('freq 350  step 7 <Piece>');
    folder.save(steady('350 350'));
    await terminal.shows('piece.tsx has a syntax error');
    const frame = await terminal.shows(/^> *\d+ \| .*$/m);
    expect(frame).toContain('freq={350 350}');
    expect(terminal.text).toContain('"steady"');
    folder.save(steady('370'));
    await terminal.shows('freq 370  step 7 <Piece>');
    await terminal.until((text) => !text.includes('syntax error'), 'an end of the error');
    folder.save(steady('undefined!.freq'));
    await terminal.shows('<Piece> threw');
    terminal.press('x');
    await terminal.until((text) => !text.includes('threw'), 'an end of the error');
    expect(terminal.text).toContain('freq 370  step 7');
    // What is wrong when the session ends is read afterwards.
    folder.save(steady('undefined!.gain'));
    await terminal.shows('<Piece> threw');
    terminal.press('\u0003');
    expect(await terminal.ended()).toBe(130);
    await terminal.until(
      (text) => !terminal.isOther && /undefined.*gain/s.test(text),
      'the error after the end',
    );
  });

  test('panic stops it, and r begins it with what was saved meanwhile', async () => {
    const folder = new PieceFolder(steady('330'));
    const terminal = start(['dev', 'piece.tsx', '--engine', 'embedded'], { cwd: folder.path });
    await terminal.shows('freq 330  step 7');
    terminal.press('p');
    await terminal.shows('■ stopped');
    await terminal.shows('0 nodes');
    folder.save(steady('390'));
    terminal.press('r');
    await terminal.shows('freq 390  step 7');
    folder.save(steady('410'));
    await terminal.shows('freq 410  step 7');
    terminal.press('\u0003');
    expect(await terminal.ended()).toBe(130);
  });
});

const releasing = `
import { sine } from 'react-collider/library';
export default function Piece() {
  return <Synth def={sine} name="slow" release={9} />;
}
`;

test('q waits for releases, and a second one does not', async () => {
  const terminal = play(new PieceFolder(releasing));
  await terminal.shows('"slow"  release 9');
  terminal.press('q');
  await terminal.shows('■ ends: what sounds is released');
  const since = performance.now();
  terminal.press('q');
  expect(await terminal.ended()).toBe(0);
  expect(performance.now() - since).toBeLessThan(5000);
  await terminal.until(() => !terminal.isOther, 'the first screen');
});

test('a signal ends it as it does without a screen, and the terminal is given back', async () => {
  const terminal = play(new PieceFolder(counting));
  await terminal.shows('"voice"');
  process.kill(terminal.pid, 'SIGTERM');
  expect(await terminal.ended()).toBe(143);
  await terminal.until(() => !terminal.isOther, 'the first screen');
});

test('ctrl-l draws everything anew over what another program has written', async () => {
  const terminal = play(new PieceFolder(counting));
  await terminal.shows('"voice"');
  terminal.write('\u001B[1;1Hwritten by another program\u001B[2;1Hand more');
  await terminal.shows('written by another program');
  terminal.press('\u000C');
  await terminal.until(
    (text) => !/another|and more/.test(text) && text.startsWith('piece.tsx'),
    'a whole screen',
  );
});

test('Ink renders with the React of the package: there is one', () => {
  const here = createRequire(import.meta.url);
  const ink = createRequire(here.resolve('ink'));
  expect(ink.resolve('react')).toBe(here.resolve('react'));
});

const printing = `
import { existsSync } from 'node:fs';
export default function Piece() {
  useEffect(() => {
    console.log('from the piece: %d', 42);
    console.warn('careful');
    const timer = setInterval(() => {
      if (!existsSync('go')) return;
      clearInterval(timer);
      throw new Error('dropped by a timer');
    }, 20);
  }, []);
  return <Synth def={tone} />;
}
`;

test('what the piece prints is among the messages, and an error that ends it is read afterwards', async () => {
  const folder = new PieceFolder(printing);
  const terminal = play(folder);
  await terminal.shows('from the piece: 42');
  await terminal.shows('careful');
  writeFileSync(join(folder.path, 'go'), '');
  expect(await terminal.ended()).toBe(3);
  await terminal.shows('Error: dropped by a timer');
  expect(terminal.isOther).toBe(false);
});

test.each([
  ['with --plain', ['--plain'], {}],
  ['with --print-osc', ['--print-osc'], {}],
  ['in continuous integration', [], { CI: 'true' }],
  ['in a terminal that cannot be drawn on', [], { TERM: 'dumb' }],
] as const)('%s it prints lines in a terminal, too', async (_, more, env) => {
  const terminal = play(new PieceFolder(counting), [...more, '--duration', '0.5'], { env });
  expect(await terminal.ended()).toBe(0);
  await terminal.shows(/^piece\.tsx · 1 group, 2 synths · first bundle \d+ messages$/m);
  expect(terminal.written).not.toContain('\u001B[?1049h');
});
