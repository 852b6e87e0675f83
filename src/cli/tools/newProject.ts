/** `new NAME`: a project that plays at once. */

import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { exitCodes } from '../exitCodes.js';
import { describeFailure, exitCodeOf } from '../failure.js';
import { writeIntoFolder } from '../writeOutput.js';

const { version, devDependencies, peerDependencies } = createRequire(import.meta.url)(
  '../../../package.json',
) as {
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
};

/** Gives the exit code. */
export async function newProject(path: string): Promise<number> {
  const folder = resolve(path);
  if (existsSync(folder) && (await readdir(folder)).length > 0) {
    console.error(`Error: the folder ${path} exists and is not empty. Choose another name.`);
    return exitCodes.usage;
  }
  const name = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-');
  try {
    for (const [file, text] of Object.entries(files(name))) await writeIntoFolder(join(folder, file), text);
  } catch (error) {
    console.error(describeFailure(error, undefined));
    return exitCodeOf(error);
  }
  console.log(`${Object.keys(files(name))
    .map((file) => `  ${join(path, file)}`)
    .join('\n')}

cd ${path}
npm install
npm run dev       plays piece.tsx, and each save of it
npm test          compares the piece's OSC messages with the expected ones
npm run render    writes piece.wav`);
  return exitCodes.ok;
}

const files = (name: string): Readonly<Record<string, string>> => ({
  'package.json': `${JSON.stringify(
    {
      name,
      version: '0.1.0',
      private: true,
      type: 'module',
      scripts: {
        dev: 'react-collider dev piece.tsx',
        play: 'react-collider play piece.tsx',
        render: 'react-collider render piece.tsx -o piece.wav --duration 16',
        test: 'vitest run',
        typecheck: 'tsc --noEmit',
      },
      dependencies: { react: peerDependencies.react, 'react-collider': `^${version}` },
      devDependencies: {
        '@types/react': devDependencies['@types/react'],
        typescript: devDependencies.typescript,
        vitest: devDependencies.vitest,
      },
    },
    null,
    2,
  )}\n`,
  'tsconfig.json': `${JSON.stringify(
    {
      compilerOptions: {
        target: 'es2023',
        module: 'nodenext',
        jsx: 'react-jsx',
        // What `import kick from './kick.wav'` gives, and definitions by .scsyndef and .scd files.
        types: ['react-collider/vite/client'],
        strict: true,
        skipLibCheck: true,
        noEmit: true,
      },
    },
    null,
    2,
  )}\n`,
  '.gitignore': 'node_modules\n*.wav\n',
  'README.md': `# ${name}

\`\`\`sh
npm install
npm run dev       # plays piece.tsx, and each save of it
npm test
npm run render    # piece.wav
\`\`\`

\`piece.tsx\` is the piece, \`voices.ts\` its sounds.
`,
  'voices.ts': `import { DoneAction, Env, EnvGen, Out, Pan2, RLPF, Saw, synthDef } from 'react-collider/synthdef';

/** Two sawtooths through a filter. */
export const lead = synthDef('lead', { freq: 440, amp: 0.1, pan: 0, cutoff: 1500, gate: 1, out: 0 }, (c) => {
  const env = EnvGen.kr(Env.adsr(0.01, 0.2, 0.6, 0.3), { gate: c.gate, doneAction: DoneAction.freeSelf });
  const pair = Saw.ar([c.freq, c.freq.mul(1.004)]).sum().mul(0.5);
  Out.ar(c.out, Pan2.ar(RLPF.ar(pair, c.cutoff, 0.4).mul(env), c.pan, c.amp));
});
`,
  'piece.tsx': `import { Group, Loop, Note, Pattern, Transport, useBus, Synth } from 'react-collider';
import { hat, kick, reverb } from 'react-collider/library';
import { lead } from './voices.js';

export default function Piece() {
  const room = useBus({ channels: 2, name: 'room' });
  return (
    <Transport bpm={110}>
      <Group name="lead">
        <Loop beats={4}>
          <Pattern values={['A3', 'C4', 'E4', null, 'G4', 'E4', 'C4', null]} every={0.5} length={0.4}>
            {(pitch) => <Note def={lead} pitch={pitch} out={room} />}
          </Pattern>
        </Loop>
      </Group>
      <Group name="drums">
        <Loop beats={1}>
          <Synth def={kick} amp={0.3} />
          <Pattern values={[null, 'hat']} every={0.5}>{() => <Synth def={hat} amp={0.1} />}</Pattern>
        </Loop>
      </Group>
      <Synth def={reverb} in={room} mix={0.3} />
    </Transport>
  );
}
`,
  'piece.test.tsx': `import { notesOf, renderToScore } from 'react-collider/node';
import { expect, test } from 'vitest';
import Piece from './piece.js';

test('the lead begins with an A, and there is a kick on each beat', async () => {
  const notes = notesOf(await renderToScore(<Piece />, { duration: 4 }));
  expect(notes.find(({ def }) => def === 'lead')?.pitch).toBeCloseTo(57);
  const kicks = notes.filter(({ def }) => def === 'kick').map(({ time }) => time);
  kicks.forEach((time, beat) => {
    expect(time).toBeCloseTo((beat * 60) / 110, 6);
  });
});
`,
});
