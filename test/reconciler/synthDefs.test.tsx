/** Compiled definitions on real engines: sent once, large ones too, and what an engine lacks has a name. */

import { describe, expect, test } from 'vitest';
import { type Commit, Group, type NodeHandle, Synth } from '../../src/index.js';
import { createRoot } from '../../src/node.js';
import { type Server, toOsc } from '../../src/server/index.js';
import { Mix, Out, PulseCount, SinOsc, synthDef, unit } from '../../src/synthdef/index.js';
import { bootForTest, connectionOf, engines } from '../setup/servers.js';

const quiet = synthDef('quiet', { amps: [0.01, 0.02], freq: 440 }, (c) =>
  Out.ar(0, SinOsc.ar(c.freq).mul(c.amps)),
);

const counting = synthDef('counting', { t_hit: 0 }, (c) => Out.kr(300, PulseCount.kr(c.t_hit)));

/** More than a datagram holds. */
const large = synthDef('large', { amp: 0.001 }, (c) => {
  Out.ar(0, Mix.fill(2000, (index) => SinOsc.ar(index + 100.5, index / 2000)).mul(c.amp));
});

const lacking = synthDef('lacking', {}, () => Out.ar(0, unit('NoSuchUnit', 'audio', [1])));

/** Addresses of the commands about definitions that a server is sent while something is done. */
async function sentFor(server: Server, act: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];
  const connection = connectionOf(server);
  const request = connection.request.bind(connection);
  connection.request = ((command: Parameters<typeof request>[0], options?: never) => {
    if (command.type.startsWith('/d_')) sent.push(command.type);
    return request(command, options);
  }) as typeof request;
  try {
    await act();
  } finally {
    connection.request = request;
  }
  return sent;
}

describe.each(engines)('on %s', (engine) => {
  test('a trigger fires each time that a handle sets it, and for a prop when its value is another one', async () => {
    const server = await bootForTest(engine);
    const root = createRoot(server);
    const hits = { current: null as NodeHandle | null };
    const counter = (hit: number) => <Synth def={counting} ref={hits} t_hit={hit} />;
    const count = async () => (await server.request({ type: '/c_get', indices: [300] })).args[1] as number;
    await root.render(counter(1));
    await expect.poll(count).toBe(1);
    for (let hit = 2; hit < 5; hit++) {
      hits.current!.set({ t_hit: 1 });
      await expect.poll(count).toBe(hit);
    }
    await root.render(counter(1));
    await root.render(counter(2));
    await expect.poll(count).toBe(5);
    await root.unmount();
    await server.quit();
  });

  test('a definition is sent once, before the first synth of it, and its controls are typed', async () => {
    const server = await bootForTest(engine);
    const messages: unknown[] = [];
    const root = createRoot(server, {
      onCommit: ({ commands }: Commit) => messages.push(...commands.map(toOsc)),
    });
    const sent = await sentFor(server, async () => {
      await root.render(
        <Group>
          <Synth def={quiet} freq={220} />
          <Synth def={quiet} amps={[0.03, 0.04]} />
        </Group>,
      );
      await root.render(<Synth def={quiet} freq={330} />);
    });
    expect(sent).toEqual(['/d_recv']);
    expect(messages).toContainEqual([
      '/s_new',
      'quiet',
      expect.any(Number),
      expect.any(Number),
      expect.any(Number),
      'freq',
      220,
    ]);
    // @ts-expect-error: there is no such control
    const wrong = <Synth def={quiet} freak={3} />;
    await expect(root.render(wrong)).rejects.toThrow('synthdef "quiet" has no control "freak"');
    await root.unmount();
  });

  test('one that is larger than a packet gets there too, or is refused with its size', async () => {
    const server = await bootForTest(engine, { numWireBufs: 4096 });
    expect(large.bytes.length).toBeGreaterThan(65_536);
    const root = createRoot(server);
    if (engine === 'embedded') {
      await expect(root.render(<Synth def={large} />)).rejects.toThrow(
        'the embedded engine takes definitions up to 65500',
      );
      return root.unmount();
    }
    await root.render(<Synth def={large} />);
    const { children } = await server.queryTree(server.defaultGroup.id);
    expect(children).toMatchObject([{ def: 'large' }]);
    await root.unmount();
  });

  test('a unit generator that the engine lacks is named, and the rest sounds on', async () => {
    const server = await bootForTest(engine);
    const root = createRoot(server);
    await root.render(<Synth def={quiet} key="quiet" />);
    await expect(
      root.render([<Synth def={quiet} key="quiet" />, <Synth def={lacking} key="lacking" />]),
    ).rejects.toThrow(/NoSuchUnit/);
    const { children } = await server.queryTree(server.defaultGroup.id);
    expect(children.length).toBeLessThanOrEqual(1);
    await root.unmount();
  });
});

test('the controls of server.nodes.synth and of a handle are typed', () => {
  const notCalled = (server: Server) => {
    server.nodes.synth(quiet, { freq: 3, amps: [1, 2] });
    // @ts-expect-error: there is no such control
    server.nodes.synth(quiet, { freak: 3 });
    server.nodes.synth('quiet', { anything: 3 });
    return (
      <Synth
        def={quiet}
        ref={(handle) => {
          handle?.set({ freq: 3 });
          // @ts-expect-error: there is no such control
          handle?.set({ freak: 3 });
        }}
      />
    );
  };
  expect(notCalled).toBeTypeOf('function');
});
