/** What a server has no room for is known before anything is sent, and what failed holds nothing. */

import { describe, expect, test } from 'vitest';
import { Group, type SuperColliderError, Synth, useBuffer, useBus } from '../../src/index.js';
import { connect, createRoot, renderToScore } from '../../src/node.js';
import type { Server } from '../../src/server/index.js';
import { pad, tone } from '../setup/definitions.js';
import { bootForTest, engines } from '../setup/servers.js';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

const voices = (count: number, def = tone) => numbers(count).map((index) => <Synth key={index} def={def} />);

/** Messages that leave a server's client while something is done. */
async function sentFor(server: Server, act: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];
  const { transport } = server.engine;
  const send = transport.send.bind(transport);
  transport.send = (packet) => {
    sent.push(new TextDecoder('latin1').decode(packet));
    send(packet);
  };
  await act();
  transport.send = send;
  return sent.filter((packet) => /\/s_new|\/g_new|\/d_recv|\/b_alloc/.test(packet));
}

const failed = (promise: Promise<unknown>): Promise<SuperColliderError> =>
  promise.then(
    () => {
      throw new Error('It succeeded.');
    },
    (error) => error,
  );

describe.each(engines)('%s', (engine) => {
  test('20,000 synths where 1,024 fit: one error, nothing sent, and the session goes on', async () => {
    const server = await bootForTest(engine, { maxNodes: 1024 });
    const errors: Error[] = [];
    const root = createRoot(server, { onError: (error) => errors.push(error) });
    await root.render(<Group name="before">{voices(3)}</Group>);
    let error: SuperColliderError | undefined;
    const sent = await sentFor(server, async () => {
      error = await failed(
        root.render(
          <>
            <Group name="before">{voices(3)}</Group>
            <Group>{voices(20_000, pad)}</Group>
          </>,
        ),
      );
    });
    expect(error).toMatchObject({ code: 'too-many-nodes' });
    expect(error!.message).toBe(
      'The server holds 1024 nodes (maxNodes), and this commit needs 20007, 18983 too many: 20005 of this tree, ' +
        '2 others. Nothing was sent, and what sounds goes on. Boot with maxNodes: 32768, or mount fewer at a time.',
    );
    expect(sent).toEqual([]);
    expect(errors).toEqual([]);
    const synths = async () => (await server.status()).synths;
    expect(await synths()).toBe(3);
    await root.render(<Group name="before">{voices(1000)}</Group>);
    expect(await synths()).toBe(1000);
    // What releases is there as well, what is freed is not.
    const pads = (key: string) => (
      <Group key={key}>
        {numbers(600).map((index) => (
          <Synth key={index} def={pad} release={60} />
        ))}
      </Group>
    );
    await root.render(pads('a'));
    expect(await failed(root.render(pads('b')))).toMatchObject({
      message: expect.stringContaining('601 of this tree, 601 that left it and still sound'),
    });
    await root.render(<Group key="c">{voices(1)}</Group>);
    await root.unmount({ timeout: 0 });
    expect(errors).toEqual([]);
    await server.quit();
  });

  test('two roots share the room', async () => {
    const server = await bootForTest(engine, { maxNodes: 64 });
    const [one, other] = [createRoot(server), createRoot(server)];
    await one.render(voices(40));
    expect(await failed(other.render(voices(40)))).toMatchObject({ code: 'too-many-nodes' });
    await other.render(voices(20));
    await one.unmount();
    await other.render(voices(60));
    await other.unmount();
    await server.quit();
  });

  test.each([
    'buses',
    'buffers',
    'nodes',
  ])('%s of a tree that failed are there for the next one', async (what) => {
    const server = await bootForTest(engine, {
      numAudioBusChannels: 256,
      numBuffers: 128,
      maxNodes: 128,
      maxLogins: 1,
    });
    function Voice() {
      const bus = useBus();
      const buffer = useBuffer({ frames: 1 });
      if (what === 'nodes') return <Synth def={tone} />;
      return what === 'buses' ? (
        <Synth def={tone} out={bus} />
      ) : (
        <Synth def={tone} freq={buffer.number ?? 1} />
      );
    }
    const tree = (count: number) => numbers(count).map((index) => <Voice key={index} />);
    const root = createRoot(server);
    for (let turn = 0; turn < 2; turn++) {
      expect((await failed(root.render(tree(140)))).code).toMatch(/^(out-of-ids|too-many-nodes)$/);
      await root.render(tree(100));
      expect((await server.status()).synths).toBe(100);
    }
    await root.unmount();
    await server.quit();
  });

  test('by default each of the clients has room for a large piece', async () => {
    const server = await bootForTest(engine);
    for (let count = 0; count < 1024; count++) server.buffers.reserve(1);
    for (let count = 0; count < 512; count++) server.audioBuses.reserve(2);
    for (let count = 0; count < 2048; count++) server.controlBuses.reserve(1);
    await server.quit();
  });
});

test('a score has the room that its server has', async () => {
  const error = await failed(
    renderToScore(<Group>{voices(100)}</Group>, { duration: 1, server: { maxNodes: 64 } }),
  );
  expect(error).toMatchObject({ code: 'too-many-nodes' });
});

test.runIf(engines.includes('scsynth'))(
  'of a server that somebody else started, a flood of refusals is one error',
  async () => {
    const server = await bootForTest('scsynth', { maxNodes: 64 });
    const port = Number(server.engine.transport.description.split(':')[1]);
    const guest = await connect({ port });
    const errors: SuperColliderError[] = [];
    const root = createRoot(guest, { onError: (error) => errors.push(error as SuperColliderError) });
    await root.render(voices(1000)).catch((error) => errors.push(error));
    await expect.poll(() => errors).toHaveLength(1);
    expect(errors[0]!.message).toMatch(
      /^The server refused \/s_new for 9\d\d elements \(.*, .*, .* and 9\d\d more\): too many nodes\. Raise the server option maxNodes/,
    );
    await root.unmount();
    await guest.disconnect();
    await server.quit();
  },
);

test('the embedded engine says what it has, and refuses what it has no room for', async () => {
  const server = await bootForTest('embedded', { memSize: 8192 });
  expect(server.options.memSize).toBe(8192);
  await server.quit();
  const usual = await bootForTest('embedded');
  expect(usual.options.memSize).toBe(16_384);
  await usual.quit();
  await expect(bootForTest('embedded', { memSize: 262_144 })).rejects.toMatchObject({
    code: 'invalid-option',
    message: 'Server option memSize is 262144; the embedded engine has room for 32768.',
  });
});
