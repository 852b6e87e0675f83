/**
 * A dev session in a process of its own (`node --expose-gc`), as React's development self is needed: prints what it
 * measured as JSON. With `reloads` it saves so often, and tells the heap after every 50.
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

process.env.NODE_ENV = 'development';
const [runs, reloads] = process.argv.slice(2).map(Number);

const { prepareForEdits } = await import('../../dist/dev/refreshRegistry.js');
prepareForEdits();
const { boot, createRoot } = await import('../../dist/node.js');
const { Session } = await import('../../dist/dev/session.js');

const folder = mkdtempSync(join(tmpdir(), 'react-collider-bench-'));
process.chdir(folder);
mkdirSync('parts');

const DEFINITION = `import { Out, SinOsc, synthDef } from 'react-collider/synthdef';
export const tone = synthDef('tone', { freq: 440 }, (c) => { Out.ar(0, SinOsc.ar(c.freq).mul(0.01)); });
`;

/** A component of nine lines with three synths, as the nth of a file. */
const component = (n, freq) => `
export function Voice${n}() {
  const [detune] = useState(() => 1.01);
  return (
    <Group name="voice ${n}">
      {[1, 2, 3].map((partial) => <Synth key={partial} def={tone} freq={${freq} * partial * detune} />)}
    </Group>
  );
}
`;

const head = (up) => `import { useState } from 'react';
import { Group, Synth } from 'react-collider';
import { tone } from '${up}voices.js';
`;

const pieceOf = (imports, voices, more) => `${head('./')}${imports}${more}
export default function Piece() {
  return <>${Array.from({ length: voices }, (_, n) => `<Voice${n} />`).join('')}</>;
}
`;

/** A hundred lines in one file. */
const longFile = (freq) =>
  pieceOf('', 10, Array.from({ length: 10 }, (_, n) => component(n, n === 4 ? freq : 100 + n)).join(''));

const partOf = (n, freq) =>
  `${head('../')}import { TUNE } from '../tune.js';\n${component(n, `TUNE * ${freq}`)}`;
const parts = 47;
const fiftyModules = pieceOf(
  Array.from({ length: parts }, (_, n) => `import { Voice${n} } from './parts/${n}.js';\n`).join(''),
  parts,
  '',
);

writeFileSync('voices.ts', DEFINITION);
const server = await boot({ engine: 'embedded' });

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** A session; `save` resolves with the milliseconds from the save to the bundle, and to the stages between. */
async function open(file) {
  let arrived;
  let atCommit = 0;
  const session = await Session.start({
    file,
    createRoot: (options) => createRoot(server, options),
    onCommit: () => {
      atCommit = performance.now();
    },
    onUpdate: (update) => arrived(update),
    onProblem: ({ message }) => {
      throw new Error(message);
    },
  });
  return {
    async save(name, text) {
      const update = new Promise((resolve) => {
        arrived = resolve;
      });
      const start = performance.now();
      writeFileSync(name, text);
      const { milliseconds, loadMilliseconds } = await update;
      const end = performance.now();
      const total = atCommit - start;
      const notice = end - start - milliseconds;
      return { total, notice, load: loadMilliseconds, render: total - notice - loadMilliseconds };
    },
    async close() {
      await session.close();
      await session.root.unmount();
    },
  };
}

async function speed(file, name, textOf) {
  const session = await open(file);
  const samples = [];
  for (let run = 0; run < runs + 5; run++) {
    const sample = await session.save(name, textOf(run + 1));
    if (run >= 5) samples.push(sample);
    // chokidar is silent for 50 ms after a change; nobody saves that often.
    await new Promise((resolve) => setTimeout(resolve, 120));
  }
  await session.close();
  const of = (stage) => median(samples.map((sample) => sample[stage]));
  return { ours: of('total'), notice: of('notice'), load: of('load'), render: of('render') };
}

async function heapOver(count) {
  const session = await open('piece.tsx');
  const heaps = {};
  for (let reload = 1; reload <= count; reload++) {
    await session.save('piece.tsx', longFile(1000 + reload));
    if (reload % 50 !== 0) continue;
    // V8 keeps the code of functions that are gone for some rounds.
    for (let round = 0; round < 10; round++) {
      await new Promise(setImmediate);
      globalThis.gc();
    }
    heaps[reload] = process.memoryUsage().heapUsed;
  }
  await session.close();
  return heaps;
}

const results = {};
writeFileSync('piece.tsx', longFile(200));
if (runs > 0) {
  results['DEV.100-lines'] = await speed('piece.tsx', 'piece.tsx', (run) => longFile(200 + run));
  writeFileSync('tune.ts', 'export const TUNE = 1;\n');
  for (let n = 0; n < parts; n++) writeFileSync(`parts/${n}.tsx`, partOf(n, 100 + n));
  writeFileSync('fifty.tsx', fiftyModules);
  results['DEV.one-of-50-modules'] = await speed('fifty.tsx', 'parts/7.tsx', (run) => partOf(7, 300 + run));
  results['DEV.50-modules'] = await speed(
    'fifty.tsx',
    'tune.ts',
    (run) => `export const TUNE = ${2 + run};\n`,
  );
}
if (reloads > 0) results.heap = await heapOver(reloads);
console.log(JSON.stringify(results));
await server.quit();
rmSync(folder, { recursive: true, force: true });
process.exit(0);
