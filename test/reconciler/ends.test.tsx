/** How synths end: by themselves, by others, with the server; and how long what left the tree may sound. */

import { type ReactNode, useState } from 'react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createRoot,
  type EndReason,
  flushSync,
  Group,
  type Root,
  Synth,
  useBus,
  type Waker,
} from '../../src/index.js';
import type { QueryTreeNode, Server } from '../../src/server/index.js';
import { timerWaker } from '../../src/time/waker.js';
import { pad, ping, tone } from '../setup/definitions.js';
import { bootForTest, engines, freshServer } from '../setup/servers.js';

/** Names of definitions, groups as lists. */
const shapeOf = (nodes: readonly QueryTreeNode[]): unknown[] =>
  nodes.map((node) => ('children' in node ? shapeOf(node.children) : node.def));

describe.each(engines)('%s', (engine) => {
  let server: Server;
  let root: Root;
  let errors: Error[];

  beforeEach(async () => {
    server = await freshServer(engine);
    errors = [];
    root = createRoot(server, { onError: (error) => errors.push(error) });
  });

  afterEach(async () => {
    await root.unmount({ timeout: 0 });
  });

  /** What is on the server in our group; supernova 3.13 may crash when it is asked for controls. */
  const shape = async () =>
    shapeOf((await server.queryTree(server.defaultGroup.id, { controls: false })).children);

  /** Resolves when the tree is that one; its time is the test's. */
  const until = async (wanted: readonly unknown[]) => {
    for (;;) {
      const actual = await shape();
      if (JSON.stringify(actual) === JSON.stringify(wanted)) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };

  /** Renders synths of a definition, and resolves with the reason when one has ended. */
  const endOf = async (element: (onEnd: (reason: EndReason) => void) => ReactNode, cause: () => void) => {
    let tell: (reason: EndReason) => void = () => {};
    const reason = new Promise<EndReason>((resolve) => {
      tell = resolve;
    });
    await root.render(element((why) => tell(why)));
    cause();
    return reason;
  };

  test('a synth whose envelope is over has ended', async () => {
    expect(
      await endOf(
        (onEnd) => <Synth def={ping} onEnd={onEnd} />,
        () => {},
      ),
    ).toBe('ended');
  });

  test('a synth that cannot end by itself was freed by another client', async () => {
    const reason = await endOf(
      (onEnd) => <Synth def={tone} name="voice" onEnd={onEnd} />,
      () => server.send([{ type: '/n_free', id: root.tree!.children[0]!.id }]),
    );
    expect(reason).toBe('freed');
    await root.render(<Synth def={tone} name="voice" />);
    expect(await shape()).toEqual([]);
    await root.render(<Synth key="again" def={tone} />);
    expect(await shape()).toEqual(['tone']);
  });

  test('/g_freeAll frees all, and only what is new sounds afterwards', async () => {
    const reasons: EndReason[] = [];
    const voice = (key: string) => <Synth key={key} def={tone} onEnd={(reason) => reasons.push(reason)} />;
    await root.render(<Group>{['a', 'b'].map(voice)}</Group>);
    server.send([{ type: '/g_freeAll', id: root.tree!.children[0]!.id }]);
    await server.sync();
    await root.settled();
    expect(reasons).toEqual(['freed', 'freed']);
    await root.render(<Group>{['a', 'b', 'c'].map(voice)}</Group>);
    expect(await shape()).toEqual([['tone']]);
    expect(errors).toEqual([]);
  });

  test('a group waits for what releases in it and in the groups below, and its effects are heard until then', async () => {
    const piece = (isThere: boolean) =>
      isThere && (
        <Group>
          <Group>
            <Synth def={pad} release={0.4} />
            <Synth def={tone} />
          </Group>
          <Group>
            <Synth def={tone} />
          </Group>
          <Synth def={pad} release={0.1} />
        </Group>
      );
    await root.render(piece(true));
    await until([[['pad', 'tone'], ['tone'], 'pad']]);
    await root.render(piece(false));
    await until([[['pad', 'tone'], ['tone']]]);
    await until([]);
    expect(errors).toEqual([]);
  });

  test('a group in which another one is releasing already leaves with it', async () => {
    const piece = (inner: boolean, outer: boolean) =>
      outer && (
        <Group>
          {inner && (
            <Group>
              <Synth def={pad} release={0.3} />
            </Group>
          )}
          <Synth def={tone} />
        </Group>
      );
    await root.render(piece(true, true));
    await root.render(piece(false, true));
    await root.render(piece(false, false));
    await until([]);
    expect(errors).toEqual([]);
  });

  test('what is mounted again while it is released begins anew beside its own tail', async () => {
    let setOpen: (open: boolean) => void = () => {};
    function Voice() {
      const [isOpen, set] = useState(true);
      const bus = useBus({ channels: 2 });
      setOpen = set;
      return isOpen && <Synth def={pad} out={bus} release={0.3} />;
    }
    await root.render(<Voice />);
    await until(['pad']);
    for (let turn = 0; turn < 3; turn++) {
      flushSync(() => setOpen(false));
      flushSync(() => setOpen(true));
      await server.sync();
    }
    expect((await shape()).length).toBeGreaterThan(1);
    await until(['pad']);
    expect(errors).toEqual([]);
  });

  test('a drum that leaves rings to its end, and exit="free" cuts it; neither is a failure on the server', async () => {
    const printed: string[] = [];
    const stop = server.engine.onOutput((line) => printed.push(line));
    await endOf(
      (onEnd) => (
        <Group name="drums">
          <Synth def={ping} key="rings" length={0.5} />
          <Synth def={ping} key="is cut" length={0.5} exit="free" />
          <Synth def={ping} key="is over" length={0.01} onEnd={onEnd} />
        </Group>
      ),
      () => {},
    );
    expect(await shape()).toEqual([['ping', 'ping']]);
    await root.render(null);
    expect(await shape()).toEqual([['ping']]);
    await until([]);
    // Each beat a drum whose time is over, as it ends itself at the same moment.
    for (let beat = 0; beat < 20; beat++) await root.render(<Synth def={ping} key={beat} length={0.002} />);
    await root.unmount();
    await until([]);
    expect(printed.filter((line) => /FAIL/.test(line))).toEqual([]);
    stop();
  });

  test('what would ring for longer than ten seconds is freed at once', async () => {
    const lengths = (all: readonly number[]) =>
      all.map((length) => <Synth key={length} def={ping} length={length} />);
    await root.render(lengths([600, 9, 10.5]));
    await root.render(lengths([]));
    expect(await shape()).toEqual(['ping']);
    await root.unmount({ timeout: 0 });
    expect(errors).toEqual([]);
  });

  test('what releases for longer than releaseTimeout is freed, and said to be', async () => {
    const limited = createRoot(server, { releaseTimeout: 0.1, onError: (error) => errors.push(error) });
    const piece = (isThere: boolean) => (
      <Group name="voices">{isThere && <Synth def={pad} name="lead" release={60} />}</Group>
    );
    await limited.render(piece(true));
    await until([['pad']]);
    await limited.render(piece(false));
    const released = performance.now();
    expect(await shape()).toEqual([['pad']]);
    await until([[]]);
    expect(performance.now() - released).toBeLessThan(2000);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ code: 'timeout', path: '/voices/lead' });
    expect(errors[0]!.message).toMatch(
      /^<Synth> at \/voices\/lead \(node \d+\) had not ended 0\.1 s after its release, and was freed\./,
    );
    await limited.unmount();
  });

  test('a releaseTimeout keeps nothing waiting once the last released node has ended', async () => {
    const waiting = new Set<() => void>();
    const waker: Waker = (after, callback) => {
      const cancel = timerWaker(after, () => {
        waiting.delete(cancel);
        callback();
      });
      waiting.add(cancel);
      return () => {
        waiting.delete(cancel);
        cancel();
      };
    };
    const limited = createRoot(server, { releaseTimeout: 60, waker });
    await limited.render(<Synth def={pad} release={0.05} />);
    await until(['pad']);
    await limited.render(null);
    expect(waiting.size).toBe(1);
    await limited.unmount();
    expect(waiting.size).toBe(0);
  });
});

test('what sounds when the server is lost is told so, once, and is made again when it is back', async () => {
  const server = await bootForTest('embedded');
  const root = createRoot(server);
  const reasons: EndReason[] = [];
  await root.render(<Synth def={tone} onEnd={(reason) => reasons.push(reason)} />);
  await server.reboot();
  await root.settled();
  expect(reasons).toEqual(['lost']);
  expect(shapeOf((await server.queryTree(server.defaultGroup.id)).children)).toEqual(['tone']);
  await root.unmount();
});
