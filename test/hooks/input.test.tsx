import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { useState } from 'react';
import { describe, expect, test } from 'vitest';
import {
  type Commit,
  type MidiSource,
  Note,
  parseMidi,
  Synth,
  useMidi,
  useMidiNotes,
  useOsc,
  useServer,
  webMidi,
} from '../../src/index.js';
import { createRoot, midiInputs, openMidiInput, openOscInput } from '../../src/node.js';
import { encodePacket } from '../../src/osc/encode.js';
import { RootContext } from '../../src/reconciler/rootContext.js';
import { toOsc } from '../../src/server/index.js';
import { pad, ping, tone } from '../setup/definitions.js';
import { bootForTest } from '../setup/servers.js';

/** What a device would send, byte by byte. */
function keyboard() {
  const listeners = new Set<(bytes: ArrayLike<number>) => void>();
  const source: MidiSource = {
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    source,
    listeners,
    play: (...bytes: number[]) => {
      for (const listener of [...listeners]) listener(Uint8Array.from(bytes));
    },
  };
}

/** A root on the embedded engine, and what it sends. */
async function performed(element: React.ReactNode) {
  const server = await bootForTest('embedded', { device: 'none' });
  const commits: Commit[] = [];
  const root = createRoot(server, { onCommit: (commit) => commits.push(commit) });
  await root.render(element);
  return {
    server,
    root,
    /** Messages since the last call. */
    sent: () => commits.splice(0).flatMap(({ commands }) => commands.map(toOsc)),
  };
}

test.each([
  [[0x90, 60, 127], { type: 'note on', channel: 1, note: 60, velocity: 1 }],
  [[0x9f, 60, 0], { type: 'note off', channel: 16, note: 60, velocity: 0.5 }],
  [[0x81, 61, 127], { type: 'note off', channel: 2, note: 61, velocity: 1 }],
  [[0xb0, 64, 127], { type: 'control', channel: 1, control: 64, value: 1 }],
  [[0xe0, 0, 64], { type: 'pitch bend', channel: 1, value: 0 }],
  [[0xe0, 127, 127], { type: 'pitch bend', channel: 1, value: 1 }],
  [[0xe0, 0, 0], { type: 'pitch bend', channel: 1, value: -1 }],
  [[0xd3, 127], { type: 'pressure', channel: 4, note: undefined, value: 1 }],
  [[0xa0, 60, 0], { type: 'pressure', channel: 1, note: 60, value: 0 }],
  [[0xc0, 5], { type: 'program', channel: 1, program: 5 }],
  [[0xf8], undefined],
  [[], undefined],
])('the bytes %j say %j', (bytes, event) => {
  expect(parseMidi(bytes)).toEqual(event);
});

describe('useMidiNotes', () => {
  test('a key that is pressed is a synth at once, and one that is let go is released', async () => {
    const { source, play, listeners } = keyboard();
    function Keys() {
      return useMidiNotes(source).map(({ id, note, velocity }) => (
        <Note key={id} def={pad} pitch={note} velocity={velocity} />
      ));
    }
    const { root, server, sent } = await performed(<Keys />);
    play(0x90, 69, 127);
    await root.render(<Keys />); // the definition is loaded with the first key
    expect(sent()).toEqual([['/s_new', 'pad', 1000, 1, 1]]);
    play(0x90, 57, 127);
    expect(sent()).toEqual([['/s_new', 'pad', 1001, 1, 1, 'freq', 220]]);
    // A gate that is closed in the control period in which it was opened never opens an envelope, and never ends one.
    await server.sync();
    play(0x80, 69, 0);
    expect(sent()).toEqual([['/n_set', 1000, 'gate', 0]]);
    play(0x90, 57, 64); // the same key again, without having been let go
    expect(sent()).toEqual([
      ['/n_set', 1001, 'gate', 0],
      ['/s_new', 'pad', 1002, 1, 1, 'freq', 220, 'amp', 0.1 * (64 / 127)],
    ]);
    await server.sync();
    await root.unmount();
    expect(listeners.size).toBe(0);
  });

  test('keys of other channels are left out where one is asked for', async () => {
    const { source, play } = keyboard();
    function Keys() {
      return useMidiNotes(source, 2).map(({ id }) => <Synth key={id} def={tone} />);
    }
    const { root, sent } = await performed(<Keys />);
    play(0x90, 60, 100);
    play(0x91, 60, 100);
    await root.render(<Keys />);
    expect(sent()).toEqual([['/s_new', 'tone', 1000, 1, 1]]);
    await root.unmount();
  });

  test('a key is a packet in the same turn', async () => {
    const { source, play } = keyboard();
    function Keys() {
      return useMidiNotes(source).map(({ id, note }) => <Note key={id} def={ping} pitch={note} />);
    }
    const { root, sent } = await performed(<Keys />);
    play(0x90, 60, 100);
    await root.render(<Keys />);
    sent();
    for (let note = 20; note < 120; note++) {
      play(0x91, note, 100);
      expect(sent()).toHaveLength(1);
      play(0x81, note, 0);
      sent();
    }
    await root.unmount();
  });
});

test('useMidi hears each message with the function of the last render', async () => {
  const { source, play } = keyboard();
  function Bent() {
    const [bend, setBend] = useState(0);
    useMidi(source, (event) => {
      if (event.type === 'pitch bend') setBend(bend + event.value);
    });
    return <Synth def={tone} freq={440 + 10 * bend} />;
  }
  const { root, sent } = await performed(<Bent />);
  sent();
  play(0xe0, 127, 127);
  play(0xe0, 127, 127);
  play(0xb0, 1, 1);
  expect(sent()).toEqual([
    ['/n_set', 1000, 'freq', 450],
    ['/n_set', 1000, 'freq', 460],
  ]);
  await root.unmount();
});

test("a browser's input is a source", () => {
  const target = new EventTarget();
  const heard: number[][] = [];
  const end = webMidi(target as never).listen((bytes) => heard.push(Array.from(bytes)));
  const say = (data: Uint8Array | null) =>
    target.dispatchEvent(Object.assign(new Event('midimessage'), { data }));
  say(Uint8Array.of(0x90, 60, 1));
  say(null);
  end();
  say(Uint8Array.of(0x90, 61, 1));
  expect(heard).toEqual([[0x90, 60, 1]]);
});

// A machine with MIDI opens it; on one without, the package itself says why.
test.runIf(process.platform === 'linux' && !existsSync('/dev/snd/seq'))(
  'a machine without MIDI is an error that says what is missing',
  async () => {
    const error = {
      code: 'not-found',
      message: expect.stringMatching(/^This machine has no MIDI: .*ALSA's sequencer/),
    };
    await expect(openMidiInput('keys')).rejects.toMatchObject(error);
    await expect(midiInputs()).rejects.toMatchObject(error);
  },
);

describe('useOsc', () => {
  test('a fader of another program moves a control', async () => {
    await using input = await openOscInput({ port: 0 });
    function Fader() {
      const [amp, setAmp] = useState(0.1);
      useOsc(input, '/1/fader1', (value) => setAmp(Number(value)));
      return <Synth def={tone} amp={amp} />;
    }
    const { root, sent } = await performed(<Fader />);
    sent();
    const socket = createSocket('udp4');
    const heard = new Promise((resolve) => input.on('/1/fader1', resolve));
    socket.send(encodePacket(['/1/fader2', 1]), input.port, '127.0.0.1');
    socket.send(Uint8Array.of(1, 2, 3), input.port, '127.0.0.1');
    socket.send(encodePacket({ timetag: [0, 1], elements: [['/1/fader1', 0.5]] }), input.port, '127.0.0.1');
    await heard;
    expect(sent()).toEqual([['/n_set', 1000, 'amp', 0.5]]);
    expect(input.malformedPackets).toBe(1);
    socket.close();
    await root.unmount();
  });

  test('what the server says is OSC as well', async () => {
    const nodes: unknown[] = [];
    function Watched() {
      useOsc(useServer(), '/n_go', (id) => nodes.push(id));
      return <Synth def={tone} />;
    }
    const { root, server } = await performed(<Watched />);
    await server.sync();
    expect(nodes).toEqual([1000]);
    await root.unmount();
  });

  test('a port that another program has is an error that says so', async () => {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    await expect(openOscInput({ port: socket.address().port })).rejects.toMatchObject({
      code: 'port-in-use',
      message: expect.stringContaining('EADDRINUSE'),
    });
    socket.close();
  });
});

test('outside of a root the hooks say where they belong', async () => {
  const Outside = () => {
    useMidi(undefined, () => {});
    return null;
  };
  const server = await bootForTest('embedded', { device: 'none' });
  const root = createRoot(server);
  await expect(
    root.render(
      <RootContext value={null}>
        <Outside />
      </RootContext>,
    ),
  ).rejects.toMatchObject({
    code: 'no-server',
    message: expect.stringContaining('useMidi() found no server'),
  });
});
