/** Each kind of edit, on real engines: what the server has then, whose nodes and whose state live on. */

import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { encodeSoundFile } from '../../src/engine/soundfile/encodeSoundFile.js';
import { largestClick } from './clicks.js';
import { type DevEvent, DevSession, synthsOf } from './devSession.js';

const voices = (signal: string) => `
import { BufRateScale, Out, PlayBuf, SinOsc, synthDef } from 'react-collider/synthdef';
export const steady = synthDef('steady', { freq: 330 }, (c) => { Out.ar(1, SinOsc.ar(c.freq).mul(0.1)); });
export const tone = synthDef('tone', { freq: 440, count: 0 }, (c) => { Out.ar(0, ${signal}.mul(0.05)); });
export const player = synthDef('player', { buf: 0, frames: 0, seed: 0 }, (c) => {
  Out.ar(0, PlayBuf.ar(1, c.buf, { rate: BufRateScale.kr(c.buf), loop: 1 }).mul(0.1));
});
`;

const constants = (pitch: number) => `export const PITCH = ${pitch};\n`;

const hook = `
import { useState } from 'react';
export function useCount() {
  const [count] = useState(() => 1 + Math.floor(Math.random() * 1e6));
  return count;
}
`;

const part = (hooks = '') => `
import { useState } from 'react';
import { Synth, useBuffer } from 'react-collider';
import { player } from './voices';
export function Part({ path }: { path: string }) {
  ${hooks}const [seed] = useState(() => 1 + Math.floor(Math.random() * 1e6));
  const sample = useBuffer(path);
  return <Synth def={player} buf={sample} frames={sample.info?.frames ?? 0} seed={seed} />;
}
`;

const a = '<Synth key="a" def={tone} freq={PITCH} count={count} />';
const b = (freq = 220) => `<Synth key="b" def={tone} freq={${freq}} />`;
const c = '<Synth key="c" def={tone} freq={550} />';

interface PieceText {
  readonly voices?: readonly string[];
  readonly imports?: string;
  readonly before?: string;
  readonly last?: string;
  readonly lead?: string;
}

const piece = (
  sample: string,
  { voices = [a, b()], imports = '', before = '', last = '', lead = 'Lead' }: PieceText = {},
) => `
import { useState } from 'react';
import { Group, Synth } from 'react-collider';
import { steady, tone } from './voices';
import { PITCH } from './constants';
import { useCount } from './useCount';
import { Part } from './Part';
${imports}
function ${lead}() {
  const [count] = useState(() => 1 + Math.floor(Math.random() * 1e6));
  return <Synth def={tone} freq={880} count={count} />;
}
export default function Piece() {
  const count = useCount();
  ${before}
  return (
    <>
      <Synth def={steady} freq={330} />
      <Group name="voices">
        ${voices.join('\n        ')}
      </Group>
      <${lead} />
      <Part path={${JSON.stringify(sample)}} />
      ${last}
    </>
  );
}
`;

const soundFile = (frames: number) =>
  encodeSoundFile(
    {
      sampleRate: 48_000,
      channels: 1,
      samples: Float32Array.from({ length: frames }, (_, n) => Math.sin(n / 20)),
    },
    'wav',
    'float',
  );

describe.each(inject('missing').length === 0 ? ['scsynth', 'embedded'] : ['embedded'])('on %s', (engine) => {
  const session = new DevSession();
  const sample = session.path('kick.wav');
  const recording = session.path('take.wav');
  const of = (text: PieceText = {}) => piece(sample, text);
  /** The synths before the edit, by what they are. */
  let now: ReturnType<typeof read>;

  function read(event: DevEvent) {
    expect(event.event === 'error' ? event.message : undefined).toBeUndefined();
    const [first, voices, lead, player, ...rest] = event.nodes!;
    const [steady] = synthsOf([first!]);
    return {
      steady: steady!,
      group: voices!.id,
      voices: synthsOf([voices!]),
      lead: synthsOf([lead!])[0]!,
      player: synthsOf([player!])[0]!,
      rest: synthsOf(rest),
    };
  }

  const edit = async (name: string, text: string | Uint8Array) => {
    const event = await session.edit(name, text);
    const before = now;
    now = read(event);
    expect(now.steady).toEqual({ ...before.steady, controls: { freq: 330 } });
    return { event, before };
  };

  beforeAll(async () => {
    session.save('voices.ts', voices('SinOsc.ar(c.freq)'));
    session.save('constants.ts', constants(440));
    session.save('useCount.ts', hook);
    session.save('Part.tsx', part());
    session.save('kick.wav', soundFile(4800));
    session.save('piece.tsx', of());
    session.start('--engine', engine, '--latency', '0', '--record', recording);
    const ready = await session.next('ready');
    now = read(ready);
  });

  afterAll(async () => {
    expect(await session.stop()).toBe(130);
    expect(session.events.at(-1)).toMatchObject({ event: 'exit', exitCode: 130 });
  });

  test('the piece plays', () => {
    expect(now.voices.map(({ controls }) => controls.freq)).toEqual([440, 220]);
    expect(now.voices[0]!.controls.count).toBeGreaterThan(0);
    expect(now.player.controls).toMatchObject({ frames: 4800 });
  });

  test('a control is set, and nothing else', async () => {
    const { event, before } = await edit('piece.tsx', of({ voices: [a, b(230)] }));
    expect(event.messages).toEqual([`/n_set ${before.voices[1]!.id} freq 230`]);
    expect(event.files).toEqual(['piece.tsx']);
    expect(now.voices).toEqual([
      before.voices[0],
      { ...before.voices[1], controls: { freq: 230, count: 0 } },
    ]);
    expect([now.lead, now.player]).toEqual([before.lead, before.player]);
    await edit('piece.tsx', of());
  });

  test('a constant of another module', async () => {
    const { event, before } = await edit('constants.ts', constants(450));
    expect(event.messages).toEqual([`/n_set ${before.voices[0]!.id} freq 450`]);
    expect(now).toEqual({
      ...before,
      voices: [
        { ...before.voices[0], controls: { ...before.voices[0]!.controls, freq: 450 } },
        before.voices[1],
      ],
    });
  });

  test('an added element', async () => {
    const { event, before } = await edit('piece.tsx', of({ voices: [a, b(), c] }));
    expect(event.messages).toHaveLength(1);
    expect(now.voices).toEqual([
      ...before.voices,
      {
        id: expect.any(Number),
        def: 'tone',
        controls: { freq: 550, count: 0 },
      },
    ]);
  });

  test('another order', async () => {
    const { event, before } = await edit('piece.tsx', of({ voices: [c, a, b()] }));
    const [first, second, third] = before.voices;
    expect(event.messages).toEqual([expect.stringMatching(/^\/n_order /)]);
    expect(now.voices).toEqual([third, first, second]);
  });

  test('a removed element', async () => {
    const { event, before } = await edit('piece.tsx', of());
    expect(event.messages).toEqual([`/n_free ${before.voices[0]!.id}`]);
    expect(now).toEqual({ ...before, voices: before.voices.slice(1) });
  });

  test("other hooks: that component starts anew, the others' state stays", async () => {
    const { before } = await edit('Part.tsx', part('const [first] = useState(true); '));
    expect(now.player.id).not.toBe(before.player.id);
    expect(now.player.controls.seed).not.toBe(before.player.controls.seed);
    expect(now.player.controls.frames).toBe(4800);
    expect({ ...now, player: before.player }).toEqual(before);
  });

  test("a synthdef's graph: its synths are replaced where they are, with their controls", async () => {
    const { event, before } = await edit('voices.ts', voices('SinOsc.ar(c.freq).mul(0.5)'));
    const replaced = [...before.voices, before.lead];
    expect(event.messages!.map((message) => message.split(' ').slice(0, 5))).toEqual(
      replaced.map(({ id }) => ['/s_new', 'tone', expect.any(String), '4', String(id)]),
    );
    expect([...now.voices, now.lead].map(({ controls }) => controls)).toEqual(
      replaced.map(({ controls }) => controls),
    );
    expect(now.player).toEqual(before.player);
  });

  test('a sample is read anew under its number', async () => {
    const { before } = await edit('kick.wav', soundFile(9600));
    expect(now.player).toEqual({
      ...before.player,
      controls: { ...before.player.controls, frames: 9600 },
    });
    expect({ ...now, player: before.player }).toEqual(before);
  });

  test('a syntax error is shown, and mended with all state', async () => {
    const error = await session.edit('piece.tsx', of().replace('<Group', '<Gro up<'));
    expect(error).toMatchObject({ event: 'error', kind: 'syntax', file: 'piece.tsx', line: 19 });
    expect(error.frame).toContain('> 19 |');
    const { event, before } = await edit('piece.tsx', of({ voices: [a, b(240)] }));
    expect(event.hasRecovered).toBe(true);
    expect(event.messages).toEqual([`/n_set ${before.voices[1]!.id} freq 240`]);
    expect(now.voices[0]).toEqual(before.voices[0]);
  });

  test('a module that throws is shown, and mended with all state', async () => {
    const error = await session.edit('constants.ts', `${constants(450)}throw new Error('not yet');\n`);
    expect(error).toMatchObject({ kind: 'module', message: 'not yet', file: 'constants.ts', line: 2 });
    const { event, before } = await edit('constants.ts', constants(460));
    expect(event).toMatchObject({
      hasRecovered: true,
      messages: [`/n_set ${before.voices[0]!.id} freq 460`],
    });
  });

  test('a component that throws is shown, and mended with all state; what else was edited is heard', async () => {
    const throwing = of({ voices: [a, b(250)], before: "if (count) throw new Error('no such chord');" });
    const error = await session.edit('piece.tsx', throwing);
    expect(error).toMatchObject({
      kind: 'render',
      message: '<Piece> threw: no such chord',
      file: 'piece.tsx',
    });
    expect(error.frame).toContain("throw new Error('no such chord')");
    const { event, before } = await edit('piece.tsx', of({ voices: [a, b(260)] }));
    expect(event).toMatchObject({
      hasRecovered: true,
      messages: [`/n_set ${before.voices[1]!.id} freq 260`],
    });
    expect(now.voices[0]).toEqual(before.voices[0]);
  });

  test('a forgotten return is shown, what sounds goes on, and all state stays', async () => {
    const forgetting = of({ voices: [a, b(262)] }).replace(/return (?=\(\s*<>)/, '');
    const error = await session.edit('piece.tsx', forgetting);
    expect(error).toMatchObject({ event: 'error', kind: 'render', code: 'invalid-nesting' });
    expect(error.message).toMatch(/^<Piece> threw: Piece makes elements and returns none/);
    const { event, before } = await edit('piece.tsx', of({ voices: [a, b(265)] }));
    expect(event).toMatchObject({
      hasRecovered: true,
      messages: [`/n_set ${before.voices[1]!.id} freq 265`],
    });
    expect(now.voices[0]).toEqual(before.voices[0]);
  });

  test('a control that there is not: everything is as it was, and mended with all state', async () => {
    const wrong = of({ voices: [a, '<Synth key="b" def={tone} frq={270} />'] });
    const error = await session.edit('piece.tsx', wrong);
    expect(error).toMatchObject({ kind: 'scene', code: 'unknown-control' });
    expect(error.message).toContain('Did you mean "freq"?');
    const { event, before } = await edit('piece.tsx', of({ voices: [a, b(270)] }));
    expect(event).toMatchObject({
      hasRecovered: true,
      messages: [`/n_set ${before.voices[1]!.id} freq 270`],
    });
    expect(now.voices[0]).toEqual(before.voices[0]);
  });

  test('text and unknown elements are shown, and mended with all state', async () => {
    const error = await session.edit('piece.tsx', of({ voices: [a, 'loud', b(270)] }));
    expect(error).toMatchObject({ kind: 'scene', code: 'invalid-nesting' });
    const { event, before } = await edit('piece.tsx', of({ voices: [a, b(280)] }));
    expect(event).toMatchObject({
      hasRecovered: true,
      messages: [`/n_set ${before.voices[1]!.id} freq 280`],
    });
    expect(now.voices[0]).toEqual(before.voices[0]);
  });

  test('a renamed component is another one', async () => {
    const { before } = await edit('piece.tsx', of({ voices: [a, b(280)], lead: 'Solo' }));
    expect(now.lead.id).not.toBe(before.lead.id);
    expect({ ...now, lead: before.lead }).toEqual(before);
  });

  test('a new file', async () => {
    session.save(
      'bass/Bass.tsx',
      "import { Synth } from 'react-collider';\nimport { tone } from '../voices';\nexport const Bass = ({ freq }: { freq: number }) => <Synth def={tone} freq={freq} />;\n",
    );
    const { before } = await edit(
      'piece.tsx',
      of({
        voices: [a, b(280)],
        lead: 'Solo',
        imports: "import { Bass } from './bass/Bass';",
        last: '<Bass freq={55} />',
      }),
    );
    expect(now.rest).toMatchObject([{ def: 'tone', controls: { freq: 55 } }]);
    expect({ ...now, rest: [] }).toEqual(before);
    const { before: old } = await edit(
      'bass/Bass.tsx',
      "import { Synth } from 'react-collider';\nimport { tone } from '../voices';\nexport const Bass = ({ freq }: { freq: number }) => <Synth def={tone} freq={2 * freq} />;\n",
    );
    expect(now.rest).toMatchObject([{ id: old.rest[0]!.id, controls: { freq: 110 } }]);
  });

  test('no edit is heard in a synth that it does not touch', async () => {
    await session.stop();
    expect(largestClick(recording, 1, 330)).toBeLessThan(1e-4);
  });
});
