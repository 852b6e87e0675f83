/** Routines, sequences of values and loops that know their pass, by the scores that they give. */

import { type ReactNode, StrictMode, useState } from 'react';
import { describe, expect, test } from 'vitest';
import { At, Loop, Synth, Transport, useBeatValue, useRoutine, useSequence } from '../../src/index.js';
import { renderToScore } from '../../src/node.js';
import { tone } from '../setup/definitions.js';

/** When the frequency of synths is which. */
async function freqs(element: ReactNode, duration = 8, seed = 1): Promise<unknown[]> {
  const score = await renderToScore(element, { duration, seed });
  return score
    .toJSON()
    .bundles.slice(1)
    .flatMap(({ time, messages }) =>
      messages
        .filter((message) => message.includes('freq'))
        .map((message) => [Math.round(time * 1e4) / 1e4, message[message.indexOf('freq') + 1]]),
    );
}

describe('useRoutine', () => {
  function Climbing({ start = 100 }: { readonly start?: number }) {
    const [freq, setFreq] = useState(1);
    useBeatValue(0.125); // renders often, which begins nothing again
    useRoutine(function* ({ random }) {
      for (let count = 0; count < 3; count++) {
        setFreq(start + count);
        yield 0.5;
        setFreq(200 + count + random.integer(0, 9) * 0);
        yield 0.25;
        yield 0;
      }
    });
    return <Synth def={tone} freq={freq} />;
  }
  const climbs = [
    [0, 1],
    [0, 100],
    [0.5, 200],
    [0.75, 101],
    [1.25, 201],
    [1.5, 102],
    [2, 202],
  ];

  test('waits the beats that it yields, and changes at each moment are one commit', async () => {
    const found = await freqs(<Climbing />);
    // The first message is of the mount or of its moment.
    expect(found.slice(-6)).toEqual(climbs.slice(-6).map(([time, freq]) => [time, freq]));
    expect(
      (
        await freqs(
          <StrictMode>
            <Climbing />
          </StrictMode>,
        )
      ).slice(-5),
    ).toEqual(climbs.slice(-5));
  });

  test('begins with the part around it, or on the grid, and ends with it', async () => {
    const inPart = (
      <Transport bpm={60}>
        <At beat={1.25} length={1}>
          <Climbing />
        </At>
      </Transport>
    );
    expect((await freqs(inPart)).slice(-3)).toEqual([
      [1.25, 100],
      [1.75, 200],
      [2, 101],
    ]);
    function Late() {
      return useBeatValue(0.75) < 1 ? null : <Climbing />;
    }
    expect((await freqs(<Late />)).slice(-6)[0]).toEqual([1, 100]);
  });

  test('what is no number of beats is an error', async () => {
    function Wrong() {
      useRoutine(function* () {
        yield Number.NaN;
      });
      return null;
    }
    await expect(freqs(<Wrong />)).rejects.toThrow('yielded NaN at beat 0');
  });
});

test('useSequence gives each value for its beats, and begins again', async () => {
  function Chords() {
    return <Synth def={tone} freq={useSequence([1, 2, 3], [1, 0.5])} />;
  }
  expect(await freqs(<Chords />, 4)).toEqual([
    [0, 1],
    [1, 2],
    [1.5, 3],
    [2.5, 1],
    [3, 2],
  ]);
  function Nothing() {
    return useSequence([]);
  }
  await expect(freqs(<Nothing />)).rejects.toThrow('It needs one of each');
});

test('a loop tells its pass', async () => {
  const loop = (
    <Loop beats={0.5} times={4}>
      {(pass) => <Synth def={tone} freq={10 * pass + 5} />}
    </Loop>
  );
  expect(await freqs(loop)).toEqual([
    [0, 5],
    [0.5, 15],
    [1, 25],
    [1.5, 35],
  ]);
});
