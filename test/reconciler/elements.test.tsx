/** Elements, hooks and handles, each promise on a real engine. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Component, createRef, type ReactNode, StrictMode, Suspense, use, useState } from 'react';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  Buffer,
  type BufferHandle,
  Bus,
  type BusHandle,
  type Commit,
  Definition,
  type Root,
  Synth,
  type SynthHandle,
  useBuffer,
  useBus,
  useServer,
} from '../../src/index.js';
import { createRoot, sonicPiSynthDefs } from '../../src/node.js';
import { type Message, type QueryTreeSynth, type Server, toOsc } from '../../src/server/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { pad, ping, tone } from '../setup/definitions.js';
import { bootForTest } from '../setup/servers.js';

let server: Server;
let root: Root;
let sent: Message[];
let errors: Error[];

beforeAll(async () => {
  server = await bootForTest('embedded');
});

beforeEach(() => {
  sent = [];
  errors = [];
  root = createRoot(server, {
    library: sonicPiSynthDefs(),
    onError: (error) => errors.push(error),
    onCommit: ({ commands }: Commit) => sent.push(...commands.map(toOsc)),
  });
});

afterEach(async () => {
  await root.unmount();
});

/** What was sent since the last call. */
const take = (): Message[] => sent.splice(0);

const controls = async (): Promise<QueryTreeSynth['controls'][]> => {
  const { children } = await server.queryTree(server.defaultGroup.id);
  return children.map((node) => (node as QueryTreeSynth).controls);
};

test('<Definition> makes a definition known by its name, from bytes or from a file', async () => {
  const file = join(temporaryFolder(), 'pad.scsyndef');
  writeFileSync(file, pad.bytes);
  await root.render(
    <>
      <Synth def="tone" freq={100} />
      <Synth def="pad" freq={200} />
      <Definition bytes={tone.bytes} />
      <Definition file={file} />
    </>,
  );
  expect((await controls()).map(({ freq }) => freq)).toEqual([100, 200]);
});

test('<Definition> says which file it cannot read', async () => {
  await expect(root.render(<Definition file="/nowhere/x.scsyndef" />)).rejects.toThrow(
    '"/nowhere/x.scsyndef" could not be read',
  );
});

test('<Bus> and <Buffer> give their handles to a function and to a ref', async () => {
  const [bus, buffer] = [createRef<BusHandle>(), createRef<BufferHandle>()];
  await root.render(
    <Bus ref={bus} channels={2}>
      {(room) => (
        <Buffer ref={buffer} frames={100} channels={2}>
          {(loop) => <Synth def={tone} out={room} freq={loop} />}
        </Buffer>
      )}
    </Bus>,
  );
  const [{ out, freq }] = (await controls()) as [QueryTreeSynth['controls']];
  expect(out).toBe(bus.current!.index);
  expect(freq).toBe(buffer.current!.number);
  expect(buffer.current!.info).toEqual({ frames: 100, channels: 2, sampleRate: 48_000 });
});

test('a sound file is loaded, and its synth begins with it', async () => {
  const { encodeSoundFile } = await import('../../src/engine/soundfile/encodeSoundFile.js');
  const path = join(temporaryFolder(), 'click.wav');
  writeFileSync(
    path,
    encodeSoundFile(
      { samples: Float32Array.of(0.5, -0.5, 0.25), channels: 1, sampleRate: 48_000 },
      'wav',
      'float',
    ),
  );
  let handle: BufferHandle | undefined;
  function Piece() {
    handle = useBuffer(path);
    return <Synth def={tone} freq={handle} />;
  }
  await root.render(<Piece />);
  expect(handle!.info).toEqual({ frames: 3, channels: 1, sampleRate: 48_000 });
  expect(take()).toEqual([['/s_new', 'tone', expect.any(Number), 1, 1, 'freq', handle!.number!]]);
});

class Boundary extends Component<{ readonly children: ReactNode }, { readonly message?: string }> {
  override state: { readonly message?: string } = {};
  static getDerivedStateFromError({ message }: Error) {
    return { message };
  }
  override render() {
    return this.state.message === undefined ? (
      this.props.children
    ) : (
      <Synth def={tone} name={this.state.message} freq={1} />
    );
  }
}

test('a file that is not there goes to the nearest error boundary; the rest sounds', async () => {
  function Missing() {
    return <Synth def={tone} freq={useBuffer('/nowhere/kick.wav')} />;
  }
  await root.render(
    <>
      <Synth def={tone} freq={5} />
      <Boundary>
        <Missing />
      </Boundary>
    </>,
  );
  await root.render(
    <>
      <Synth def={tone} freq={5} />
      <Boundary>
        <Missing />
      </Boundary>
    </>,
  );
  expect((await controls()).map(({ freq }) => freq)).toEqual([5, 1]);
  expect(errors).toEqual([]);
});

test('a wrong control goes to the nearest error boundary before anything of it is sent', async () => {
  await root.render(
    <Boundary>
      <Synth def={tone} controls={{ frq: 3 }} />
    </Boundary>,
  );
  await server.sync();
  expect(take()).toEqual([['/s_new', 'tone', expect.any(Number), 1, 1, 'freq', 1]]);
});

test('without a boundary a failed update leaves what sounds, and the next render goes on from it', async () => {
  await root.render(<Synth def={tone} freq={100} />);
  take();
  await expect(root.render(<Synth def={tone} freq={Number.NaN} />)).rejects.toThrow('control "freq" is NaN');
  for (const [freq, hint] of [
    ['880', 'Give the number 880 without quotes, in JSX freq={880}.'],
    ['A4', 'For a pitch, use <Note pitch="A4"> or pitchToHertz(\'A4\').'],
    ['kick.wav', "For a sound file, use useBuffer('kick.wav')"],
  ] as const) {
    await expect(root.render(<Synth def={tone} freq={freq as never} />)).rejects.toThrow(hint);
  }
  expect(take()).toEqual([]);
  expect((await controls()).map(({ freq }) => freq)).toEqual([100]);
  await root.render(<Synth def={tone} freq={300} />);
  expect((await controls()).map(({ freq }) => freq)).toEqual([300]);
});

test('handle.set goes past React, as one message a moment; the next prop wins', async () => {
  const ref = createRef<SynthHandle>();
  const piece = (freq: number) => <Synth ref={ref} def="tone" controls={{ freq }} />;
  const withDef = (freq: number) => (
    <>
      <Definition def={tone} />
      {piece(freq)}
    </>
  );
  await root.render(withDef(100));
  take();
  ref.current!.set({ freq: 200 });
  ref.current!.set({ amp: 0.25, freq: 201 });
  await Promise.resolve();
  expect(take()).toEqual([['/n_set', ref.current!.id!, 'freq', 201, 'amp', 0.25]]);
  await root.render(withDef(100));
  expect(take()).toEqual([]);
  await root.render(withDef(300));
  expect(take()).toEqual([['/n_set', ref.current!.id!, 'freq', 300]]);
  expect(() => ref.current!.set({ frq: 1 })).toThrow('Did you mean "freq"?');
  expect(() => ref.current!.set({ freq: Number.NaN })).toThrow('control "freq" is NaN');
  expect(() => ref.current!.set({ freq: '880' as never })).toThrow('Give the number 880 without quotes');
});

test('a control bus is set past React, and what is mapped to it follows', async () => {
  let bus: BusHandle | undefined;
  function Piece() {
    bus = useBus({ rate: 'control' });
    return <Synth def={tone} freq={bus.kr()} />;
  }
  await root.render(<Piece />);
  bus!.set(123);
  await server.sync();
  expect(await server.request({ type: '/c_get', indices: [bus!.index!] })).toMatchObject({
    args: [bus!.index, 123],
  });
  expect(() => bus!.set(1, 2)).toThrow('It takes 1 to 1 numbers up to 3.4e38');
  expect(() => bus!.ar()).toThrow('is a control bus: map a control to it with kr()');
});

test('onEnd is called once when a synth ends by itself', async () => {
  let ends = 0;
  const ended = new Promise<void>((resolve) => {
    void root.render(
      <Synth
        def={ping}
        onEnd={() => {
          ends += 1;
          resolve();
        }}
      />,
    );
  });
  await ended;
  await root.render(null);
  expect(ends).toBe(1);
});

test('a new definition replaces the synth only when it is loaded; the old one sounds until then', async () => {
  const piece = (def: typeof tone) => <Synth def={def} freq={7} />;
  await root.render(piece(tone));
  const [first] = take();
  await root.render(piece(pad));
  expect(take()).toEqual([['/s_new', 'pad', expect.any(Number), 4, first![2], 'freq', 7]]);
});

test('StrictMode mounts everything once', async () => {
  function Piece() {
    const bus = useBus();
    return <Synth def={tone} out={bus} />;
  }
  await root.render(
    <StrictMode>
      <Piece />
    </StrictMode>,
  );
  expect(take()).toHaveLength(1);
  expect(root.counts).toEqual({ groups: 0, synths: 1, buses: 1, buffers: 0 });
});

test('what Suspense hides is paused, and goes on when it is shown', async () => {
  let open: (() => void) | undefined;
  const later = new Promise<void>((resolve) => {
    open = resolve;
  });
  let suspend: (on: boolean) => void = () => {};
  function Waiting({ on }: { readonly on: boolean }) {
    if (on) use(later);
    return null;
  }
  function Piece() {
    const [on, set] = useState(false);
    suspend = set;
    return (
      <Suspense fallback={<Synth def={tone} freq={1} />}>
        <Synth def={tone} freq={2} />
        <Waiting on={on} />
      </Suspense>
    );
  }
  await root.render(<Piece />);
  const [[, , id]] = take() as [[string, string, number]];
  root.at(Date.now() / 1000, () => suspend(true));
  await server.sync();
  expect(take()).toEqual([
    ['/s_new', 'tone', expect.any(Number), 1, 1, 'freq', 1],
    ['/n_run', id, 0],
  ]);
  open!();
  const shown = new Promise<void>((resolve) => {
    const end = server.on('/n_on', ({ args }) => {
      if (args[0] !== id) return;
      end();
      resolve();
    });
  });
  await shown;
});

test('useServer gives the server, and says so when there is none', async () => {
  let found: unknown;
  function Piece() {
    found = useServer();
    return null;
  }
  await root.render(<Piece />);
  expect(found).toBe(server);
});

test('two roots on one server leave each other alone', async () => {
  const other = createRoot(server);
  await root.render([<Synth key="a" def={tone} freq={1} />, <Synth key="b" def={tone} freq={2} />]);
  await other.render([<Synth key="a" def={tone} freq={11} />, <Synth key="b" def={tone} freq={12} />]);
  await root.render([
    <Synth key="b" def={tone} freq={2} />,
    <Synth key="a" def={tone} freq={1} />,
    <Synth key="c" def={tone} freq={3} />,
  ]);
  const order = (await controls()).map(({ freq }) => freq as number);
  expect(order.filter((freq) => freq < 10)).toEqual([2, 1, 3]);
  expect(order.filter((freq) => freq > 10)).toEqual([11, 12]);
  await other.unmount();
  expect(await controls()).toHaveLength(3);
});
