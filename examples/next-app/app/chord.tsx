'use client';

/**
 * A chord that is held, in a page that Next renders on its server.
 *
 * Shows: a client component that is rendered on the server as well, where nothing sounds and nothing is started, and
 * state that decides in the same tree what is seen and what is heard.
 *
 * Run: npm install && npm run dev       Stop: Ctrl-C
 */

import { useState } from 'react';
import { Group, pitchToHertz, ServerProvider, Sound, Synth, useServerState } from 'react-collider/browser';
import { sine } from 'react-collider/library';

interface ChordProps {
  readonly chords: Readonly<Record<string, readonly string[]>>;
}

export function Chord(props: ChordProps) {
  return (
    <ServerProvider startOn="call">
      <Keys {...props} />
    </ServerProvider>
  );
}

function Keys({ chords }: ChordProps) {
  const { status, error, start } = useServerState();
  const [held, setHeld] = useState<string>();
  if (error) return <p role="alert">{error.message}</p>;
  return (
    <>
      <button type="button" onClick={start} disabled={status !== 'idle'}>
        {status === 'idle' ? 'Start' : status}
      </button>
      {Object.keys(chords).map((name) => (
        <button key={name} type="button" aria-pressed={name === held} onClick={() => setHeld(name)}>
          {name}
        </button>
      ))}
      <Sound>
        <Group name="chord">
          {chords[held ?? '']?.map((note) => (
            <Synth key={note} def={sine} name={note} freq={pitchToHertz(note)} amp={0.05} />
          ))}
        </Group>
      </Sound>
    </>
  );
}
