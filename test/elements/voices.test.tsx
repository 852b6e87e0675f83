/** Voices: which keys sound, and which notes of patterns. */

import type { ReactNode } from 'react';
import { describe, expect, test } from 'vitest';
import { bind, inf, seq } from '../../src/cycles.js';
import { Note, Pattern, parseMidi, screenKeys, useRoutine, Voices } from '../../src/index.js';
import { VoiceAllocator, type VoiceOptions } from '../../src/input/voiceAllocator.js';
import { renderToScore } from '../../src/node.js';
import { pad } from '../setup/definitions.js';

/** An allocator that a keyboard plays. */
function played(options: VoiceOptions = {}) {
  const allocator = new VoiceAllocator();
  allocator.options = options;
  const send = (...bytes: number[]) => allocator.take(parseMidi(bytes)!);
  return {
    allocator,
    on: (note: number, velocity = 100, channel = 0) => send(0x90 | channel, note, velocity),
    off: (note: number, channel = 0) => send(0x80 | channel, note, 0),
    control: (number: number, value: number, channel = 0) => send(0xb0 | channel, number, value),
    bend: (value: number, channel = 0) => send(0xe0 | channel, value & 127, value >> 7),
    pressure: (value: number, channel = 0) => send(0xd0 | channel, value),
    notes: () => allocator.voices.map(({ note }) => note),
  };
}

describe('a keyboard', () => {
  test.each([
    ['oldest', [62, 64, 65]],
    ['quietest', [60, 64, 65]],
    ['none', [60, 62, 64]],
  ] as const)('of four keys and three voices, steal="%s" leaves these', (steal, expected) => {
    const keys = played({ max: 3, steal });
    keys.on(60, 100);
    keys.on(62, 20);
    keys.on(64, 90);
    keys.on(65, 80);
    expect(keys.notes()).toEqual(expected);
  });

  test('the sustain pedal holds what is let go, the sostenuto pedal what was held when it went down', () => {
    const keys = played();
    keys.on(60);
    keys.control(66, 127);
    keys.on(62);
    keys.off(60);
    keys.off(62);
    expect(keys.notes()).toEqual([60]);
    keys.control(64, 127);
    keys.control(66, 0);
    expect(keys.notes()).toEqual([60]);
    keys.on(64);
    keys.off(64);
    expect(keys.notes()).toEqual([60, 64]);
    expect(keys.allocator.voices.map(({ isHeld }) => isHeld)).toEqual([false, false]);
    keys.control(64, 0);
    expect(keys.notes()).toEqual([]);
  });

  test.each([
    ['last', [60, 67, 64, 67, 60]],
    ['highest', [60, 67, 67, 67, 60]],
    ['lowest', [60, 60, 60, 60, 60]],
  ] as const)('mono plays one key of several, the %s, and is one voice', (priority, expected) => {
    const keys = played({ mono: true, priority });
    const steps = [
      () => keys.on(60),
      () => keys.on(67),
      () => keys.on(64),
      () => keys.off(64),
      () => keys.off(67),
    ];
    const found = steps.map((step) => {
      step();
      return keys.notes();
    });
    expect(found).toEqual(expected.map((note) => [note]));
    expect(keys.allocator.voices[0]!.id).toBe(1);
    keys.off(60);
    expect(keys.notes()).toEqual([]);
    keys.on(62);
    expect(keys.allocator.voices[0]!.id).not.toBe(1);
  });

  test('MPE: each channel has its bend, pressure and timbre, and the master has a bend for all', () => {
    const keys = played({ mpe: true });
    keys.on(60, 100, 1);
    keys.on(64, 100, 2);
    keys.bend(8192 + 4096, 1);
    keys.pressure(127, 2);
    keys.control(74, 0, 1);
    const [first, second] = keys.allocator.voices;
    expect(first!.pitch).toBeCloseTo(60 + 24, 2);
    expect(second!.pitch).toBe(64);
    expect([first!.pressure, second!.pressure, first!.timbre]).toEqual([0, 1, 0]);
    keys.bend(16383, 0);
    expect(keys.allocator.voices[1]!.pitch).toBe(66);
    expect(keys.allocator.voices[0]!.pitch).toBeCloseTo(86, 2);
    keys.control(64, 127, 0);
    keys.off(60, 1);
    expect(keys.notes()).toEqual([60, 64]);
    keys.control(123, 0, 0);
    expect(keys.notes()).toEqual([]);
  });

  test('a voice that does not change is the same object', () => {
    const keys = played();
    keys.on(60);
    const [before] = keys.allocator.voices;
    keys.on(64);
    expect(keys.allocator.voices[0]).toBe(before);
    keys.pressure(20);
    expect(keys.allocator.voices[0]).not.toBe(before);
  });

  test('screen keys say what a device would', () => {
    const heard: unknown[] = [];
    const keys = screenKeys(2);
    const end = keys.listen((bytes) => heard.push(parseMidi(bytes)));
    keys.press(60, 1);
    keys.bend(1);
    keys.bend(0);
    keys.control(64, 1);
    keys.release(60);
    end();
    keys.press(61);
    expect(heard).toEqual([
      { type: 'note on', channel: 2, note: 60, velocity: 1 },
      { type: 'pitch bend', channel: 2, value: 1 },
      { type: 'pitch bend', channel: 2, value: 0 },
      { type: 'control', channel: 2, control: 64, value: 1 },
      { type: 'note off', channel: 2, note: 60, velocity: 64 / 127 },
    ]);
  });
});

/** Nodes and what is said to them: when which begins, and when which is released. */
async function play(element: ReactNode, duration = 6) {
  const score = await renderToScore(element, { duration });
  return score
    .toJSON()
    .bundles.slice(1)
    .flatMap(({ time, messages }) =>
      messages
        .filter(([address]) => address === '/s_new' || address === '/n_set')
        .map((message) =>
          message[0] === '/s_new' ? [time, 'begins', message[2]] : [time, 'ends', message[1]],
        ),
    );
}

describe('notes of patterns', () => {
  const chord = (amps: readonly number[]) =>
    bind({ midinote: seq([60, 62, 64], inf), dur: 1, legato: 3, amp: seq(amps, inf) });

  test('the oldest ends for one too many, at the same moment', async () => {
    const found = await play(
      <Voices max={2}>
        <Pattern values={chord([0.1])} def={pad} />
      </Voices>,
      3.5,
    );
    expect(found).toEqual([
      [0, 'begins', 1000],
      [1, 'begins', 1001],
      [2, 'ends', 1000],
      [2, 'begins', 1002],
      [3, 'ends', 1001],
      [3, 'begins', 1003],
    ]);
  });

  test('the quietest ends, or the new one is left out', async () => {
    const found = await play(
      <Voices max={2} steal="quietest">
        <Pattern values={chord([0.3, 0.1, 0.2])} def={pad} />
      </Voices>,
      2.5,
    );
    expect(found.slice(2)).toEqual([
      [2, 'ends', 1001],
      [2, 'begins', 1002],
    ]);
    const left = await play(
      <Voices max={2} steal="none">
        <Note def={pad} pitch={60} />
        <Note def={pad} pitch={62} />
        <Note def={pad} pitch={64} />
      </Voices>,
      1,
    );
    expect(left.length).toBe(2);
  });

  test('what does not fit is refused', async () => {
    await expect(play(<Voices max={0} />)).rejects.toThrow('<Voices>: max is 0');
    await expect(play(<Voices mono>tone</Voices>)).rejects.toThrow('mono is for a keyboard');
    await expect(play(<Voices source={screenKeys()} />)).rejects.toThrow('nothing to play');
  });
});

test('a keyboard with a glide is one synth whose pitch moves on the server', async () => {
  const keys = screenKeys();
  function Piece() {
    useRoutine(function* () {
      keys.press(60, 1);
      yield 1;
      keys.press(72);
      yield 1;
      keys.release(60);
      keys.release(72);
    });
    return <Voices source={keys} def={pad} mono glide={0.2} />;
  }
  const score = await renderToScore(<Piece />, { duration: 4 });
  const messages = score
    .toJSON()
    .bundles.slice(1)
    .flatMap(({ time, messages: all }) => all.map((message) => [time, ...message]))
    .filter(([, address]) => address === '/s_new' || address === '/n_set');
  const [glide, synth] = messages.map((message) => message[3]);
  expect(messages).toEqual([
    [0, '/s_new', 'kr', glide, 1, expect.any(Number), 'pitch', 60, 'time', expect.closeTo(0.2)],
    // The pitch is read from the bus of the glide.
    [0, '/s_new', 'pad', synth, 1, 1, 'freq', 'c0'],
    [1, '/n_set', glide, 'pitch', 72],
    [2, '/n_set', synth, 'gate', 0],
  ]);
});
