/** `react-collider bridge`, as a user starts it. */

import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { openPage } from '../bridge/rawPage.js';
import { engines } from '../setup/servers.js';
import { cli, main } from './cli.js';

type Event = Readonly<Record<string, unknown>> & { readonly type: string };

/** Starts it on free ports, and reads what it prints, one event a line. */
function startBridge(...args: string[]) {
  const child = execa(process.execPath, [main, 'bridge', '--json', '--http-port', '0', ...args], {
    reject: false,
  });
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await child;
  });
  const events: Event[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    events.push(JSON.parse(line) as Event);
    for (const wake of [...waiting]) wake();
  });
  const next = async (type: string): Promise<Event> => {
    for (;;) {
      const index = events.findIndex((event) => event.type === type);
      if (index >= 0) return events.splice(index, 1)[0]!;
      await new Promise<void>((resolve) => {
        const wake = () => {
          waiting.delete(wake);
          resolve();
        };
        waiting.add(wake);
      });
    }
  };
  return { child, next };
}

test.runIf(engines.includes('scsynth'))(
  'it boots scsynth, lets a page in, boots it again when it is killed, and ends on Ctrl-C with nothing left',
  async () => {
    const { child, next } = startBridge('--max-clients', '3', '--token', 'a-token-of-my-own');
    const { url, pid } = (await next('ready')) as Event & { url: string; pid: number };
    expect(url).toMatch(/^ws:\/\/localhost:\d+\/\?token=a-token-of-my-own$/);
    const pages = [await openPage(url), await openPage(url), await openPage(url)];
    const ids = await Promise.all(pages.map((page) => page.register()));
    expect(ids.toSorted()).toEqual([1, 2, 3]);
    const fourth = await openPage(url);
    expect(await fourth.closed).toEqual({ code: 4503, reason: '3 pages are connected, as many as may be.' });
    pages[0]!.send('/quit');
    expect(await next('refused')).toMatchObject({ page: 1, what: '/quit' });
    process.kill(pid, 'SIGKILL');
    expect(await pages[0]!.closed).toEqual({ code: 1012, reason: 'The server is gone (SIGKILL).' });
    expect(await next('server lost')).toMatchObject({ reason: 'SIGKILL' });
    await next('server back');
    expect(await (await openPage(url)).register()).toBe(1);
    child.kill('SIGINT');
    expect((await child).exitCode).toBe(130);
  },
);

test.runIf(engines.includes('scsynth'))(
  'a page may end it where that was allowed, and is refused files where none were given',
  async () => {
    const { child, next } = startBridge('--allow-quit');
    const { url } = (await next('ready')) as Event & { url: string };
    const page = await openPage(url);
    const buffer = (await page.register()) * 256;
    page.send('/b_allocRead', buffer, '/tmp/a.wav', 0, 0);
    expect((await page.refusal()).reason).toContain('start the bridge with --files FOLDER');
    page.send('/quit');
    expect((await page.closed).code).toBe(1001);
    expect((await child).exitCode).toBe(0);
  },
);

test.each([
  [['--origin', 'example.org'], 'An origin is a scheme, a host and a port'],
  [['--token', 'short'], 'at least 16'],
  [['--max-clients', '32'], 'from 1 to 31'],
  [['--connect', '1', '--device', 'x'], 'cannot be used with'],
])('bridge %j is refused', async (args, words) => {
  const { stderr, exitCode } = await cli(['bridge', ...args]);
  expect(stderr).toContain(words);
  expect(exitCode).toBe(2);
});
