/** Who gets in: only pages of this machine that have the token, and what they may send. */

import { request as httpRequest } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { type InspectorOptions, openInspector } from '../../src/inspector/node.js';
import type { FromServer } from '../../src/inspector/protocol.js';
import { engines, freshServer } from '../setup/servers.js';

async function opened(options: Partial<InspectorOptions> = {}) {
  const server = await freshServer(engines[0]!);
  const refused: string[] = [];
  const inspector = await openInspector({ ...options, server, onRefused: (reason) => refused.push(reason) });
  onTestFinished(() => inspector.close());
  const { host, port, hash } = new URL(inspector.url);
  return { server, refused, inspector, host, port: Number(port), token: hash.slice(1) };
}

interface Knock {
  readonly token?: string;
  readonly origin?: string;
  readonly host?: string;
}

/** The status of the answer to an attempt to connect; 101 for one that was let in. */
function knock(port: number, { token = '', origin, host }: Knock): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/?token=${token}`, {
    ...(origin !== undefined && { origin }),
    ...(host !== undefined && { headers: { host } }),
  });
  return new Promise((resolve) => {
    socket.on('error', () => {});
    socket.on('open', () => {
      resolve(101);
      socket.close();
    });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode!));
  });
}

test('who has no token, or another origin, or came by another name, is refused with a reason', async () => {
  const { port, token, refused } = await opened();
  const own = `http://127.0.0.1:${port}`;
  expect(await knock(port, { token, origin: own })).toBe(101);
  expect(await knock(port, { origin: own })).toBe(401);
  expect(await knock(port, { token: `${token.slice(0, -1)}x`, origin: own })).toBe(401);
  expect(await knock(port, { token, origin: 'https://example.org' })).toBe(403);
  expect(await knock(port, { token, origin: 'null' })).toBe(403);
  expect(await knock(port, { token, origin: own, host: `attacker.example:${port}` })).toBe(421);
  expect(refused).toEqual([
    'The token is missing. Take the whole address that was printed at the start.',
    'The token is not ours. Take the whole address that was printed at the start.',
    'A page of "https://example.org" may not connect. Allowed: our own page.',
    'A page of "null" may not connect. Allowed: our own page.',
    expect.stringMatching(/^The request is for "attacker\.example:\d+"; only 127\.0\.0\.1:\d+ and localhost/),
  ]);
});

test('a page of another origin that was named is let in, with the token', async () => {
  const origin = 'http://localhost:5173';
  const { port, token } = await opened({ origins: [origin] });
  expect(await knock(port, { token, origin })).toBe(101);
  expect(await knock(port, { origin })).toBe(401);
});

test('only the files of the page are served, to no other name of this machine', async () => {
  const { port } = await opened();
  const get = (path: string, host = `127.0.0.1:${port}`) =>
    new Promise<{ readonly status: number; readonly policy: string | undefined }>((resolve, reject) => {
      httpRequest({ port, path, headers: { host } }, (response) => {
        response.resume();
        resolve({
          status: response.statusCode!,
          policy: response.headers['content-security-policy'] as string | undefined,
        });
      })
        .on('error', reject)
        .end();
    });
  expect((await get('/')).policy).toContain("default-src 'none'");
  expect((await get('/index.html')).status).toBe(200);
  expect((await get('/../package.json')).status).toBe(404);
  expect((await get('/%2e%2e/node.js')).status).toBe(404);
  // What is no address by itself, nor a path.
  for (const path of ['//', '///', '//:', '/%', 'http://', 'x'])
    expect((await get(path)).status, path).toBeLessThan(500);
  expect((await get('/', 'attacker.example')).status).toBe(421);
});

test('what is no question ends the connection, and what cannot be answered is refused with a reason', async () => {
  const { port, token, server } = await opened();
  const open = () => new WebSocket(`ws://127.0.0.1:${port}/?token=${token}`);
  for (const wrong of ['{', 'null', '[]', '{"id":"1"}', '{"id":1,"type":"set","ask":null}']) {
    const socket = open();
    socket.on('open', () => socket.send(wrong));
    const code = await new Promise((resolve) => socket.on('close', resolve));
    expect(code, wrong).toBe(1007);
  }
  const large = open();
  large.on('open', () => large.send('x'.repeat(2_000_000)));
  large.on('error', () => {});
  expect(await new Promise((resolve) => large.on('close', resolve))).toBe(1009);

  const socket = open();
  const ask = (type: string, question: object) =>
    new Promise<FromServer>((resolve) => {
      socket.on('message', (data) => {
        const message = JSON.parse(String(data)) as FromServer;
        if (message.type === 'answer' || message.type === 'refused') resolve(message);
      });
      socket.send(JSON.stringify({ id: 1, type, ask: question }));
    });
  await new Promise((resolve) => socket.on('open', resolve));
  expect(await ask('constructor', {})).toMatchObject({
    type: 'refused',
    reason: expect.stringContaining('no question'),
  });
  socket.removeAllListeners('message');
  expect(await ask('set', { id: 'x', control: 'freq', value: 1 })).toMatchObject({
    type: 'refused',
    reason: '"set": id is "x". It is a whole number from 0 to 2147483647.',
  });
  socket.removeAllListeners('message');
  expect(await ask('waveform', { number: 0, columns: 100 })).toMatchObject({
    type: 'refused',
    reason: 'Buffer 0 is empty: it was freed, or was never allocated.',
  });
  expect(server.state).toBe('online');
  socket.close();
});
