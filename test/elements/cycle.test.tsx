/** `<Cycle>`: patterns in mini-notation on the timeline. */

import { type ReactNode, useState } from 'react';
import { describe, expect, test } from 'vitest';
import { Cycle, mini } from '../../src/cycles.js';
import { Note, Synth, Transport, useBeat } from '../../src/index.js';
import { renderToScore } from '../../src/node.js';
import { Out, SinOsc, synthDef } from '../../src/synthdef/index.js';

const sound = (name: string) =>
  synthDef(name, { freq: 440, out: 0 }, (c) => {
    Out.ar(c.out, SinOsc.ar(c.freq));
  });
const [kick, snare] = [sound('kick'), sound('snare')];
const sounds = { bd: kick, sn: snare };

/** When synths begin, in beats, with their definitions and frequencies. */
async function play(piece: ReactNode, duration: number) {
  const score = await renderToScore(<Transport bpm={60}>{piece}</Transport>, { duration });
  return score
    .toJSON()
    .bundles.flatMap(({ time, messages }) =>
      messages
        .filter(([address, def]) => address === '/s_new' && def !== 'react-collider-seed')
        .map(([, def, , , , ...controls]) => [Number(time.toFixed(4)), def, ...controls.slice(1, 2)]),
    );
}

describe('<Cycle>', () => {
  test('plays the words of a pattern at their places, cycle after cycle', async () => {
    expect(await play(<Cycle pattern="bd*2 <sn bd>" sounds={sounds} />, 7.9)).toEqual([
      [0, 'kick'],
      [1, 'kick'],
      [2, 'snare'],
      [4, 'kick'],
      [5, 'kick'],
      [6, 'kick'],
    ]);
  });

  test('an event that lasts into the next cycle ends there', async () => {
    const found = await renderToScore(
      <Transport bpm={60}>
        <Cycle pattern="bd*1.5" sounds={sounds} />
      </Transport>,
      { duration: 6 },
    );
    const ends = found
      .toJSON()
      .bundles.filter(({ messages }) => messages.some(([address]) => address === '/n_free'));
    expect(ends.map(({ time }) => Number(time.toFixed(3)))).toEqual([2.667, 5.333]);
  });

  test('a child gets the value, and a pattern its transforms', async () => {
    const pattern = mini('0 4 7 ~').map(Number).rev();
    const piece = (
      <Cycle pattern={pattern} beats={2}>
        {(step) => <Note def={kick} pitch={69 + step} />}
      </Cycle>
    );
    const found = await play(piece, 1.9);
    expect(found.map(([beat]) => beat)).toEqual([0.5, 1, 1.5]);
    expect(found[0]?.[2]).toBeCloseTo(440 * 2 ** (7 / 12), 3);
  });

  test('another text is heard from the next cycle', async () => {
    function Piece() {
      const [pattern, set] = useState('bd*4');
      useBeat(1, ({ index }) => index === 1 && set('sn*2'));
      return <Cycle pattern={pattern} sounds={sounds} />;
    }
    expect(await play(<Piece />, 7.9)).toEqual([
      [0, 'kick'],
      [1, 'kick'],
      [2, 'kick'],
      [3, 'kick'],
      [4, 'snare'],
      [6, 'snare'],
    ]);
  });

  const wrong: Readonly<Record<string, { readonly piece: ReactNode; readonly message: string }>> = {
    'a text that is no pattern': { piece: <Cycle pattern="bd [sn" sounds={sounds} />, message: 'column' },
    'a word without a sound': {
      piece: <Cycle pattern="bd hh" sounds={{ bd: kick, hat: snare }} />,
      message: 'the pattern has "hh", which is not among its sounds',
    },
    'no sounds': { piece: <Cycle pattern="bd" />, message: 'Give sounds={{ bd: definition }}' },
    'a cycle of no beats': {
      piece: <Cycle pattern="bd" beats={0} sounds={sounds} />,
      message: '<Cycle>: beats',
    },
    'an element as the child': {
      piece: <Cycle pattern="bd">{(<Synth def={kick} />) as never}</Cycle>,
      message: '<Cycle> needs a function as its child',
    },
  };

  test.each(Object.entries(wrong))('%s is an error', async (_, { piece, message }) => {
    await expect(play(piece, 3)).rejects.toMatchObject({ message: expect.stringContaining(message) });
  });
});
