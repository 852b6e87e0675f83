import { type CSSProperties, useEffect, useState } from 'react';
import { pitchToHertz, Sound, Synth, useServerState } from 'react-collider/browser';
import { sine } from 'react-collider/library';

const NOTES = ['C4', 'D4', 'E4', 'F4', 'G4', 'A4', 'B4', 'C5'];
const KEYS = 'asdfghjk';

export function Keyboard() {
  const { status, error, start, suspend } = useServerState();
  if (error) return <p role="alert">{error.message}</p>;
  if (status !== 'running') {
    return (
      <button type="button" onClick={start} disabled={status === 'starting'}>
        Start
      </button>
    );
  }
  return (
    <main>
      {NOTES.map((note, index) => (
        <Key key={note} note={note} letter={KEYS[index]!} />
      ))}
      <button type="button" onClick={suspend}>
        Stop
      </button>
    </main>
  );
}

const STYLE: CSSProperties = { width: '4rem', height: '12rem', verticalAlign: 'bottom', touchAction: 'none' };

/** A key, and the note that sounds while it is held down. */
function Key({ note, letter }: { readonly note: string; readonly letter: string }) {
  const [isDown, setDown] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === letter && !event.repeat) setDown(event.type === 'keydown');
    };
    window.addEventListener('keydown', onKey);
    window.addEventListener('keyup', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('keyup', onKey);
    };
  }, [letter]);
  return (
    <>
      <button
        type="button"
        aria-pressed={isDown}
        style={STYLE}
        onPointerDown={() => setDown(true)}
        onPointerUp={() => setDown(false)}
        onPointerLeave={() => setDown(false)}
      >
        {note}
        <br />
        {letter}
      </button>
      <Sound>{isDown && <Synth def={sine} name={note} freq={pitchToHertz(note)} />}</Sound>
    </>
  );
}
