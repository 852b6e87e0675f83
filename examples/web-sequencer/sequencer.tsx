import { useState } from 'react';
import { Sound, Transport, useLevel, useServerState } from 'react-collider/browser';
import { EMPTY, type Grid, ROWS, STEPS, Steps } from './steps.js';

export function Sequencer() {
  const { status, error, start, suspend } = useServerState();
  const [grid, setGrid] = useState<Grid>(EMPTY);
  const [bpm, setBpm] = useState(120);
  const [step, setStep] = useState(-1);
  const isRunning = status === 'running';
  const toggle = (row: number, column: number) =>
    setGrid((before) => before.map((steps, r) => (r === row ? steps.with(column, !steps[column]) : steps)));
  return (
    <main>
      {error && <p role="alert">{error.message}</p>}
      <table>
        <tbody>
          {ROWS.map(({ name }, row) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {Array.from({ length: STEPS }, (_, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the row.
                <td key={column} style={{ background: column === step % STEPS ? '#8884' : 'none' }}>
                  <input
                    type="checkbox"
                    aria-label={`${name} ${column + 1}`}
                    checked={grid[row]![column]!}
                    onChange={() => toggle(row, column)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <label>
        Beats a minute{' '}
        <input
          type="number"
          min={40}
          max={300}
          value={bpm}
          onChange={({ target }) => target.validity.valid && setBpm(target.valueAsNumber)}
        />
      </label>
      <button type="button" onClick={isRunning ? suspend : start} disabled={status === 'starting'}>
        {isRunning ? 'Stop' : 'Start'}
      </button>
      <Meter />
      <Sound>
        {isRunning && (
          <Transport bpm={bpm}>
            <Steps grid={grid} onStep={setStep} />
          </Transport>
        )}
      </Sound>
    </main>
  );
}

/** How loud it is, left and right. */
function Meter() {
  const levels = useLevel() ?? [];
  return levels.map(({ peak }, channel) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a channel is its place.
    <meter key={channel} aria-label={channel === 0 ? 'left' : 'right'} value={peak} max={1} high={0.9} />
  ));
}
