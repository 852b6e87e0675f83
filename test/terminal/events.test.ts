/** `--json`: what happens, as events for programs. */

import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { describe, expect, inject, test } from 'vitest';
import { cli, main } from '../cli/cli.js';
import { PieceFolder } from './pieces.js';

const { NODE_ENV: _, ...env } = process.env;

interface Event {
  readonly event: string;
  readonly [key: string]: unknown;
}

/** The command, and its events as they come. */
function run(command: string, folder: PieceFolder, more: readonly string[]) {
  const child = execa(process.execPath, [main, command, 'piece.tsx', '--json', ...more], {
    cwd: folder.path,
    reject: false,
    env,
    extendEnv: false,
    timeout: 60_000,
  });
  const events: Event[] = [];
  let wake: () => void = () => {};
  createInterface({ input: child.stdout }).on('line', (line) => {
    events.push(JSON.parse(line));
    wake();
  });
  const until = async (find: (event: Event) => boolean): Promise<Event> => {
    for (;;) {
      const found = events.find(find);
      if (found) return found;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { child, events, until };
}

const printing = `
export default function Piece() {
  useEffect(() => {
    console.log('hello from %s', 'the piece');
    console.error('careful');
  }, []);
  return <Synth def={tone} name="one" freq={330} />;
}
`;

describe.each(['play', 'dev'])('%s', (command) => {
  test('what the piece prints is an event, and every line is one', async () => {
    const { child, events } = run(command, new PieceFolder(printing), [
      '--engine',
      'embedded',
      '--duration',
      '0.5',
    ]);
    expect((await child).exitCode).toBe(0);
    expect(events).toContainEqual({ event: 'log', level: 'info', text: 'hello from the piece' });
    expect(events).toContainEqual({ event: 'log', level: 'warning', text: 'careful' });
    const ready = events.find(({ event }) => event === 'ready');
    expect(ready).toMatchObject({
      counts: { groups: 0, synths: 1 },
      nodes: [{ def: 'tone', controls: { freq: 330 } }],
    });
    expect(events.at(-1)).toEqual({ event: 'exit', exitCode: 0 });
  });

  test('--help lists the events', async () => {
    const { stdout } = await cli([command, '--help']);
    for (const event of ['engine', 'server', 'commit', 'ready', 'late', 'log', 'error', 'recorded', 'exit'])
      expect(stdout).toMatch(new RegExp(`^ {2}${event} `, 'm'));
  });
});

test.runIf(inject('missing').length === 0)('a lost engine and its return are events', async () => {
  const { child, events, until } = run('dev', new PieceFolder(printing), ['--engine', 'scsynth']);
  const { pid } = await until(({ event }) => event === 'engine');
  await until(({ event }) => event === 'ready');
  process.kill(Number(pid), 'SIGKILL');
  await until(({ event, state }) => event === 'server' && state === 'online');
  child.kill('SIGINT');
  expect((await child).exitCode).toBe(130);
  expect(events.filter(({ event }) => event === 'server')).toEqual([
    { event: 'server', state: 'offline', code: null, signal: 'SIGKILL' },
    { event: 'server', state: 'online' },
  ]);
  expect(events.filter(({ event }) => event === 'engine')).toHaveLength(2);
});

test('what cannot be rendered ends it with an error, and the exit code', async () => {
  const folder = new PieceFolder(
    `export default function Piece() { return <Synth def="no-such-thing" />; }\n`,
  );
  const { child, events } = run('play', folder, ['--engine', 'embedded']);
  expect((await child).exitCode).toBe(3);
  expect(events.slice(-2)).toEqual([
    {
      event: 'error',
      kind: 'end',
      code: 'unknown-synthdef',
      message: expect.stringContaining('there is no synthdef "no-such-thing"'),
      exitCode: 3,
    },
    { event: 'exit', exitCode: 3 },
  ]);
});
