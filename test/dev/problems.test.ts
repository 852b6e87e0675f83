/** What a session says is wrong: where it was written, once, and no longer than it is so. On the embedded engine. */

import { expect, onTestFinished, test as plainTest } from 'vitest';
import { DevSession, synthsOf } from './devSession.js';

const test = plainTest.extend<{ session: DevSession }>({
  // biome-ignore lint/correctness/noEmptyPattern: what Vitest asks for.
  session: async ({}, use) => {
    const session = new DevSession();
    onTestFinished(async () => void (await session.stop()));
    await use(session);
  },
});

const start = async (session: DevSession, text: string) => {
  session.save('piece.tsx', text);
  session.start('--engine', 'embedded', '--latency', '0');
  return session.next('ready');
};

/** A piece whose reverb is rendered at each beat of 20 ms. */
const beating = (reverb: string) => `import { Synth, useBeatValue } from 'react-collider';

export default function Piece() {
  const amp = useBeatValue(1, [0.01, 0.02]);
  return (
    <>
      <Synth def="sine" freq={220} amp={amp} />
      ${reverb}
    </>
  );
}
`;
const clocked = (reverb: string) =>
  `${beating(reverb).replace('function Piece()', 'function Inside()').replace('export default ', '')}
import { Transport } from 'react-collider';
export default function Piece() { return <Transport bpm={3000}><Inside /></Transport>; }
`;

test('a syntax error stands alone: what was wrong before it is not told again at each beat', async ({
  session,
}) => {
  await start(session, clocked('<Synth def="sine" freq={330} />'));
  const wrong = await session.edit('piece.tsx', clocked('<Synth def="sine" mux={0.3} />'));
  expect(wrong).toMatchObject({
    event: 'error',
    code: 'unknown-control',
    file: 'piece.tsx',
    line: 8,
    column: 7,
  });
  const broken = await session.edit('piece.tsx', clocked('<Synth def= mux={0.3} />'));
  expect(broken).toMatchObject({ event: 'error', kind: 'syntax' });
  const since = session.events.length;
  // The beats go on, and with them what is wrong in what plays.
  for (let beat = 0; beat < 5; beat++) await session.next('commit');
  expect(session.events.slice(since).filter(({ event }) => event === 'error')).toEqual([]);
  const still = await session.edit('piece.tsx', clocked('<Synth def="sine" mux={0.4} />'));
  expect(still).toMatchObject({ event: 'error', code: 'unknown-control' });
  const mended = await session.edit('piece.tsx', clocked('<Synth def="sine" freq={331} />'));
  expect(mended).toMatchObject({ event: 'update', hasRecovered: true });
});

test('a save of another file mends no syntax error', async ({ session }) => {
  const voice = (freq: string) =>
    `import { Synth } from 'react-collider';\nexport const Voice = () => <Synth def="sine" freq={${freq}} />;\n`;
  session.save('First.tsx', voice('220'));
  session.save('Second.tsx', voice('330'));
  await start(
    session,
    "import { Voice as First } from './First';\nimport { Voice as Second } from './Second';\nexport default function Piece() { return <><First /><Second /></>; }\n",
  );
  expect(await session.edit('First.tsx', voice('2 +'))).toMatchObject({ event: 'error', kind: 'syntax' });
  const since = session.events.length;
  session.save('Second.tsx', voice('331'));
  expect(await session.next('error')).toMatchObject({ kind: 'syntax', file: 'First.tsx' });
  expect(session.events.slice(since).filter(({ hasRecovered }) => hasRecovered)).toEqual([]);
  const mended = await session.edit('First.tsx', voice('221'));
  expect(mended).toMatchObject({ event: 'update', hasRecovered: true });
  expect(synthsOf(mended.nodes!).map(({ controls }) => controls.freq)).toEqual([221, 331]);
});

test('what is wrong still is told at a save of another file', async ({ session }) => {
  const voice = (freq: string) =>
    `import { Synth } from 'react-collider';\nexport const Voice = () => <Synth def="sine" freq={${freq}} />;\n`;
  session.save('First.tsx', voice('220'));
  const piece = (freq: number) =>
    `import { Synth } from 'react-collider';\nimport { Voice } from './First';\nexport default function Piece() { return <><Voice /><Synth def="sine" freq={${freq}} /></>; }\n`;
  await start(session, piece(330));
  const wrong = await session.edit('First.tsx', voice('NaN'));
  expect(wrong).toMatchObject({ event: 'error', code: 'invalid-control', file: 'First.tsx', line: 2 });
  expect(await session.edit('piece.tsx', piece(331))).toMatchObject({ event: 'error', file: 'First.tsx' });
  expect(await session.edit('First.tsx', voice('221'))).toMatchObject({
    event: 'update',
    hasRecovered: true,
  });
});

test('the place of an element is that of the last save, and of the JSX that the user wrote', async ({
  session,
}) => {
  const piece = (lines: string, element: string) =>
    `import { At, Note, Synth, Transport } from 'react-collider';\n${lines}export default function Piece() {\n  return (\n    <Transport>\n      ${element}\n    </Transport>\n  );\n}\n`;
  await start(session, piece('', '<Synth def="sine" freq={220} />'));
  const moved = await session.edit('piece.tsx', piece('\n\n\n', '<Synth def="sine" frq={220} />'));
  expect(moved).toMatchObject({ code: 'unknown-control', file: 'piece.tsx', line: 8, column: 7 });
  expect(moved.frame).toContain('>  8 |       <Synth def="sine" frq={220} />');
  expect(await session.edit('piece.tsx', piece('', '<At beat={-1}><Synth def="sine" /></At>'))).toMatchObject(
    {
      code: 'invalid-time',
      line: 5,
      column: 7,
    },
  );
  expect(await session.edit('piece.tsx', piece('\n', '<Synth def="sien" />'))).toMatchObject({
    code: 'unknown-synthdef',
    line: 6,
  });
});

test('a sequence is played in its order', async ({ session }) => {
  await start(
    session,
    `import { At, Sequence, Synth, Transport } from 'react-collider';
export default function Piece() {
  return (
    <Transport bpm={240}>
      <Sequence>
        <At length={1}><Synth def="sine" freq={220} /></At>
        <At length={1}><Synth def="sine" freq={330} /></At>
      </Sequence>
    </Transport>
  );
}
`,
  );
  const freqs: string[] = [];
  while (freqs.length < 2) {
    const { messages } = await session.next('commit');
    const begun = messages!.filter((message) => message.startsWith('/s_new'));
    expect(begun.length).toBeLessThan(2);
    freqs.push(...begun.map((message) => message.split(' ').at(-1)!));
  }
  expect(freqs).toEqual(['220', '330']);
});

test.for([
  ['memo', 'memo(Piece)'],
  ['forwardRef', 'forwardRef(Piece)'],
  ['lazy', 'lazy(async () => ({ default: Piece }))'],
])('a composition may be what %s() gives', async ([name, made], { session }) => {
  const piece = (freq: string) =>
    `import { ${name} } from 'react';\nimport { Synth } from 'react-collider';\nfunction Piece() { return <Synth def="sine" freq={${freq}} />; }\nexport default ${made};\n`;
  await start(session, piece('220'));
  const { nodes: next } = await session.edit('piece.tsx', piece('330'));
  expect(synthsOf(next!).at(-1)).toMatchObject({ controls: { freq: 330 } });
});
