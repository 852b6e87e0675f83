/** Edits of musical time: beats are counted on, at the new speed. */

import { afterEach, describe, expect, inject, test } from 'vitest';
import { DevSession, synthsOf } from './devSession.js';

let session: DevSession;
afterEach(() => session.stop());

const piece = (bpm: number) => `
import { Synth, Transport, useBeatValue } from 'react-collider';
import { Out, SinOsc, synthDef } from 'react-collider/synthdef';
const tick = synthDef('tick', { freq: 440, beat: 0 }, (c) => { Out.ar(0, SinOsc.ar(c.freq).mul(0.05)); });
const Ticker = () => <Synth def={tick} beat={useBeatValue(1)} />;
export default () => <Transport bpm={${bpm}}><Ticker /></Transport>;
`;

/** Seconds between the last commits that set the beat. */
const pace = () => {
  const times = session.events
    .filter(({ event, messages }) => event === 'commit' && /^\/n_set \d+ beat/.test(messages![0]!))
    .map(({ time }) => time!);
  return times.at(-1)! - times.at(-2)!;
};

const beats = async (count: number) => {
  for (let left = count; left > 0; left--) await session.next('commit');
};

describe.each(inject('missing').length === 0 ? ['scsynth', 'embedded'] : ['embedded'])('on %s', (engine) => {
  test('another tempo: the beat goes on where it was, and its synth too', () => anotherTempo(engine));
});

async function anotherTempo(engine: string): Promise<void> {
  session = new DevSession();
  session.save('piece.tsx', piece(600));
  session.start('--engine', engine);
  const [before] = synthsOf((await session.next('ready')).nodes!);
  await beats(4);
  expect(pace()).toBeCloseTo(0.1, 3);
  const { nodes, messages } = await session.edit('piece.tsx', piece(1200));
  const [synth] = synthsOf(nodes!);
  expect(synth!.id).toBe(before!.id);
  expect(messages!.filter((message) => !message.startsWith(`/n_set ${synth!.id} beat`))).toEqual([]);
  await beats(6);
  expect(pace()).toBeCloseTo(0.05, 3);
  const counted = session.events
    .flatMap(({ event, messages }) => (event === 'commit' ? messages! : []))
    .flatMap((message) => /beat (\d+)$/.exec(message)?.[1] ?? []);
  expect(counted.map(Number)).toEqual(counted.map((_, index) => index + 1));
}
