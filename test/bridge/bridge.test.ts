import { mkdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openBridge } from '../../src/bridge/index.js';
import { encodePacket } from '../../src/osc/encode.js';
import type { Message, Packet } from '../../src/osc/message.js';
import { IMMEDIATELY } from '../../src/osc/timetag.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { tone } from '../setup/definitions.js';
import { bootForTest, engines } from '../setup/servers.js';
import { type BridgeForTest, bridgeForTest } from './bridges.js';
import { ORIGIN, openPage, pageForTest } from './rawPage.js';

const native = engines.filter((engine) => engine === 'scsynth');

test('the embedded engine and a server whose port nobody knows cannot stand behind a bridge', async () => {
  const embedded = await bootForTest('embedded');
  await expect(openBridge(embedded)).rejects.toMatchObject({ code: 'invalid-option' });
});

describe.each(native)('in front of %s', (engine) => {
  let folder = '';
  let here: BridgeForTest;
  beforeAll(async () => {
    folder = join(temporaryFolder(), 'files');
    mkdirSync(folder);
    symlinkSync(tmpdir(), join(folder, 'away'));
    here = await bridgeForTest({ files: folder }, { restrictedPath: folder }, engine as 'scsynth');
  });

  test('it listens on the loopback address and says what it is to who asks without a WebSocket', async () => {
    const response = await fetch(`http://127.0.0.1:${here.bridge.port}/`);
    expect(response.status).toBe(426);
    expect(await response.text()).toContain('bridge of react-collider');
    expect(here.bridge.url).toMatch(/^ws:\/\/localhost:\d+\/\?token=[0-9a-f]{32}$/);
  });

  test.each([
    ['of another site', 'https://evil.example', 'Allowed: pages of this machine'],
    ['of a site whose name begins as ours', 'http://localhost.evil.example', 'may not connect'],
    ['without a site', 'null', 'may not connect'],
  ])('a page %s is turned away with the reason, which is told', async (_, origin, words) => {
    const from = here.events.all.length;
    const page = await openPage(here.bridge.url, { origin });
    const { code, reason } = await page.closed;
    expect(code).toBe(4403);
    expect(reason).toContain(words);
    expect(page.words).toEqual([]);
    expect(await here.events.next('turned away', from)).toEqual({ type: 'turned away', origin, reason });
  });

  test('a name of somebody else that leads here is turned away', async () => {
    const page = await openPage(here.bridge.url, { headers: { Host: `evil.example:${here.bridge.port}` } });
    expect((await page.closed).code).toBe(4403);
  });

  test('pages of an origin that was given may connect, others may not', async () => {
    const { bridge } = await bridgeForTest({ origins: ['https://example.org'] });
    const page = await pageForTest(bridge.url, { origin: 'https://example.org' });
    expect(await page.register()).toBeGreaterThan(0);
    const other = await openPage(bridge.url, { origin: 'https://example.org:444' });
    expect((await other.closed).code).toBe(4403);
  });

  test.each([
    ['wrong', '?token=aaaaaaaaaaaaaaaaaaaaaa'],
    ['missing', ''],
    ['empty', '?token='],
    ['missing, and whose address is none', '/'],
  ])('a page whose token is %s is turned away with the reason', async (_, query) => {
    const from = here.events.all.length;
    const page = await openPage(`ws://127.0.0.1:${here.bridge.port}/${query}`);
    expect(await page.closed).toEqual({
      code: 4401,
      reason: expect.stringMatching(
        /^The token is (not ours|missing)\. Take the whole address that was printed/,
      ),
    });
    expect((await here.events.next('turned away', from)).origin).toBe(ORIGIN);
  });

  test('a page is a client of its own: it has its client id, its answers, and its own nodes', async () => {
    const [first, second] = [await pageForTest(here.bridge.url), await pageForTest(here.bridge.url)];
    const ids = [await first.register(), await second.register()];
    expect(new Set([0, ...ids]).size).toBe(3);
    expect(first.words[0]).toMatchObject({
      type: 'hello',
      engine: { kind: 'scsynth', sampleRate: 48_000 },
      maxPacketSize: 65_507,
      options: { maxLogins: 16, numBuffers: 8192 },
    });
    first.send('/g_new', ids[0]! * 2 ** 26 + 1000, 0, 0);
    await first.sync(1);
    expect(first.messages.find(({ address }) => address === '/n_go')?.args[0]).toBe(ids[0]! * 2 ** 26 + 1000);
    second.send('/n_free', ids[0]! * 2 ** 26 + 1000);
    expect(await second.refusal()).toMatchObject({
      address: '/n_free',
      reason: expect.stringContaining('own'),
    });
    await second.sync(2);
    expect(first.messages.some(({ address }) => address === '/synced')).toBe(false);
  });

  test('what a page has left on the server is freed when it goes, also what is in no group of its own', async () => {
    const page = await openPage(here.bridge.url);
    const base = (await page.register()) * 2 ** 26;
    await here.server.synthDefs.ensure(tone);
    page.send('/g_new', base + 1, 0, 0);
    page.send('/s_new', 'tone', base + 1000, 0, base + 1);
    page.send('/s_new', 'tone', base + 1001, 1, 0);
    const [first] = [Math.floor((8192 / 16) * (base / 2 ** 26))];
    page.send('/b_alloc', first, 64, 1);
    await page.sync(1);
    const from = here.events.all.length;
    page.socket.terminate();
    expect(await here.events.next('cleared', from)).toMatchObject({ nodes: 3, buffers: 1 });
    await here.server.sync();
    const { children } = await here.server.queryTree();
    expect(children.filter(({ id }) => id >= base && id < base + 2 ** 26)).toEqual([]);
    const { args } = await here.server.request({ type: '/b_query', numbers: [first] });
    expect(args[1]).toBe(0);
  });

  test('a page that gives its login back and stays has nothing any more, and may register again', async () => {
    const page = await pageForTest(here.bridge.url);
    const clientId = await page.register();
    const base = clientId * 2 ** 26;
    const buffer = (8192 / 16) * clientId;
    page.send('/g_new', base + 1, 0, 0);
    page.send('/b_alloc', buffer, 64, 1);
    await page.sync(1);
    const from = here.events.all.length;
    page.send('/notify', 0, clientId);
    expect(await here.events.next('cleared', from)).toMatchObject({ nodes: 1, buffers: 1 });
    const { children } = await here.server.queryTree();
    expect(children.filter(({ id }) => id >= base && id < base + 2 ** 26)).toEqual([]);
    page.send('/b_alloc', buffer, 64, 1);
    expect(await page.refusal()).toMatchObject({
      address: '/b_alloc',
      reason: expect.stringContaining('the page has not registered'),
    });
    page.messages.length = 0;
    const again = await page.register();
    page.send('/g_new', again * 2 ** 26 + 1, 0, 0);
    await page.sync(2);
    expect(page.messages.find(({ address }) => address === '/n_go')?.args[0]).toBe(again * 2 ** 26 + 1);
  });

  const blob = (packet: Packet) => encodePacket(packet);
  const outside = join(tmpdir(), 'react-collider-bridge.wav');
  const write = (path: string): Message => ['/b_write', 512, path, 'wav', 'float', -1, 0, 0];
  const bundle = (...elements: Message[]): Packet => ({ timetag: IMMEDIATELY, elements });
  test.each<[what: string, packet: (firstBuffer: number) => Packet, address: string, reason: string]>([
    ['/quit', () => ['/quit'], '/quit', 'end the server for everybody'],
    ['/cmd', () => ['/cmd', '/anything', 1], '/cmd', 'plugins may do anything'],
    ['/u_cmd', () => ['/u_cmd', 1000, 0, 'read', '/etc/passwd'], '/u_cmd', 'plugins may do anything'],
    ['/clearSched', () => ['/clearSched'], '/clearSched', 'other pages'],
    ['/dumpOSC', () => ['/dumpOSC', 1], '/dumpOSC', 'other pages'],
    ['/d_freeAll', () => ['/d_freeAll'], '/d_freeAll', 'shared by all pages'],
    ['/g_freeAll of everything', () => ['/g_freeAll', 0], '/g_freeAll', "of this page's own"],
    ['/b_write outside of the folder', () => write(outside), '/b_write', `outside of`],
    ['/b_write by ..', () => write(join(folder, '..', 'x.wav')), '/b_write', 'outside of'],
    ['/b_write by a path with .. in it', () => write(`${folder}/../x.wav`), '/b_write', 'outside of'],
    ['/b_write to a relative path', () => write('x.wav'), '/b_write', 'not absolute'],
    ['/b_write above a link', () => write(`${folder}/away/../x.wav`), '/b_write', 'outside of'],
    ['/b_write through a link', () => write(join(folder, 'away', 'x.wav')), '/b_write', 'outside of'],
    ['/b_write to a folder beside', () => write(`${folder}-2/x.wav`), '/b_write', 'outside of'],
    [
      '/b_allocRead outside',
      () => ['/b_allocRead', 512, '/etc/hostname', 0, 0],
      '/b_allocRead',
      'outside of',
    ],
    ['/d_load with a pattern', () => ['/d_load', `${folder}/*`], '/d_load', 'pattern'],
    [
      '/d_recv of bytes that are no definition',
      () => ['/d_recv', new Uint8Array(8)],
      '/d_recv',
      'cannot be read',
    ],
    ['/quit in a bundle', () => bundle(['/status'], ['/quit']), '/quit', 'for everybody'],
    [
      '/quit in a bundle in a bundle',
      () => ({ timetag: IMMEDIATELY, elements: [{ timetag: IMMEDIATELY, elements: [['/quit']] }] }),
      '/quit',
      'for everybody',
    ],
    ['/quit as a completion', () => ['/b_alloc', 512, 8, 1, blob(['/quit'])], '/quit', 'for everybody'],
    [
      '/cmd in a bundle as a completion of a completion',
      (first) => ['/b_alloc', 512, 8, 1, blob(['/b_zero', first, blob(bundle(['/cmd', '/x']))])],
      '/cmd',
      'plugins',
    ],
    ['a buffer beyond the last', () => ['/b_query', 8192], '/b_query', 'from 0 to 8191'],
    ['a buffer of another page', () => ['/b_free', 0], '/b_free', "of this page's own"],
    ['a count that goes on for ever', () => ['/n_setn', 1000, 0, 2 ** 31 - 1, 1], '/n_setn', 'from'],
    ['a double', () => ['/n_set', 1000, 'freq', { type: 'double', value: 440 }], '/n_set', 'type tags'],
    ['an add action that supernova crashes of', () => ['/g_new', 1000, 7, 0], '/g_new', 'from'],
    [
      'a command that there is none of',
      () => ['/n_sett', 1000, 'freq', 440],
      '/n_sett',
      'Did you mean /n_set?',
    ],
  ])('%s is refused with the reason, told, and does not get to the server', async (_, packet, address, reason) => {
    const page = await pageForTest(here.bridge.url);
    const base = (await page.register()) * 2 ** 26;
    const from = here.events.all.length;
    const first = (base / 2 ** 26) * 512;
    page.sendPacket(moved(packet(first), base, first));
    const refusal = await page.refusal();
    expect(refusal.address).toBe(address);
    expect(refusal.reason).toContain(reason);
    expect(String(refusal.reason)).toMatch(/^the bridge refused it: /);
    expect(await here.events.next('refused', from)).toMatchObject({ what: address });
    await page.sync(1);
    expect(here.server.state).toBe('online');
  });

  test('what is within the folder is written and read', async () => {
    const page = await pageForTest(here.bridge.url);
    const first = (await page.register()) * 512;
    const path = join(folder, 'tone.wav');
    page.send('/b_alloc', first, 100, 1);
    page.send('/b_write', first, path, 'wav', 'float', -1, 0, 0);
    await page.next(({ address, args }) => address === '/done' && args[0] === '/b_write');
    page.send('/b_allocRead', first + 1, path, 0, 0);
    await page.next(({ address, args }) => address === '/done' && args[0] === '/b_allocRead');
    page.send('/b_query', first + 1);
    expect((await page.next(({ address }) => address === '/b_info')).args.slice(0, 3)).toEqual([
      first + 1,
      100,
      1,
    ]);
  });

  test('a bundle goes as a whole or not at all', async () => {
    const page = await pageForTest(here.bridge.url);
    const base = (await page.register()) * 2 ** 26;
    page.sendPacket(bundle(['/g_new', base + 1, 0, 0], ['/quit']));
    await page.refusal();
    await page.sync(1);
    expect(page.messages.filter(({ address }) => address === '/n_go')).toEqual([]);
  });

  test('a packet that the server would not read is refused, and a frame of 2 MB ends the connection', async () => {
    const page = await pageForTest(here.bridge.url);
    page.socket.send(new Uint8Array(65_512));
    expect((await page.refusal()).reason).toContain('65512 bytes is too large; the server takes 65507');
    const from = here.events.all.length;
    page.socket.send(new Uint8Array(2 * 1024 * 1024));
    expect((await page.closed).code).toBe(1009);
    expect(await here.events.next('left', from)).toMatchObject({
      reason: expect.stringContaining('Max payload size exceeded'),
    });
  });

  test.each([
    ['text', 'hello', 'came as text'],
    ['three bytes', new Uint8Array(3), 'multiples of 4'],
    ['no address', new Uint8Array(8), 'expected an address'],
    ['a number for a command', Uint8Array.of(0, 0, 0, 3, 0x2c, 0, 0, 0), 'expected an address'],
    [
      'a bundle whose element is longer than it',
      Buffer.from('#bundle\0\0\0\0\0\0\0\0\x01\0\0\0\x40/a\0\0'),
      'to fit',
    ],
  ])('%s is refused', async (_, frame, reason) => {
    const page = await pageForTest(here.bridge.url);
    page.socket.send(frame);
    expect((await page.refusal()).reason).toContain(reason);
    await page.sync(3);
  });

  test('who is refused too often is sent away', async () => {
    const page = await pageForTest(here.bridge.url);
    for (let index = 0; index < 300; index++) page.send('/quit');
    expect(await page.closed).toMatchObject({ code: 4429, reason: expect.stringContaining('More than 200') });
  });
});

/** A packet with `1000` and `512` moved into the part of a client. */
function moved(packet: Packet, base: number, firstBuffer: number): Packet {
  if (!Array.isArray(packet)) return packet;
  const [address, first, ...rest] = packet as [string, ...Message[1][]];
  if (first === 1000) return [address, base + 1000, ...rest];
  return first === 512 ? [address, firstBuffer, ...rest] : (packet as Message);
}
