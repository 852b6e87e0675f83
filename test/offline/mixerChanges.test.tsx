/** What changes in a mixer while it plays, as it is heard: inserts that come and go, and tracks that are silenced. */

import { join } from 'node:path';
import { type ReactNode, useState } from 'react';
import { describe, expect, test } from 'vitest';
import {
  At,
  Effect,
  Master,
  Mixer,
  Note,
  Pattern,
  Return,
  Synth,
  Track,
  Transport,
  useBeat,
  useMaster,
  useTrack,
} from '../../src/index.js';
import { renderToFile } from '../../src/node.js';
import { DC, DoneAction, Env, EnvGen, In, Line, Out, SinOsc, synthDef } from '../../src/synthdef/index.js';
import { temporaryFolder } from '../engine/native/programs.js';
import { readSound } from '../listen/listen.js';
import { engines } from '../setup/servers.js';

const RATE = 48_000;

const steady = synthDef('steady', { out: 0 }, (c) => Out.ar(c.out, DC.ar([0.5, 0.5])));
const tone = synthDef('tone', { out: 0 }, (c) => Out.ar(c.out, SinOsc.ar([220, 331]).mul(0.2)));
/** A tenth of the seconds for which it has been computed. */
const age = synthDef('age', { out: 0, gate: 1 }, (c) => {
  const end = EnvGen.kr(Env.asr(0, 1, 0), { gate: c.gate, doneAction: DoneAction.freeSelf });
  Out.ar(c.out, Line.ar([0, 0], 1, 10).mul(end));
});
const released = synthDef('released', { out: 0, gate: 1 }, (c) => {
  const env = EnvGen.kr(new Env([0.5, 0.5, 0.5, 0], [0, 0.3, 0.1], 'lin', { releaseNode: 1 }), {
    gate: c.gate,
    doneAction: DoneAction.freeSelf,
  });
  Out.ar(c.out, DC.ar([1, 1]).mul(env));
});
const drum = synthDef('drum', { out: 0 }, (c) => {
  const env = EnvGen.ar(new Env([0.5, 0.5, 0], [0.05, 0.01]), { doneAction: DoneAction.freeSelf });
  Out.ar(c.out, DC.ar([1, 1]).mul(env));
});
const half = synthDef('half', { in: 0, out: 0 }, (c) => Out.ar(c.out, In.ar(c.in, 2).mul(0.5)));
const copy = synthDef('copy', { in: 0, out: 0 }, (c) => Out.ar(c.out, In.ar(c.in, 2)));

type Channels = readonly Float32Array[];

async function hear(
  piece: ReactNode,
  duration: number,
  engine: (typeof engines)[number],
  channels = 2,
): Promise<Channels> {
  const path = join(temporaryFolder(), 'take.wav');
  await renderToFile(<Transport bpm={120}>{piece}</Transport>, {
    path,
    engine,
    duration,
    sampleRate: RATE,
    channels,
  });
  return readSound(path).channels as Channels;
}

const at = (channel: Float32Array, seconds: number): number => channel[Math.round(seconds * RATE)]!;

const largestStep = (channel: Float32Array, from = 0): number => {
  let step = 0;
  for (let frame = Math.round(from * RATE) + 1; frame < channel.length; frame++)
    step = Math.max(step, Math.abs(channel[frame]! - channel[frame - 1]!));
  return step;
};

/** True from one half beat to another one: a half beat is 0.25 s. */
function useFromTo(from: number, to: number): boolean {
  const [is, set] = useState(from === 0);
  useBeat(0.5, ({ index }) => {
    if (index === from) set(true);
    if (index === to) set(false);
  });
  return is;
}

/** Takes a track of the mixer around to outputs, behind its fader. */
function Listen({ name, out }: { readonly name: string; readonly out: number }): ReactNode {
  const track = useTrack(name);
  return track && <Synth def={copy} in={track.bus} out={out} />;
}

function Inserting({ isInserting }: { readonly isInserting: boolean }): ReactNode {
  const isOn = useFromTo(1, 3) && isInserting;
  return (
    <Mixer limiter={false}>
      <Track name="own" inserts={isOn && <Effect def={half} />}>
        <Synth def={steady} />
      </Track>
      <Track name="other">
        <Synth def={tone} />
      </Track>
      <Listen name="own" out={2} />
      <Listen name="other" out={4} />
      <Master inserts={isOn && <Effect def={half} mix={0} />} />
    </Mixer>
  );
}

describe.each(engines)('%s', (engine) => {
  test('an insert comes and goes without a step, and no other track hears of it', async () => {
    const [played, without] = await Promise.all(
      [true, false].map((isInserting) => hear(<Inserting isInserting={isInserting} />, 1.2, engine, 6)),
    );
    const own = played![2]!;
    expect([at(own, 0.2), at(own, 0.5), at(own, 1.1)]).toEqual([0.5, 0.25, 0.5]);
    // A quarter in 50 ms.
    expect(largestStep(own, 0.1)).toBeLessThan((0.25 / 0.05 / RATE) * 1.05);
    for (const channel of [4, 5]) expect(played![channel]!.every(Number.isFinite)).toBe(true);
    for (const channel of [4, 5])
      expect(Buffer.from(played![channel]!.buffer).equals(Buffer.from(without![channel]!.buffer))).toBe(true);
    // An insert of the master that changes nothing is not heard while it comes and goes.
    expect(largestStep(without![2]!, 0.1)).toBe(0);
    expect(at(played![0]!, 0.28) - at(played![2]!, 0.28)).toBeCloseTo(at(played![4]!, 0.28), 5);
  });

  test('a track that leaves is released through its inserts', async () => {
    function Piece() {
      const isThere = useFromTo(0, 1);
      return (
        <Mixer limiter={false}>
          {isThere && (
            <Track name="own" inserts={<Effect def={half} />}>
              <Synth def={released} />
            </Track>
          )}
        </Mixer>
      );
    }
    const [left] = await hear(<Piece />, 1, engine);
    for (const seconds of [0.2, 0.3, 0.4, 0.5])
      expect(at(left!, seconds), `${seconds} s`).toBeCloseTo(0.25, 5);
    expect(at(left!, 0.9)).toBe(0);
  });

  test('a silenced track is not computed, and goes on without a click', async () => {
    function Piece({ pre = false }) {
      const isMuted = useFromTo(1, 5);
      return (
        <Mixer limiter={false}>
          <Track name="own" muted={isMuted} sends={pre ? { hall: { level: -60, pre } } : {}}>
            <Synth def={age} />
          </Track>
          <Return name="hall" def={half} muted />
        </Mixer>
      );
    }
    const [[paused], [awake]] = await Promise.all([
      hear(<Piece />, 1.6, engine),
      hear(<Piece pre />, 1.6, engine),
    ]);
    expect(at(paused!, 0.2)).toBeCloseTo(0.02, 3);
    expect(at(paused!, 0.6)).toBe(0);
    // It was computed until 100 ms after 0.25 s, and again from 1.25 s on.
    expect(at(paused!, 1.5)).toBeCloseTo(0.06, 3);
    expect(largestStep(paused!)).toBeLessThan((0.06 / 0.02 / RATE) * 1.1);
    // A send before the fader is to be heard.
    expect(at(awake!, 1.5)).toBeCloseTo(0.15, 3);
  });

  test('what begins in a silenced track begins when the track is heard, and drums are left out', async () => {
    function Piece() {
      const isSoloed = useFromTo(1, 5);
      return (
        <Mixer limiter={false}>
          <Track name="held">
            <At beat={1}>
              <Synth def={age} />
            </At>
          </Track>
          <Track name="drums">
            <Pattern values={[1]} repeat={8}>
              {() => <Note def={drum} />}
            </Pattern>
          </Track>
          <Track name="other" soloed={isSoloed} />
          <Listen name="held" out={2} />
          <Listen name="drums" out={4} />
        </Mixer>
      );
    }
    const channels = await hear(<Piece />, 1.8, engine, 6);
    const [held, drums] = [channels[2]!, channels[4]!];
    expect(at(held, 1)).toBe(0);
    // supernova 3.13 computes what is added to a paused group.
    expect(at(held, 1.45)).toBeCloseTo(engine === 'supernova' ? 0.095 : 0.02, 3);
    const heard = [0.03, 0.53, 1.03, 1.28, 1.4, 1.53].map((seconds) => at(drums, seconds));
    expect(heard).toEqual([0.5, 0, 0, 0, 0, 0.5]);
  });

  test('the master is changed from inside the piece', async () => {
    function Piece() {
      const master = useMaster();
      useBeat(0.5, ({ index }) => {
        if (index === 1) master?.change({ muted: true });
        if (index === 2) master?.change({ muted: false, gain: -6 });
      });
      return <Synth def={steady} />;
    }
    const [left] = await hear(
      <Mixer limiter={false}>
        <Piece />
        <Master defaultGain={-12} />
      </Mixer>,
      0.8,
      engine,
    );
    expect(at(left!, 0.2)).toBeCloseTo(0.5 * 10 ** (-12 / 20), 4);
    expect(at(left!, 0.4)).toBe(0);
    expect(at(left!, 0.7)).toBeCloseTo(0.5 * 10 ** (-6 / 20), 4);
  });
});
