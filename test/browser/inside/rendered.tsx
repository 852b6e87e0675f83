import { useState } from 'react';
import { Synth, useBeat, useBuffer, useBus, useRandom } from 'react-collider';
import {
  CombC,
  DoneAction,
  Env,
  EnvGen,
  In,
  LPF,
  OffsetOut,
  Out,
  PinkNoise,
  PlayBuf,
  SinOsc,
  synthDef,
  WhiteNoise,
} from 'react-collider/synthdef';

const ping = synthDef('ping', { freq: 440, out: 0 }, ({ freq, out }) => {
  const envelope = EnvGen.kr(Env.perc(0.01, 0.3), { doneAction: DoneAction.freeSelf });
  const noise = LPF.ar(WhiteNoise.ar(0.2), 2000);
  OffsetOut.ar(out, [SinOsc.ar(freq).mul(0.2).add(noise).mul(envelope), PinkNoise.ar(0.1).mul(envelope)]);
});

const echo = synthDef('echo', { from: 0 }, ({ from }) => {
  Out.ar(0, CombC.ar(In.ar(from, 2), 0.2, 0.173, 1.5));
});

const player = synthDef('player', { buf: 0 }, ({ buf }) => {
  Out.ar(0, PlayBuf.ar({ numChannels: 2, bufnum: buf, doneAction: DoneAction.freeSelf }).mul(0.3));
});

const table = synthDef('table', { buf: 0 }, ({ buf }) => {
  Out.ar(1, PlayBuf.ar({ numChannels: 1, bufnum: buf, doneAction: DoneAction.freeSelf }).mul(0.1));
});

/** More samples than the engine takes in the blocks before they are played. */
const samples = Float32Array.from({ length: 80_000 }, (_, index) => (index % 997) / 997);

export const DURATION = 2;

/** A piece with everything that might differ from one place to another: noise, chance, an echo, a sample, and beats. */
export function Rendered({ sound }: { readonly sound: string }) {
  const bus = useBus({ rate: 'audio', channels: 2 });
  const [notes, setNotes] = useState<readonly number[]>([]);
  const random = useRandom();
  useBeat(0.173, () => {
    const frequency = random.number(200, 800);
    setNotes((before) => [...before, frequency]);
  });
  return (
    <>
      {notes.map((freq, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: notes are only added.
        <Synth key={index} def={ping} freq={freq} out={bus} />
      ))}
      <Synth def={echo} from={bus} />
      {notes.length > 4 && <Sample path={sound} />}
      {notes.length > 5 && <Table />}
    </>
  );
}

function Table() {
  return <Synth def={table} buf={useBuffer({ data: samples })} />;
}

function Sample({ path }: { readonly path: string }) {
  return <Synth def={player} buf={useBuffer(path)} />;
}
