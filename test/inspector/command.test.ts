/** `react-collider inspect`: a page for a server that somebody else has booted. */

import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../src/node.js';
import { cli, main } from '../cli/cli.js';
import { pad, tone } from '../setup/definitions.js';
import { bootForTest, engines } from '../setup/servers.js';
import { eventually, line, openPage, show, startBrowser } from './inspectorPage.js';

startBrowser();

/** Runs the command until the test is over; gives the page's address. */
async function inspect(port: number) {
  const running = execa(process.execPath, [main, 'inspect', '--port', String(port), '--json'], {
    reject: false,
  });
  onTestFinished(async () => {
    running.kill('SIGKILL');
    await running;
  });
  const printed = await new Promise<string>((resolve, reject) => {
    createInterface({ input: running.stdout }).once('line', resolve);
    void running.then(({ stderr }) => reject(new Error(`It ended: ${stderr}`)));
  });
  const { url } = JSON.parse(printed) as { readonly url: string };
  return { running, url };
}

test.runIf(engines.includes('scsynth'))(
  'a port is enough: nodes, definitions, controls and what happens are those of the server',
  async () => {
    const port = await freePort('udp', '127.0.0.1');
    const server = await bootForTest('scsynth', { port });
    await server.synthDefs.ensure(tone);
    await server.synthDefs.ensure(pad);
    const synth = server.nodes.synth(tone, { freq: 300, amp: 0 });
    await server.sync();
    const { running, url } = await inspect(port);
    const { page, errors } = await openPage(url);
    // Nobody has told this client of the definition: the server itself names it, and its controls.
    await eventually(() => line(page, synth.id).textContent()).toMatch(
      /^tone1\d+.*freq 300 · amp 0 · pan \[0 0\] · out 0/,
    );
    await line(page, synth.id).click();
    await page.getByRole('slider', { name: 'freq' }).press('End');
    const freq = async () => {
      const { args } = await server.request({ type: '/s_get', id: synth.id, controls: ['freq'] });
      return args[2];
    };
    await eventually(freq).toBe(20_000);
    const second = server.nodes.synth(pad, { amp: 0 });
    await eventually(() => line(page, second.id).textContent()).toMatch(/^pad.*new/);
    await show(page, 'Timeline');
    await page
      .getByRole('option')
      .filter({ hasText: `/n_go ${second.id}` })
      .waitFor();
    expect(errors).toEqual([]);

    running.kill('SIGINT');
    expect((await running).exitCode).toBe(130);
    await page.getByRole('alert').filter({ hasText: 'it goes on by itself' }).waitFor();
    expect((await server.status()).synths).toBe(2);
  },
);

test('where nothing answers, or the page cannot be served, it says so', async () => {
  const port = await freePort('udp', '127.0.0.1');
  const silent = await cli(['inspect', '--port', String(port)]);
  expect(silent.stderr).toContain(`No server answered at udp 127.0.0.1:${port}`);
  expect(silent.exitCode).toBe(4);
});

test.runIf(engines.includes('scsynth'))('a port that is taken is named', async () => {
  const port = await freePort('udp', '127.0.0.1');
  await bootForTest('scsynth', { port });
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void taken.close());
  const { port: pagePort } = taken.address() as { readonly port: number };
  const { stderr, exitCode } = await cli([
    'inspect',
    '--port',
    String(port),
    '--http-port',
    String(pagePort),
  ]);
  expect(stderr).toContain(`Port ${pagePort} is in use, so the inspector's page cannot be served there.`);
  expect(exitCode).toBe(5);
});
