import { useEffect } from 'react';
import { pitchToHertz, Synth, useBeatValue } from 'react-collider/browser';
import { hat, kick, pluck } from 'react-collider/library';

/** For each row, which steps sound. */
export type Grid = readonly (readonly boolean[])[];

export const STEPS = 8;

/** What sounds, from the bottom of the mix to its top. */
export const ROWS = [
  { name: 'kick', element: <Synth def={kick} amp={0.5} /> },
  { name: 'hat', element: <Synth def={hat} amp={0.2} pan={0.3} /> },
  { name: 'A2', element: <Synth def={pluck} freq={pitchToHertz('A2')} amp={0.3} /> },
  { name: 'E3', element: <Synth def={pluck} freq={pitchToHertz('E3')} amp={0.3} pan={-0.3} /> },
] as const;

export const EMPTY: Grid = ROWS.map(() => Array.from({ length: STEPS }, () => false));

/** A step is a quarter of a beat; each note ends by itself, while the next ones sound already. */
export function Steps({ grid, onStep }: { readonly grid: Grid; readonly onStep: (step: number) => void }) {
  const step = useBeatValue(0.25);
  useEffect(() => onStep(step), [step, onStep]);
  return ROWS.map(
    ({ name, element }, row) => grid[row]![step % STEPS] && { ...element, key: `${name} ${step}` },
  );
}
