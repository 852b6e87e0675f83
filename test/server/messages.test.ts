import { describe, expect, test } from 'vitest';
import { boot } from '../../src/node.js';
import { encodePacket } from '../../src/osc/encode.js';
import { type Bound, Server } from '../../src/server/index.js';
import { tone } from '../setup/definitions.js';
import { bootForTest, engines } from '../setup/servers.js';

/** What left by the engine's transport, as text and hexadecimal numbers. */
function recordSent(server: Server): Uint8Array[] {
  const { transport } = server.engine;
  const sent: Uint8Array[] = [];
  const send = transport.send.bind(transport);
  transport.send = (packet) => {
    sent.push(packet.slice());
    send(packet);
  };
  return sent;
}

const seconds = (packet: Uint8Array): number => {
  const view = new DataView(packet.buffer);
  return view.getUint32(8) - 2_208_988_800 + view.getUint32(12) / 2 ** 32;
};

describe.each(engines)('%s', (engine) => {
  // A machine that others use may be late once.
  test('B4 B5 I8: at() sends one bundle for its moment alone, and what happens then happens then', {
    retry: 1,
  }, async () => {
    const server = await bootForTest(engine, {
      latency: 5,
      heartbeat: { interval: Number.POSITIVE_INFINITY },
    });
    await server.synthDefs.ensure(tone);
    await server.tree.resync();
    const sent = recordSent(server);
    const moment = Date.now() / 1000 + 0.2;
    const began = server.next('/n_go', ({ args }) => args[0] === 1001);
    const synth = server.at(moment, () => {
      server.nodes.group();
      return server.nodes.synth(tone, { freq: 333 });
    });
    await began;
    const late = Date.now() / 1000 - moment;
    expect(sent).toHaveLength(1);
    expect(seconds(sent[0]!)).toBeCloseTo(moment, 5);
    expect(late).toBeGreaterThan(-0.02);
    expect(await synth.get('freq')).toEqual([333]);
    await server.quit();
  });

  test('B4: at() without a moment sends one command plainly, several as a bundle for at once, and none after an error', async () => {
    const server = await bootForTest(engine, { heartbeat: { interval: Number.POSITIVE_INFINITY } });
    const sent = recordSent(server);
    server.at(undefined, () => server.controlBuses.at(3).set(1));
    server.at(undefined, () => {
      server.controlBuses.at(3).set(1);
      server.controlBuses.at(5).set(2);
    });
    expect(() =>
      server.at(undefined, () => {
        server.controlBuses.at(3).set(9);
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(() => server.at(undefined, async () => {})).toThrow(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
    expect(sent).toHaveLength(2);
    expect(sent[0]).toEqual(encodePacket(['/c_setn', 3, 1, 1]));
    expect(sent[1]).toEqual(encodePacket({ timetag: [0, 1], elements: [['/c_setn', 3, 1, 1, 5, 1, 2]] }));
    expect(await server.controlBuses.at(3, 3).getRange()).toEqual([1, 0, 2]);
    await server.quit();
  });

  test('B2 B4: bind() is parted by each sync: what needs a buffer leaves after the buffer is there', async () => {
    const server = await bootForTest(engine, {
      latency: 0.05,
      heartbeat: { interval: Number.POSITIVE_INFINITY },
    });
    const sent = recordSent(server);
    const values = await server.bind(function* (): Bound<number[]> {
      server.sendMessage('/b_alloc', 7, 4, 1);
      yield server.sync();
      server.sendMessage('/b_setn', 7, 0, 4, 1, 2, 3, 4);
      const answer = server.request({ type: '/b_getn', number: 7, ranges: [[0, 4]] });
      const { args } = yield answer;
      return args.slice(3) as number[];
    });
    expect(values).toEqual([1, 2, 3, 4]);
    expect(sent.map((packet) => new TextDecoder().decode(packet).match(/\/[a-z]_?[a-z]+/g))).toEqual([
      ['/b_alloc', '/sync'],
      ['/b_setn', '/b_getn'],
    ]);
    await server.quit();
  });

  test('A1 B4: what is yielded and fails is thrown inside of bind(), and what was not sent is forgotten', async () => {
    const server = await bootForTest(engine, { latency: 0.01, timeout: 2 });
    let inside: unknown;
    await expect(
      server.bind(function* (): Bound<void> {
        try {
          yield server.request({
            type: '/b_allocRead',
            number: 3,
            path: '/nope.wav',
            startFrame: 0,
            frames: 0,
          });
        } catch (error) {
          inside = error;
        }
        server.sendMessage('/c_set', 5, 5);
        throw new Error('enough');
      }),
    ).rejects.toThrow('enough');
    expect(inside).toMatchObject({
      code: 'command-failed',
      message: expect.stringContaining('The server refused /b_allocRead for buffer 3: '),
    });
    expect(await server.controlBuses.at(5).get()).toBe(0);
    await server.quit();
  });

  test('B10: bundles larger than a packet are split for one moment, and all of it arrives', async () => {
    const server = await bootForTest(engine);
    server.at(undefined, () => {
      for (let index = 0; index < 8000; index++) server.sendMessage('/c_set', index, index + 1);
    });
    await server.sync();
    expect(
      (await server.controlBuses.at(0, 8000).getRange()).every((value, index) => value === index + 1),
    ).toBe(true);
    await server.quit();
  });

  test('B8: /clearSched takes back what waits for its moment', async () => {
    const server = await bootForTest(engine);
    server.at(Date.now() / 1000 + 0.25, () => server.controlBuses.at(4).set(1));
    server.sendMessage('/clearSched');
    const later = server.next('/synced', ({ args }) => args[0] === 99);
    await new Promise((resolve) => setTimeout(resolve, 350));
    server.sendMessage('/sync', 99);
    await later;
    expect(await server.controlBuses.at(4).get()).toBe(0);
    await server.quit();
  });

  test('an answer that came while our own thread was busy counts, however long that was', async () => {
    const server = await bootForTest(engine);
    // Node reads 32 datagrams, and looks at its timers before it reads the next ones.
    const busy = async (ask: () => Promise<unknown>) => {
      for (let count = 0; count < 200; count++) server.sendMessage('/status');
      const answer = ask();
      const begun = performance.now();
      while (performance.now() - begun < 400);
      await answer;
    };
    await busy(() => server.sync(0.1));
    await busy(() => server.request({ type: '/version' }, { timeout: 0.1 }));
    const synth = await server.nodes.play(tone);
    await busy(() => {
      synth.free();
      return synth.ended(0.1);
    });
    await server.quit();
  });

  test('B12: next() waits for one message, and says what did not come', async () => {
    const server = await bootForTest(engine);
    const first = server.next('/n_go');
    const same = server.next('/n_go', ({ args }) => args[0] === 1000);
    server.nodes.group();
    expect(await first).toBe(await same);
    await expect(server.next('/nothing', undefined, { timeout: 0.1 })).rejects.toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('No /nothing came within 0.1 s. It last spoke '),
    });
    const never = server.next('/nothing');
    await server.quit();
    await expect(never).rejects.toMatchObject({ code: 'server-offline' });
  });
});

test('Server.open needs an engine that answers', async () => {
  const server = await boot({ engine: 'embedded' });
  await server.quit();
  await expect(Server.open(server.engine, { options: server.options })).rejects.toMatchObject({
    code: 'transport-closed',
  });
});
