/** Two definitions of one name in a session: an edit of one of them leaves the other. */

import { expect, test } from 'vitest';
import { engines } from '../setup/servers.js';
import { DevSession, synthsOf } from './devSession.js';

const voice = (level: number) => `
import { DC, Out, synthDef } from 'react-collider/synthdef';
export const voice = synthDef('voice', { out: 0, level: ${level} }, (c) => Out.kr(c.out, DC.kr(1).mul(c.level)));
`;

const piece = `
import { Synth } from 'react-collider';
import { voice as first } from './first';
import { voice as second } from './second';
export default function Piece() {
  return <><Synth def={first} out={200} /><Synth def={second} out={201} /></>;
}
`;

const held = engines.filter((engine) => engine !== 'supernova');

test.each(held)('on %s both sound, whichever is edited, and an edit sends one definition', async (engine) => {
  const session = new DevSession();
  session.save('first.ts', voice(1));
  session.save('second.ts', voice(2));
  session.save('piece.tsx', piece);
  session.start('--engine', engine, '--latency', '0');
  const levels = (event: Awaited<ReturnType<typeof session.next>>) =>
    synthsOf(event.nodes!).map(({ controls }) => controls.level);
  expect(levels(await session.next('ready'))).toEqual([1, 2]);
  // The definition of the plain name, then the other one, then the first again; and both become the same.
  for (const [file, level, wanted] of [
    ['first.ts', 3, [3, 2]],
    ['second.ts', 4, [3, 4]],
    ['first.ts', 1, [1, 4]],
    ['second.ts', 1, [1, 1]],
    ['second.ts', 2, [1, 2]],
  ] as const) {
    const update = await session.edit(file, voice(level));
    expect(update.message).toBeUndefined();
    expect(levels(update)).toEqual(wanted);
  }
  await session.stop();
});
