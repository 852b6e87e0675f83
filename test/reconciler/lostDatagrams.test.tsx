/** Datagrams that a network loses, doubles and delays: the tree is the JSX again soon after. */

import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { createRoot, Group, Synth } from '../../src/index.js';
import { connect } from '../../src/node.js';
import type { QueryTreeNode, Server } from '../../src/server/index.js';
import { Out, SinOsc, type SynthDef, synthDef } from '../../src/synthdef/index.js';
import type { NodeId } from '../../src/units.js';
import { pad, tone } from '../setup/definitions.js';
import { bootForTest, engines } from '../setup/servers.js';

interface Weather {
  /** Parts of all datagrams that are lost, doubled, and delayed by up to 35 ms. */
  readonly loss: number;
  readonly doubled: number;
  readonly delayed: number;
}

const CALM: Weather = { loss: 0, doubled: 0, delayed: 0 };
const MAX_DELAY = 35;

/** Numbers from 0 to 1 that look random: the same ones for a seed. */
function randomNumbers(seed: number): () => number {
  let state = seed * 7919 + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Stands between a client and a server, and does to datagrams what it is told to; always to the same ones. */
async function openProxy(port: number, seed = 0) {
  const [near, far] = [createSocket('udp4'), createSocket('udp4')];
  // Of a server that has quit: what comes late finds nobody.
  far.on('error', () => {});
  near.bind(0, '127.0.0.1');
  far.connect(port, '127.0.0.1');
  await Promise.all([once(near, 'listening'), once(far, 'connect')]);
  const timers = new Set<NodeJS.Timeout>();
  const proxy = {
    port: near.address().port,
    weather: CALM,
    /** Datagrams that did not simply pass. */
    touched: 0,
    /** Datagrams to the server, all of them. */
    sent: [] as Uint8Array[],
    /** Replies to queries of the tree. */
    replies: [] as Uint8Array[],
    /** A reply that comes again, as the one to the next query. */
    staleReply: undefined as Uint8Array | undefined,
    /** Has the server get a datagram once more. */
    repeat: (packet: Uint8Array) => far.send(packet),
    close: () => {
      for (const timer of timers) clearTimeout(timer);
      for (const socket of [near, far]) socket.close();
    },
  };
  let client: number | undefined;
  const random = randomNumbers(seed);
  const happens = (part: number) => {
    const does = random() < part;
    if (does) proxy.touched += 1;
    return does;
  };
  const pass = (packet: Uint8Array, to: Socket, port?: number) => {
    const { loss, doubled, delayed } = proxy.weather;
    if (happens(loss)) return;
    const copies = happens(doubled) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      const send = () => (port === undefined ? to.send(packet) : to.send(packet, port, '127.0.0.1'));
      if (!happens(delayed)) send();
      else {
        const timer = setTimeout(() => {
          timers.delete(timer);
          send();
        }, random() * MAX_DELAY);
        timers.add(timer);
      }
    }
  };
  near.on('message', (packet, from) => {
    client = from.port;
    proxy.sent.push(packet);
    const { staleReply } = proxy;
    if (staleReply && Buffer.from(packet).includes('/g_queryTree')) {
      proxy.staleReply = undefined;
      near.send(staleReply, client, '127.0.0.1');
    }
    pass(packet, far);
  });
  far.on('message', (packet) => {
    if (Buffer.from(packet).includes('/g_queryTree.reply')) proxy.replies.push(packet);
    if (client !== undefined) pass(packet, near, client);
  });
  return proxy;
}

const piece = (step: number, pauses = true) => (
  <Group name="all">
    {[0, 1, 2, 3].map((group) => (
      <Group key={(group * 7 + step) % 5} paused={pauses && (group + step) % 6 === 0}>
        {[0, 1, 2].map((place) => (
          <Synth
            key={(place * 5 + step) % 4}
            def={(step + place) % 3 === 0 ? pad : tone}
            freq={100 + ((step * 13 + place * 7) % 50)}
            pan={[0, place]}
            paused={pauses && (group + place + step) % 4 === 0}
          />
        ))}
      </Group>
    ))}
    {step % 2 === 0 && <Synth def={tone} freq={step} />}
  </Group>
);

/** Another definition without a gate, so that a synth is replaced and not released. */
const plain = synthDef('plain', { freq: 440, amp: 0.1, out: 0 }, (c) =>
  Out.ar(c.out, SinOsc.ar(c.freq).mul(c.amp)),
);

/** Some forty synths in four groups, of which each commit makes, frees, moves, replaces and sets whatever comes. */
const shuffledPiece = (step: number) => {
  const random = randomNumbers(step);
  const someOf = (count: number, part: number) =>
    Array.from({ length: count }, (_, index) => ({ index, order: random(), isIn: random() < part }))
      .filter(({ isIn }) => isIn)
      .toSorted((a, b) => a.order - b.order)
      .map(({ index }) => index);
  return (
    <Group name="all">
      {someOf(4, 0.9).map((group) => (
        <Group key={group}>
          {someOf(12, 0.8).map((place) => (
            <Synth
              key={place}
              exit="free"
              def={random() < 0.3 ? plain : tone}
              freq={100 + Math.floor(random() * 50)}
            />
          ))}
        </Group>
      ))}
    </Group>
  );
};

/** Which nodes run: no query tells, so a client that loses nothing listens to the server's notifications. */
function listenToPauses(server: Server): (id: NodeId) => boolean {
  const paused = new Set<number>();
  server.on('/n_off', ({ args }) => paused.add(args[0] as number));
  server.on('/n_on', ({ args }) => paused.delete(args[0] as number));
  return (id) => paused.has(id);
}

/** Definitions and controls in order and whether they are paused, less what is releasing. */
const shapeOf = (nodes: readonly QueryTreeNode[], isPaused: (id: NodeId) => boolean): unknown[] =>
  nodes.flatMap((node): unknown[] => {
    if ('children' in node) return [isPaused(node.id), shapeOf(node.children, isPaused)];
    return node.controls.gate === 0 ? [] : [[node.def, node.controls, isPaused(node.id)]];
  });

const portOf = ({ engine }: Server): number => Number(engine.transport.description.split(':').at(-1));

const isBundleWith = (packet: Uint8Array, address: string): boolean =>
  Buffer.from(packet).subarray(0, 7).toString() === '#bundle' && Buffer.from(packet).includes(address);

describe.runIf(engines.includes('scsynth'))('scsynth behind a network', () => {
  const mixtures: Weather[] = [
    { ...CALM, loss: 0.01 },
    { ...CALM, loss: 0.1 },
    { ...CALM, doubled: 0.2 },
    { ...CALM, delayed: 0.2 },
    { ...CALM, doubled: 0.1, delayed: 0.1 },
    { loss: 0.1, doubled: 0.1, delayed: 0.1 },
    { loss: 0.05, doubled: 0.3, delayed: 0.4 },
  ];

  test.each([
    ...mixtures.map((weather) => ({ ...weather, of: 'groups that come and go', repair: 0.1 })),
    ...mixtures.slice(2).map((weather) => ({ ...weather, of: 'shuffled synths', repair: 0.5 })),
  ])('$of, $loss lost, $doubled doubled, $delayed delayed: within 2 s the tree is the JSX again', {
    timeout: 60_000,
  }, async ({ of, repair, ...weather }) => {
    const server = await bootForTest('scsynth');
    const isPaused = listenToPauses(server);
    const seed = mixtures.findIndex((mixture) => JSON.stringify(mixture) === JSON.stringify(weather));
    const proxy = await openProxy(portOf(server), seed);
    const remote = await connect({ port: proxy.port });
    const errors: Error[] = [];
    const root = createRoot(remote, { repairInterval: repair, onError: (error) => errors.push(error) });
    const reference = createRoot(server);
    // scsynth 3.13 crashes (SIGSEGV) at a doubled bundle that makes a group and pauses what is in it.
    const pauses = weather.doubled === 0;
    const show = (step: number) => (of === 'shuffled synths' ? shuffledPiece(step) : piece(step, pauses));
    await root.render(show(0));
    await root.render(show(1));
    for (let round = 0; round < 3; round++) {
      proxy.weather = weather;
      const before = proxy.touched;
      for (let step = 0; proxy.touched === before || step < 40; step++) {
        void root.render(show(round * 100 + step)).catch(() => {});
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (step > 2000) break;
      }
      const last = round * 100 + 7;
      void root.render(show(last)).catch(() => {});
      await reference.render(show(last));
      const wanted = async () => shapeOf((await server.queryTree(server.defaultGroup.id)).children, isPaused);
      const actual = async () => shapeOf((await server.queryTree(remote.defaultGroup.id)).children, isPaused);
      await expect.poll(actual, { timeout: 2000, interval: 20 }).toEqual(await wanted());
    }
    expect(proxy.touched).toBeGreaterThan(0);
    expect(errors).toEqual([]);
    proxy.weather = CALM;
    await root.unmount({ timeout: 1 });
    await reference.unmount({ timeout: 1 });
    await remote.disconnect();
    await server.quit();
    proxy.close();
  });

  test('all datagrams of two replaced synths once more, late: nothing of them sounds on', {
    timeout: 60_000,
  }, async () => {
    const server = await bootForTest('scsynth');
    const proxy = await openProxy(portOf(server));
    const remote = await connect({ port: proxy.port });
    const errors: Error[] = [];
    const root = createRoot(remote, { repairInterval: 0.1, onError: (error) => errors.push(error) });
    const voices = (def: SynthDef) =>
      [1, 2].map((key) => <Synth key={key} def={def} exit="free" freq={key} />);
    const names = async () =>
      (await server.queryTree(remote.defaultGroup.id)).children.map((node) => 'def' in node && node.def);
    await root.render(voices(plain));
    await root.render(voices(tone));
    await expect.poll(names).toEqual(['tone', 'tone']);
    // Long after they were carried out: those that make the first ones again, then those that make the second ones.
    for (const packet of [...proxy.sent]) if (isBundleWith(packet, '/s_new')) proxy.repeat(packet);
    await server.sync();
    await expect.poll(names, { timeout: 2000 }).toEqual(['tone', 'tone']);
    expect(errors).toEqual([]);
    await root.unmount();
    await expect.poll(names).toEqual([]);
    await remote.disconnect();
    await server.quit();
    proxy.close();
  });

  test('a reply that comes twice does not end what was made after it', { timeout: 60_000 }, async () => {
    const server = await bootForTest('scsynth');
    const proxy = await openProxy(portOf(server));
    const remote = await connect({ port: proxy.port });
    const ends: string[] = [];
    const root = createRoot(remote, { repairInterval: 0.05 });
    const newReply = async () => {
      const before = proxy.replies.length;
      await expect.poll(() => proxy.replies.length, { interval: 5, timeout: 5000 }).toBeGreaterThan(before);
    };
    const voices = (...pitches: number[]) =>
      pitches.map((freq, key) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the second of two stays the second.
        <Synth key={key} def={pad} freq={freq} onEnd={(reason) => ends.push(reason)} />
      ));
    await root.render(voices(220));
    await newReply();
    const stale = proxy.replies.at(-1)!;
    await root.render(voices(220, 330));
    await newReply();
    proxy.staleReply = stale;
    await newReply();
    expect(proxy.staleReply).toBeUndefined();
    await newReply();
    expect(ends).toEqual([]);
    await root.render(voices(220, 440));
    const pitches = async () =>
      (await server.queryTree(remote.defaultGroup.id)).children.map(
        (node) => 'def' in node && node.controls.freq,
      );
    expect(await pitches()).toEqual([220, 440]);
    await root.unmount();
    await remote.disconnect();
    await server.quit();
    proxy.close();
  });

  test('a pause whose datagram is lost is made up for, once', { timeout: 60_000 }, async () => {
    const server = await bootForTest('scsynth');
    const isPaused = listenToPauses(server);
    const proxy = await openProxy(portOf(server));
    const remote = await connect({ port: proxy.port });
    const runs: unknown[] = [];
    const root = createRoot(remote, {
      repairInterval: 0.05,
      onCommit: ({ commands }) => runs.push(...commands.filter(({ type }) => type === '/n_run')),
    });
    const voice = (paused: boolean) => <Synth def={tone} paused={paused} />;
    await root.render(voice(false));
    const id = root.tree!.children[0]!.id;
    for (const paused of [true, false, true]) {
      runs.length = 0;
      proxy.weather = { ...CALM, loss: 1 };
      const lost = proxy.touched;
      const rendered = root.render(voice(paused));
      await expect.poll(() => proxy.touched, { interval: 1 }).toBeGreaterThan(lost);
      proxy.weather = CALM;
      await rendered;
      await expect.poll(() => isPaused(id), { timeout: 2000, interval: 10 }).toBe(paused);
      // Some comparisons later nothing more was said.
      const before = remote.engine.transport.counts.packetsReceived;
      await expect
        .poll(() => remote.engine.transport.counts.packetsReceived, { timeout: 5000 })
        .toBeGreaterThan(before + 3);
      expect(runs).toHaveLength(2);
    }
    await root.unmount();
    await remote.disconnect();
    await server.quit();
    proxy.close();
  });
});
