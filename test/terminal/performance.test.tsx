import { join } from 'node:path';
import { useState } from 'react';
import { describe, expect, test } from 'vitest';
import { Synth, useBeat } from '../../src/index.js';
import { record } from '../../src/server/recorder.js';
import type { Server } from '../../src/server/server.js';
import { Performance, type PerformanceOptions } from '../../src/terminal/performance.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { readSound } from '../listen/listen.js';
import { tone } from '../setup/definitions.js';
import { engines, freshServer } from '../setup/servers.js';

function Piece() {
  const [step, setStep] = useState(0);
  useBeat(0.1, () => setStep((before) => before + 1));
  return (
    <>
      <Synth def={tone} freq={330} />
      <Synth def={tone} freq={1000 + step} amp={0} />
    </>
  );
}

interface Beat {
  readonly step: number;
  readonly time: number;
}

/** A piece of ten beats a second, and what it has sent. */
async function perform(server: Server) {
  const beats: Beat[] = [];
  let wake: () => void = () => {};
  const errors: Error[] = [];
  const performance = new Performance({
    // The same class: what is under test imports the package by its name, whose types are those of dist/.
    server: server as unknown as PerformanceOptions['server'],
    latency: 0.1,
    record: async (path) => {
      if (!server.engine.record) return record(server, { path });
      const recording = await server.engine.record(path);
      return { path, stop: async () => void (await recording.stop()) };
    },
    nextRecording: () => join(temporaryFolder(), 'next.wav'),
    onError: (error) => errors.push(error),
    piece: {
      name: 'piece.tsx',
      begin: async (openRoot) => {
        const root = openRoot({
          onLate: ({ by }) => errors.push(new Error(`late by ${by}`)),
          onCommit: ({ commands, time }) => {
            for (const command of commands) {
              if (command.type !== '/n_set' || command.controls[0] !== 'freq') continue;
              beats.push({ step: Number(command.controls[1]) - 1000, time: time! });
              wake();
            }
          },
        });
        await root.render(<Piece />);
        return { root, close: async () => {} };
      },
    },
  });
  const beat = async (count: number) => {
    for (const last = beats.length + count; beats.length < last; )
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  };
  return { performance, beats, beat, errors };
}

/** Resolves when the server has been asked how it is so many times, once a second. */
async function heartbeats(server: Server, count: number): Promise<void> {
  for (let heard = 0; heard < count; heard++)
    await new Promise<void>((resolve) => {
      const end = server.on('/status.reply', () => {
        end();
        resolve();
      });
    });
}

/** How far samples are from going on as a sine: 0 where nothing interrupts it. */
function breakOf(samples: Float32Array, frequency: number, sampleRate: number): number {
  const factor = 2 * Math.cos((2 * Math.PI * frequency) / sampleRate);
  let largest = 0;
  for (let n = 1; n < samples.length - 1; n++)
    largest = Math.max(largest, Math.abs(samples[n + 1]! - factor * samples[n]! + samples[n - 1]!));
  return largest;
}

/** The longest silence. */
function silenceIn(samples: Float32Array): { readonly from: number; readonly to: number } {
  let longest = { from: 0, to: 0 };
  for (let from = 0; from < samples.length; from++) {
    if (samples[from] !== 0) continue;
    let to = from;
    while (to < samples.length && samples[to] === 0) to++;
    if (to - from > longest.to - longest.from) longest = { from, to };
    from = to;
  }
  return longest;
}

describe.each(engines)('on %s', (engine) => {
  test('a pause is a silence out of which sound and beats go on as if it had not been', async () => {
    const server = await freshServer(engine);
    const { performance, beats, beat, errors } = await perform(server);
    const path = join(temporaryFolder(), 'take.wav');
    await performance.begin();
    await performance.toggleRecording(path);
    await beat(5);
    performance.togglePause();
    expect(performance.playing).toBe('paused');
    await heartbeats(server, 3);
    const atPause = beats.length;
    performance.togglePause();
    await beat(5);
    expect(await performance.end()).toBe(path);

    expect(beats.map(({ step }) => step)).toEqual(beats.map((_, index) => index + 1));
    const gaps = beats.slice(1).map(({ time }, index) => time - beats[index]!.time);
    const [pause] = gaps.splice(atPause - 1, 1);
    expect(Math.max(...gaps.map((gap) => Math.abs(gap - 0.1)))).toBeLessThan(1e-3);
    expect(pause).toBeGreaterThan(1);

    const { channels, sampleRate } = readSound(path);
    const samples = channels[0]!.subarray(sampleRate / 10, -sampleRate / 10);
    const { from, to } = silenceIn(samples);
    const silence = (to - from) / sampleRate;
    // A sound system without a device loses time when the machine is busy; the embedded engine counts samples.
    if (engine === 'embedded') expect(Math.abs(silence - (pause! - 0.1))).toBeLessThan(0.02);
    else expect(silence).toBeGreaterThan(0.5);
    const without = Float32Array.from([...samples.subarray(0, from), ...samples.subarray(to)]);
    const start = without.findIndex((sample) => sample !== 0);
    expect(breakOf(without.subarray(start, from + 9600), 330, sampleRate)).toBeLessThan(1e-4);
    expect(errors).toEqual([]);
  });

  test('a recording that is ended while it begins is one file, and no other is left open', async () => {
    const server = await freshServer(engine);
    const { performance, errors } = await perform(server);
    const path = join(temporaryFolder(), 'short.wav');
    await performance.begin();
    const pressed = [performance.toggleRecording(path), performance.toggleRecording()];
    expect(await Promise.all(pressed)).toEqual([undefined, path]);
    expect(performance.recording).toBeUndefined();
    expect(await performance.end()).toBeUndefined();
    expect(errors).toEqual([]);
  });

  test('panic frees what is in all groups, of others too, and nothing comes after', async () => {
    const server = await freshServer(engine);
    const { performance, beat, beats } = await perform(server);
    await performance.begin();
    const other = server.nodes.group({ target: server.nodes.root, action: 'tail' });
    await server.synthDefs.ensure(tone);
    server.nodes.synth(tone, { amp: 0 }, { target: other, action: 'head' });
    await beat(3);
    await performance.panic();
    const sent = beats.length;
    expect(performance.playing).toBe('stopped');
    expect(performance.root).toBeUndefined();
    const synths = async () => (await server.status()).synths;
    expect(await synths()).toBe(0);
    await heartbeats(server, 2);
    expect(await synths()).toBe(0);
    expect(beats.length).toBe(sent);
    await performance.restart();
    await beat(2);
    await expect.poll(synths).toBe(2);
    await performance.end();
    await expect.poll(synths).toBe(0);
  });
});
