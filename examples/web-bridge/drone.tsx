import { type ReactNode, useState } from 'react';
import { pitchToHertz, Sound, Synth, useServerState } from 'react-collider/browser';
import { DoneAction, Env, EnvGen, LFSaw, Out, Pan2, RLPF, synthDef } from 'react-collider/synthdef';

const saw = synthDef('bridge-saw', { freq: 110, cutoff: 800, amp: 0.05, out: 0, gate: 1 }, (c) => {
  const envelope = EnvGen.kr(Env.asr(0.3, 1, 0.5), { gate: c.gate, doneAction: DoneAction.freeSelf });
  const sound = RLPF.ar(LFSaw.ar(c.freq), c.cutoff, 0.4);
  Out.ar(c.out, Pan2.ar(sound, 0, envelope.mul(c.amp)));
});

const NOTES = ['A2', 'C3', 'E3', 'G3'] as const;

/** A chord to be put together note by note, and a filter for all of them. */
export function Drone(): ReactNode {
  const { status, error, server, start } = useServerState();
  const [held, setHeld] = useState<readonly string[]>([]);
  const [cutoff, setCutoff] = useState(800);
  const toggle = (note: string) =>
    setHeld((before) => (before.includes(note) ? before.filter((each) => each !== note) : [...before, note]));
  if (status === 'failed') {
    return (
      <p role="alert">
        {error?.message}{' '}
        <button type="button" onClick={start}>
          Try again
        </button>
      </p>
    );
  }
  return (
    <main>
      <p role="status">
        {status}
        {status === 'running' && `: ${server?.engine.description}`}
      </p>
      {error && <p role="alert">{error.message}</p>}
      {NOTES.map((note) => (
        <button
          key={note}
          type="button"
          aria-pressed={held.includes(note)}
          style={{ padding: '1rem', fontWeight: held.includes(note) ? 'bold' : 'normal' }}
          onClick={() => toggle(note)}
        >
          {note}
        </button>
      ))}
      <label>
        Cutoff{' '}
        <input
          type="range"
          min={200}
          max={4000}
          value={cutoff}
          onChange={({ target }) => setCutoff(target.valueAsNumber)}
        />
      </label>
      <Sound>
        {held.map((note) => (
          <Synth key={note} def={saw} name={note} freq={pitchToHertz(note)} amp={0.1} cutoff={cutoff} />
        ))}
      </Sound>
    </main>
  );
}
