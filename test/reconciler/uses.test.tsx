/** What a definition does with a bus or a buffer, against what that is: on a real engine, by its tree and its words. */

import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRef, type ReactNode } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { encodeSoundFile } from '../../src/engine/soundfile/encodeSoundFile.js';
import {
  Buffer,
  type BufferHandle,
  type BusHandle,
  type Root,
  Synth,
  type SynthHandle,
  useBuffer,
  useBus,
} from '../../src/index.js';
import { createRoot, renderToScore } from '../../src/node.js';
import type { QueryTreeSynth, Server } from '../../src/server/index.js';
import {
  BufChannels,
  BufRd,
  DC,
  DiskIn,
  DiskOut,
  GrainBuf,
  Impulse,
  In,
  Out,
  PlayBuf,
  RecordBuf,
  Select,
  SinOsc,
  synthDef,
  VDiskIn,
  Warp1,
} from '../../src/synthdef/index.js';
import { reverb, sampler, stereoSampler } from '../../src/synthdef/library/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { tone } from '../setup/definitions.js';
import { bootForTest } from '../setup/servers.js';

const mono = synthDef('mono', { out: 0, freq: 440 }, (c) => Out.ar(c.out, SinOsc.ar(c.freq)));
const quad = synthDef('quad', { out: 0 }, (c) =>
  Out.ar(
    c.out,
    [1, 2, 3, 4].map((freq) => SinOsc.ar(freq)),
  ),
);
const wobble = synthDef('wobble', { out: 0 }, (c) => Out.kr(c.out, SinOsc.kr(1)));
const two = synthDef('two', { outs: [0, 0] }, (c) => {
  const [first, second] = c.outs.channels;
  Out.ar(first!, SinOsc.ar());
  Out.ar(second!, [SinOsc.ar(), SinOsc.ar()]);
});
const follow = synthDef('follow', { from: 0 }, (c) => Out.kr(0, In.kr(c.from, 2)));

let server: Server;
let root: Root;

beforeAll(async () => {
  server = await bootForTest('embedded');
});

beforeEach(() => {
  root = createRoot(server);
});

afterEach(async () => {
  await root.unmount();
});

/** The controls of all synths, as the server has them. */
async function controls(): Promise<QueryTreeSynth['controls'][]> {
  const { children } = await server.queryTree(server.defaultGroup.id);
  return children.map((node) => (node as QueryTreeSynth).controls);
}

const problem = (element: ReactNode): Promise<string> =>
  root.render(element).then(
    () => '',
    (error: Error) => error.message,
  );

function Through({
  children,
  ...options
}: Parameters<typeof useBus>[0] & { readonly children: (bus: BusHandle) => ReactNode }) {
  return children(useBus(options));
}

describe('buses', () => {
  test('a bus has two channels unless it says how many, so that voices and effects of two keep to themselves', async () => {
    let first: BusHandle | undefined;
    let second: BusHandle | undefined;
    function Piece() {
      first = useBus();
      second = useBus();
      return (
        <>
          <Synth def={tone} out={first} />
          <Synth def={reverb} in={first} />
          <Synth def={mono} out={second} />
        </>
      );
    }
    await root.render(<Piece />);
    expect([first!.channels, second!.index! - first!.index!]).toEqual([2, 2]);
  });

  test('a bus of control rate has one channel unless it says how many', async () => {
    let bus: BusHandle | undefined;
    const Piece = () => {
      bus = useBus({ rate: 'control' });
      return <Synth def={wobble} out={bus} />;
    };
    await root.render(<Piece />);
    expect(bus!.channels).toBe(1);
  });

  test('a map of a bus that did not say how many channels follows its first one', async () => {
    let bus: BusHandle | undefined;
    const Piece = () => {
      bus = useBus();
      return (
        <>
          <Synth def={mono} out={bus} />
          <Synth def={mono} freq={bus.ar()} />
        </>
      );
    };
    await root.render(<Piece />);
    expect((await controls())[1]!.freq).toBe(`a${bus!.index}`);
  });

  test.each<[string, ReactNode, string]>([
    [
      'writes more than the bus has',
      <Through key="" channels={1} name="room">
        {(bus) => <Synth def={tone} out={bus} />}
      </Through>,
      '<Synth> at /Synth[0]: synthdef "tone" and its control "out" do not fit together: Out writes 2 channels at audio ' +
        'rate, and the 1-channel audio bus "room" has 1 there; others are another bus\'s. ' +
        'Make it with useBus({ channels: 2 }).',
    ],
    [
      'writes more than a bus that did not say',
      <Through key="">{(bus) => <Synth def={quad} out={bus} />}</Through>,
      'Make it with useBus({ channels: 4 }).',
    ],
    [
      'writes beyond the end from a channel in the middle',
      <Through key="" channels={4}>
        {(bus) => <Synth def={tone} out={bus.channel(3)} />}
      </Through>,
      "the 4-channel audio bus has 1 there; others are another bus's. Make it with useBus({ channels: 5 }).",
    ],
    [
      'reads more than the bus has',
      <Through key="" channels={1}>
        {(bus) => <Synth def={reverb} in={bus} />}
      </Through>,
      'its control "in" do not fit together: In reads 2 channels at audio rate, and the 1-channel audio bus has 1 there',
    ],
    [
      'reads more of a control bus',
      <Through key="" rate="control">
        {(bus) => <Synth def={follow} from={bus} />}
      </Through>,
      "Make it with useBus({ rate: 'control', channels: 2 }).",
    ],
    [
      'writes at another rate',
      <Through key="">{(bus) => <Synth def={wobble} out={bus} />}</Through>,
      'Out writes 1 channel at control rate, and the 2-channel audio bus is none of that rate. ' +
        "Make it with useBus({ rate: 'control' }).",
    ],
    [
      'writes too much by one of several slots',
      <Through key="" channels={1}>
        {(bus) => <Synth def={two} outs={[bus, bus]} />}
      </Through>,
      'its control "outs" do not fit together: Out writes 2 channels',
    ],
  ])('a definition that %s is refused', async (_, element, message) => {
    expect(await problem(element)).toContain(message);
    expect(await controls()).toEqual([]);
  });

  test('two channels of a wider bus may be written from the middle', async () => {
    expect(
      await problem(<Through channels={4}>{(bus) => <Synth def={tone} out={bus.channel(2)} />}</Through>),
    ).toBe('');
  });

  test('a handle refuses as a prop does', async () => {
    const synth = createRef<SynthHandle>();
    let bus: BusHandle | undefined;
    const Piece = () => {
      bus = useBus({ channels: 1 });
      return <Synth def={tone} ref={synth} />;
    };
    await root.render(<Piece />);
    expect(() => synth.current!.set({ out: bus! })).toThrow('Out writes 2 channels');
  });
});

/** A sound file of so many channels. */
function file(channels: number): string {
  const path = join(temporaryFolder(), `${channels}.wav`);
  const samples = new Float32Array(channels * 64).fill(0.5);
  writeFileSync(path, encodeSoundFile({ samples, channels, sampleRate: 48_000 }, 'wav', 'float'));
  return path;
}

const record = synthDef('record', { buf: 0 }, (c) => RecordBuf.ar([DC.ar(1), DC.ar(1)], c.buf));
const grains = synthDef('grains', { buf: 0 }, (c) => Out.ar(0, GrainBuf.ar(2, Impulse.ar(10), 0.1, c.buf)));
const read = synthDef('read', { buf: 0 }, (c) => Out.ar(0, BufRd.ar(2, c.buf, DC.ar(0))));
const warp = synthDef('warp', { buf: 0 }, (c) => Out.ar(0, Warp1.ar(1, c.buf)));
const either = synthDef('either', { buf: 0 }, (c) => {
  const isStereo = BufChannels.kr(c.buf).gt(1);
  Out.ar(0, Select.ar(isStereo, [PlayBuf.ar(1, c.buf), PlayBuf.ar(2, c.buf).channels[1]!]));
});
const disk = synthDef('disk', { buf: 0 }, (c) => Out.ar(0, DiskIn.ar(2, c.buf, 1)));
const variable = synthDef('variable', { buf: 0 }, (c) => Out.ar(0, VDiskIn.ar(2, c.buf)));
const write = synthDef('write', { buf: 0 }, (c) => DiskOut.ar(c.buf, [DC.ar(0.5), DC.ar(0.5)]));

describe('buffers', () => {
  const stereo = file(2);
  const single = file(1);

  test.each<[string, ReactNode, string]>([
    [
      'sampler of a stereo file',
      <Buffer key="" path={stereo}>
        {(buffer) => <Synth def={sampler} buf={buffer} />}
      </Buffer>,
      '<Synth> at /Synth[0]: synthdef "sampler" and its control "buf" do not fit together: PlayBuf plays 1 channel, and ' +
        `the buffer of "${stereo}" has 2: the others would be lost. Take a definition for 2 channels (of the library: ` +
        'stereoSampler), or useBuffer({ path, fileChannels: [0] }) with the channels to play.',
    ],
    [
      'stereoSampler of a mono file',
      <Buffer key="" path={single}>
        {(buffer) => <Synth def={stereoSampler} buf={buffer} />}
      </Buffer>,
      `PlayBuf plays 2 channels, and the buffer of "${single}" has 1: it would be silent or in part there. ` +
        'Take a definition for 1 channel (of the library: sampler).',
    ],
    [
      'GrainBuf of a stereo file',
      <Buffer key="" path={stereo}>
        {(buffer) => <Synth def={grains} buf={buffer} />}
      </Buffer>,
      `GrainBuf plays 1 channel, and the buffer of "${stereo}" has 2: it would be silent or in part there. ` +
        'Take useBuffer({ path, fileChannels: [0] }) with the channels to play.',
    ],
    [
      'BufRd of samples',
      <Buffer key="" data={[0, 1, 0, 1]} name="table">
        {(buffer) => <Synth def={read} buf={buffer} />}
      </Buffer>,
      'BufRd plays 2 channels, and buffer "table" has 1',
    ],
    [
      'Warp1 of a stereo file',
      <Buffer key="" path={stereo}>
        {(buffer) => <Synth def={warp} buf={buffer} />}
      </Buffer>,
      'Warp1 plays 1 channel, and the',
    ],
    [
      'RecordBuf into less',
      <Buffer key="" frames={64}>
        {(buffer) => <Synth def={record} buf={buffer} />}
      </Buffer>,
      'RecordBuf writes 2 channels, and the buffer of 64 frames has 1: nothing would be written. ' +
        'Make it with channels: 2.',
    ],
  ])('%s is refused', async (_, element, message) => {
    expect(await problem(element)).toContain(message);
    expect(await controls()).toEqual([]);
  });

  test('what fits plays: as many channels as there are, a part of the file, and who asks how many there are', async () => {
    function Part() {
      return <Synth def={sampler} buf={useBuffer({ path: stereo, fileChannels: [1] })} />;
    }
    await root.render(
      <>
        <Buffer path={stereo}>{(buffer) => <Synth def={stereoSampler} buf={buffer} />}</Buffer>
        <Buffer path={single}>{(buffer) => <Synth def={either} buf={buffer} />}</Buffer>
        <Buffer frames={64} channels={4}>
          {(buffer) => <Synth def={record} buf={buffer} />}
        </Buffer>
        <Part />
      </>,
    );
  });

  test.each<[string, ReactNode, string]>([
    [
      'DiskIn',
      <Buffer key="" frames={65_536} channels={2}>
        {(buffer) => <Synth def={disk} buf={buffer} />}
      </Buffer>,
      '<Synth> at /Synth[0]: synthdef "disk" and its control "buf" do not fit together: DiskIn reads a file while it ' +
        'plays, and the buffer of 65536 frames has none open. Give it useBuffer({ stream: path }), or take PlayBuf.',
    ],
    [
      'VDiskIn',
      <Buffer key="" path={stereo}>
        {(buffer) => <Synth def={variable} buf={buffer} />}
      </Buffer>,
      'VDiskIn reads a file while it plays',
    ],
    [
      'DiskOut',
      <Buffer key="" frames={65_536} channels={2}>
        {(buffer) => <Synth def={write} buf={buffer} />}
      </Buffer>,
      'DiskOut writes to a file, and the buffer of 65536 frames has none open. Use <Recording>',
    ],
    [
      'PlayBuf of a stream',
      <Buffer key="" stream={stereo}>
        {(buffer) => <Synth def={stereoSampler} buf={buffer} />}
      </Buffer>,
      `PlayBuf plays what is in a buffer, and the stream of "${stereo}" holds a piece of the file at a time.`,
    ],
    [
      'DiskIn of another number of channels',
      <Buffer key="" stream={single}>
        {(buffer) => <Synth def={disk} buf={buffer} />}
      </Buffer>,
      `DiskIn plays 2 channels, and the stream of "${single}" has 1`,
    ],
  ])('%s without what it needs is refused, also where a score is written', async (_, element, message) => {
    await expect(renderToScore(element, { duration: 1 })).rejects.toThrow(message);
  });

  test('a stream on an engine without DiskIn is an error that says what to do', async () => {
    const message = await problem(<Buffer stream={stereo}>{() => null}</Buffer>);
    expect(message).toContain('This engine has no DiskIn: load the whole file, useBuffer(path)');
  });
});

describe('where files are', () => {
  test('a relative path that leads nowhere is said in full, and what to write instead', async () => {
    expect(await problem(<Buffer path="./near.wav">{() => null}</Buffer>)).toContain(
      `"./near.wav" counts from the server's folder: here that is ${join(process.cwd(), 'near.wav')}. ` +
        'For a file beside the module write new URL("./near.wav", import.meta.url).',
    );
  });

  test('the same where a score is written', async () => {
    await expect(
      renderToScore(<Buffer path="near.wav">{() => null}</Buffer>, { duration: 1 }),
    ).rejects.toThrow(`here that is ${join(process.cwd(), 'near.wav')}`);
  });

  test('an absolute path is no puzzle', async () => {
    expect(await problem(<Buffer path="/nowhere/kick.wav">{() => null}</Buffer>)).not.toContain(
      'counts from',
    );
  });

  test('a relative path, a URL and its text name the same file', async () => {
    const path = file(1);
    const handles: BufferHandle[] = [];
    function Piece() {
      handles.push(useBuffer(relative(process.cwd(), path)));
      handles.push(useBuffer(pathToFileURL(path)));
      handles.push(useBuffer({ path: pathToFileURL(path).href }));
      return null;
    }
    await root.render(<Piece />);
    expect(handles.slice(-3).map(({ info }) => info?.frames)).toEqual([64, 64, 64]);
  });
});
