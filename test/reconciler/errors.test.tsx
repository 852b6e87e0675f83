/** Whatever a server refuses, runs out of or is late with: the error says which element, and the rest sounds on. */

import { Component, type ReactNode, useState } from 'react';
import { afterEach, describe, expect, test } from 'vitest';
import {
  createRoot,
  flushSync,
  Group,
  type Lateness,
  type RootOptions,
  SuperColliderError,
  Synth,
  useBuffer,
  useBus,
} from '../../src/index.js';
import type { BootOptions } from '../../src/node.js';
import type { QueryTreeNode, Server } from '../../src/server/index.js';
import {
  CombN,
  encodeSynthDefs,
  Out,
  SinOsc,
  synthDef,
  synthDefsFromBytes,
} from '../../src/synthdef/index.js';
import { tone } from '../setup/definitions.js';
import { bootForTest, engines, freshServer } from '../setup/servers.js';

/** Twenty seconds of delay: 4 MB at 48 kHz. */
const comb = synthDef('comb', { out: 0, freq: 440 }, (c) => {
  Out.ar(c.out, CombN.ar(SinOsc.ar(c.freq), 20, 0.1, 1));
});

/** Needs a unit generator that no engine has. */
const [unknownUnit] = synthDefsFromBytes(
  encodeSynthDefs([
    {
      name: 'strange',
      constants: [0],
      parameters: [440],
      parameterNames: [{ name: 'freq', index: 0 }],
      units: [
        { className: 'Control', rate: 'scalar', specialIndex: 0, inputs: [], outputs: ['scalar'] },
        { className: 'NoSuchUnit', rate: 'audio', specialIndex: 0, inputs: [], outputs: ['audio'] },
      ],
      variants: [],
    },
  ]),
);

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** A hundred oscillators that are all heard only at the end. */
const wide = synthDef('wide', { out: 0 }, (c) => {
  const all = numbers(100).map((index) => SinOsc.ar(100 + index));
  Out.ar(c.out, all);
});

class Boundary extends Component<{ readonly children: ReactNode; readonly onError: (error: Error) => void }> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override componentDidCatch(error: Error) {
    this.props.onError(error);
  }
  override render() {
    return this.state.failed ? null : this.props.children;
  }
}

const defsOf = (nodes: readonly QueryTreeNode[]): unknown[] =>
  nodes.map((node) => ('children' in node ? defsOf(node.children) : node.def));

describe.each(engines)('%s', (engine) => {
  let server: Server;
  const ends: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  const open = async (options: BootOptions = {}, rootOptions: RootOptions = {}) => {
    const isOwn = Object.keys(options).length > 0;
    server = isOwn ? await bootForTest(engine, options) : await freshServer(engine);
    const errors: SuperColliderError[] = [];
    const root = createRoot(server, {
      onError: (error) => errors.push(error as SuperColliderError),
      ...rootOptions,
    });
    if (isOwn) ends.push(() => server.quit());
    ends.push(() => root.unmount({ timeout: 0 }));
    return { root, errors };
  };
  const tree = async () =>
    defsOf((await server.queryTree(server.defaultGroup.id, { controls: false })).children);

  test('a synth that got no memory is named, with its props and components', async () => {
    const { root, errors } = await open({ memSize: 2048 });
    const Echo = () => <Synth def={comb} name="echo" freq={330} />;
    await root.render([<Synth key="tone" def={tone} />, <Echo key="echo" />]);
    await expect.poll(() => errors).toHaveLength(1);
    expect(errors[0]!.message).toMatch(
      /^<Synth> at \/echo \(node \d+\) with synthdef "comb": the server had no memory for CombN \("alloc failed"\), which is silent\. Raise the server option memSize/,
    );
    expect(errors[0]).toMatchObject({
      code: 'command-failed',
      path: '/echo',
      props: { name: 'echo', freq: 330 },
    });
    expect(errors[0]!.componentStack).toMatch(/^ {4}in Synth\n {4}in Echo/);
    expect(await tree()).toEqual(['tone', 'comb']);
  });

  test('of several alike the last ones are named, as memory only gets less', async () => {
    const { root, errors } = await open({ memSize: 12_288 });
    const combs = (count: number) =>
      numbers(count).map((index) => <Synth key={index} def={comb} name={`echo ${index}`} />);
    await root.render(combs(1));
    await root.settled();
    expect(errors).toEqual([]);
    await root.render(combs(5));
    await expect.poll(() => errors.length).toBeGreaterThan(0);
    expect(errors.at(-1)!.path).toBe('/echo 4');
    expect(errors.length).toBeLessThan(5);
  });

  test('an error boundary hears of a synth without memory, and what it shows instead sounds', async () => {
    const { root, errors } = await open({ memSize: 2048 });
    const caught: Error[] = [];
    await root.render(
      <>
        <Synth def={tone} />
        <Boundary onError={(error) => caught.push(error)}>
          <Synth def={comb} name="echo" />
        </Boundary>
      </>,
    );
    await expect.poll(() => caught).toHaveLength(1);
    await root.settled();
    expect(caught[0]).toMatchObject({ code: 'command-failed', path: '/echo' });
    expect(errors).toEqual([]);
    expect(await tree()).toEqual(['tone']);
  });

  test('a synth whose group another client freed is named: without repair, nothing makes the synth again', async () => {
    const { root, errors } = await open({}, { latency: 0.2 });
    const piece = (isThere: boolean) => <Group name="voices">{isThere && <Synth def={tone} />}</Group>;
    await root.render(piece(false));
    await server.next('/n_go', ({ args }) => args[0] === root.tree!.children[0]!.id);
    // The bundle with the synth waits for its moment, and finds the group gone.
    await root.render(piece(true));
    server.send([{ type: '/n_free', id: root.tree!.children[0]!.id }]);
    // supernova prints that a group is missing, and sends no `/fail`.
    if (engine === 'supernova') return;
    await expect.poll(() => errors).toHaveLength(1);
    expect(errors[0]!.message).toMatch(
      /^<Synth> at \/voices\/Synth\[0\] \(node \d+\) with synthdef "tone": the server refused \/s_new: .*\. Another client may have freed the group/i,
    );
    expect(errors[0]).toMatchObject({ code: 'command-failed', path: '/voices/Synth[0]' });
  });

  test('a definition with an unknown unit generator: the element, its props, and nothing else is silent', async () => {
    const { root, errors } = await open();
    const caught: SuperColliderError[] = [];
    await root.render(
      <Group name="all">
        <Synth def={tone} />
        <Boundary onError={(error) => caught.push(error as SuperColliderError)}>
          <Synth def={unknownUnit!} name="strange" freq={3} />
        </Boundary>
      </Group>,
    );
    expect(caught).toHaveLength(1);
    expect(caught[0]).toMatchObject({
      code: 'unsupported',
      path: '/all/strange',
      props: { name: 'strange', freq: 3 },
    });
    expect(caught[0]!.componentStack).toContain('in Boundary');
    expect(errors).toEqual([]);
    expect(await tree()).toEqual([['tone']]);
  });

  test('a definition with more wires than the server has is refused, and the ones beside it are not', async () => {
    // supernova takes any number.
    if (engine === 'supernova') return;
    const { root } = await open({ numWireBufs: 64 });
    const caught: SuperColliderError[] = [];
    await root.render([
      <Synth key="a" def={tone} />,
      <Boundary key="b" onError={(error) => caught.push(error as SuperColliderError)}>
        <Synth def={wide} name="wide" />
      </Boundary>,
    ]);
    expect(caught).toHaveLength(1);
    expect(caught[0]).toMatchObject({ code: 'command-failed', path: '/wide' });
    // The embedded engine, which was compiled without exceptions, says no more than that.
    if (engine === 'scsynth')
      expect(caught[0]!.message).toMatch(/needs about \d+ wire buffers: boot with numWireBufs: \d+/);
    expect(await tree()).toEqual(['tone']);
  });

  test('no buffer is left: the component that asked for one too many is told, and the rest sounds', async () => {
    const { root, errors } = await open({ numBuffers: 16 });
    const caught: SuperColliderError[] = [];
    const Player = ({ index }: { readonly index: number }) => {
      const buffer = useBuffer({ frames: 16 }, `take ${index}`);
      return <Synth def={tone} out={buffer} freq={index} />;
    };
    const players = (count: number) =>
      numbers(count).map((index) => (
        <Boundary key={index} onError={(error) => caught.push(error as SuperColliderError)}>
          <Player index={index} />
        </Boundary>
      ));
    await root.render(players(20));
    await root.settled();
    expect(caught.length).toBeGreaterThan(0);
    for (const error of caught) {
      expect(error.code).toBe('out-of-ids');
      expect(error.message).toMatch(/"take \d+".* in use.* Raise the server option/);
    }
    expect(await tree()).toHaveLength(20 - caught.length);
    expect(errors).toEqual([]);
  });

  test('no bus is left: the component is told, not its synths, and without a boundary what sounded sounds on', async () => {
    const { root } = await open({ numControlBusChannels: 256 });
    const Lfo = () => {
      const bus = useBus({ rate: 'control', channels: 1000, name: 'lfo' });
      return <Synth def={tone} freq={bus.channel(0).kr()} />;
    };
    await root.render(<Synth key="tone" def={tone} />);
    const failed = root.render([<Synth key="tone" def={tone} />, <Lfo key="lfo" />]);
    await expect(failed).rejects.toMatchObject({ code: 'out-of-ids' });
    await expect(failed).rejects.toThrow(/"lfo".*No 1000 free control bus/);
    const error = (await failed.catch((reason: unknown) => reason)) as SuperColliderError;
    expect(error.componentStack).toContain('Lfo');
    expect(await tree()).toEqual(['tone']);
  });

  test('a bundle that comes too late is told with its elements, and the piece goes on', async () => {
    const late: Lateness[] = [];
    const { root } = await open({}, { onLate: (lateness) => late.push(lateness) });
    let setFreq: (freq: number) => void = () => {};
    const Lead = () => {
      const [freq, set] = useState(220);
      setFreq = set;
      return <Synth def={tone} name="lead" freq={freq} />;
    };
    await root.render(
      <Group name="voices">
        <Lead />
      </Group>,
    );
    await root.settled();
    root.at(Date.now() / 1000 - 0.3, () => setFreq(330));
    await expect.poll(() => late.filter(({ error }) => error)).toHaveLength(1);
    const { error, by } = late.find((one) => one.error)!;
    expect(by).toBeGreaterThan(0.25);
    expect(error).toMatchObject({
      code: 'late-bundle',
      path: '/voices/lead',
      props: { name: 'lead', freq: 330 },
    });
    expect(error!.message).toMatch(
      /^The bundle for <Synth> at \/voices\/lead \(node \d+\) was carried out 0\.\d{3} s late, when it arrived\. Raise latency \(now 0 s\)/,
    );
    flushSync(() => setFreq(440));
    await root.settled();
  });

  test('without onLate a late bundle goes to onError', async () => {
    const { root, errors } = await open();
    await root.render(<Synth def={tone} />);
    await root.settled();
    root.at(Date.now() / 1000 - 0.3, () => void root.render(<Synth def={tone} freq={3} />));
    await expect.poll(() => errors.map(({ code }) => code)).toEqual(['late-bundle']);
    expect(errors[0]).toBeInstanceOf(SuperColliderError);
  });
});
