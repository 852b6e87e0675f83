/** MIDI that a piece sends: which bytes, and when. */

import type { ReactNode } from 'react';
import { StrictMode } from 'react';
import { describe, expect, test } from 'vitest';
import { bind, parseMidiFile, seq } from '../../src/cycles.js';
import {
  At,
  MidiClock,
  MidiControl,
  MidiNote,
  MidiProgram,
  midiBytes,
  Note,
  Pattern,
  Transport,
  tempo,
  useBeat,
  useBeatValue,
  useMidiOut,
  useTransport,
  webMidiOutput,
} from '../../src/index.js';
import { midiFileOf, renderToScore } from '../../src/node.js';
import { pad } from '../setup/definitions.js';

const port = { send: () => expect.unreachable('Offline nothing is sent.') };
const round = (value: number) => Math.round(value * 1e6) / 1e6;

async function sent(element: ReactNode, duration = 4) {
  const { nodes } = await renderToScore(element, { duration });
  return nodes.midi!.map(({ time, bytes }) => [round(time), ...bytes]);
}

test.each([
  [{ type: 'note on', note: 60, velocity: 1, channel: 16 }, [0x9f, 60, 127]],
  [{ type: 'note on', note: 60, velocity: 0 }, [0x90, 60, 1]],
  [{ type: 'note off', note: 61.4, velocity: 0 }, [0x80, 61, 0]],
  [{ type: 'control', control: 64, value: 1, channel: 2 }, [0xb1, 64, 127]],
  [{ type: 'pitch bend', value: -1 }, [0xe0, 0, 0]],
  [{ type: 'pitch bend', value: 0 }, [0xe0, 0, 64]],
  [{ type: 'pitch bend', value: 1 }, [0xe0, 127, 127]],
  [{ type: 'pressure', value: 0.5 }, [0xd0, 64]],
  [{ type: 'program', program: 5 }, [0xc0, 5]],
] as const)('%j is the bytes %j', (message, bytes) => {
  expect(midiBytes(message)).toEqual(bytes);
});

test('a value outside its range is refused', () => {
  expect(() => midiBytes({ type: 'control', control: 128, value: 0 })).toThrow('control is 128');
  expect(() => midiBytes({ type: 'note on', note: 60, velocity: 80 })).toThrow('velocity is 80');
  expect(() => midiBytes({ type: 'note on', note: 60, channel: 0 })).toThrow('channel is 0');
});

test('notes of a pattern are on and off at their beats, also in StrictMode', async () => {
  const notes = (
    <Transport bpm={120}>
      <Pattern values={bind({ midinote: seq([60, [64, 67]]), dur: 1, legato: 0.5 })}>
        {({ midinote }) => <MidiNote to={port} pitch={midinote} velocity={1} channel={2} />}
      </Pattern>
      <At beat={3}>
        <MidiNote to={port} pitch="C3" length={0.5} />
      </At>
    </Transport>
  );
  const expected = [
    [0, 0x91, 60, 127],
    [0.25, 0x81, 60, 64],
    [0.5, 0x91, 64, 127],
    [0.5, 0x91, 67, 127],
    [0.75, 0x81, 64, 64],
    [0.75, 0x81, 67, 64],
    [1.5, 0x90, 48, 102],
    [1.75, 0x80, 48, 64],
  ];
  expect(await sent(notes)).toEqual(expected);
  expect(await sent(<StrictMode>{notes}</StrictMode>)).toEqual(expected);
});

test('controls are sent when they change, and what callbacks send has the time of their beat', async () => {
  function Controls() {
    const step = useBeatValue(1);
    const send = useMidiOut(port);
    useBeat(1.5, () => send({ type: 'pitch bend', value: 1 }));
    return (
      <>
        <MidiControl to={port} control={1} value={step < 2 ? 0 : 1} />
        <MidiProgram to={port} program={7} />
      </>
    );
  }
  expect(await sent(<Controls />)).toEqual([
    [0, 0xb0, 1, 0],
    [0, 0xc0, 7],
    [1.5, 0xe0, 127, 127],
    [2, 0xb0, 1, 127],
    [3, 0xe0, 127, 127],
  ]);
});

describe('the clock', () => {
  test('has 24 ticks a beat, exactly at their beats of a tempo that changes, after a start', async () => {
    const map = tempo([0, 100, 'ramp'], [8, 200]);
    const all = await sent(
      <Transport bpm={map}>
        <MidiClock to={port} />
      </Transport>,
      4,
    );
    expect(all[0]).toEqual([0, 0xfa]);
    const ticks = all.filter(([, status]) => status === 0xf8).map(([time]) => time!);
    expect(ticks.length).toBe(Math.ceil(map.beatAt(4) * 24));
    for (const [index, time] of ticks.entries()) expect(time).toBeCloseTo(map.secondsAt(index / 24), 5);
    expect(all.length).toBe(ticks.length + 1 + (all.at(-1)![1] === 0xfc ? 1 : 0));
  });

  test('stops, and goes on at a song position', async () => {
    function Seeking() {
      const transport = useTransport();
      useBeat(1, ({ index }) => {
        if (index === 1) transport.seek(7.1);
      });
      return <MidiClock to={port} />;
    }
    const all = await sent(
      <Transport bpm={60}>
        <Seeking />
      </Transport>,
      2,
    );
    const others = all.filter(([, status]) => status !== 0xf8);
    expect(others.slice(0, 4)).toEqual([
      [0, 0xfa],
      [1, 0xfc],
      // The next sixteenth is beat 7.25, the 29th.
      [1.15, 0xf2, 29, 0],
      [1.15, 0xfb],
    ]);
    expect(all.find(([time]) => time! >= 1.15 && time! < 1.16)).toEqual([1.15, 0xf2, 29, 0]);
  });
});

test('in a page the browser sends each message at its time', () => {
  const heard: unknown[] = [];
  const output = webMidiOutput({ send: (bytes, timestamp) => heard.push([bytes, timestamp]) });
  output.send([0x90, 60, 100], (performance.timeOrigin + 5000) / 1000);
  output.send([0xf8]);
  expect(heard).toEqual([
    [[0x90, 60, 100], expect.closeTo(5000, 2)],
    [[0xf8], undefined],
  ]);
});

test('a score is a MIDI file: a track for each definition, and what was sent', async () => {
  const score = await renderToScore(
    <>
      <Pattern values={[60, 62.4]} every={1} length={0.5}>
        {(pitch) => <Note def={pad} pitch={pitch} amp={0.1} />}
      </Pattern>
      <At beat={1} length={2}>
        <MidiNote to={port} pitch={40} velocity={1} channel={10} />
      </At>
    </>,
    { duration: 4 },
  );
  const { tracks, tempos } = parseMidiFile(midiFileOf(score));
  expect(tempos).toEqual([{ beat: 0, bpm: 60 }]);
  expect(tracks).toEqual([
    {
      name: 'pad',
      notes: [
        { beat: 0, length: 0.5, note: 60, velocity: 64 / 127, channel: 1 },
        { beat: 1, length: 0.5, note: 62, velocity: 64 / 127, channel: 1 },
      ],
    },
    { name: 'MIDI', notes: [{ beat: 1, length: 2, note: 40, velocity: 1, channel: 10 }] },
  ]);
});
