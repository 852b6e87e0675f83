/**
 * What README.md and docs/ print as TypeScript compiles as it is printed, in a project as a user has one.
 *
 * A snippet may stand on lines that readers do not need to see: an HTML comment before it, `<!-- given … -->`, has
 * imports and names that a composition around it would have.
 */

import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../engine/native/programs.js';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const pages = ['README.md', ...readdirSync(join(repository, 'docs')).map((name) => `docs/${name}`)].filter(
  (name) => name.endsWith('.md'),
);

interface Snippet {
  /** Where it stands, such as `docs/time.md:19`. */
  readonly place: string;
  readonly file: string;
  readonly text: string;
}

const SNIPPET = /(?:^<!-- given\n(?<given>.*?)^-->\n)?^```(?<language>tsx?)\n(?<code>.*?)^```$/gms;

function snippetsOf(page: string): Snippet[] {
  const text = readFileSync(join(repository, page), 'utf8');
  return [...text.matchAll(SNIPPET)].map(({ index, 0: whole, groups }) => {
    const { given = '', language, code } = groups as { given?: string; language: string; code: string };
    const line = text.slice(0, index + whole.indexOf('```ts')).split('\n').length;
    const file = `${page.replace(/\.md$/, '').replace('/', '-')}-${line}.${language}`;
    return { place: `${page}:${line}`, file, text: `${given}${code}\nexport {};\n` };
  });
}

const snippets = pages.flatMap(snippetsOf);

/** A project that has installed the package and what its pages speak of. */
function project(packages: readonly string[], options: object): string {
  const folder = temporaryFolder();
  const modules = join(folder, 'node_modules');
  for (const name of packages) {
    mkdirSync(join(modules, name, '..'), { recursive: true });
    symlinkSync(join(repository, 'node_modules', name), join(modules, name));
  }
  // No link to the whole, which would find what only our own development has installed.
  for (const part of ['package.json', 'dist', 'src/vite/client.d.ts']) {
    cpSync(join(repository, part), join(modules, 'react-collider', part), {
      recursive: true,
      filter: (source) => !/\.(map|js|wasm)$/.test(source),
    });
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }');
  const compilerOptions = { strict: true, module: 'nodenext', jsx: 'react-jsx', noEmit: true, ...options };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  return folder;
}

async function compile(folder: string): Promise<string> {
  const tsc = join(repository, 'node_modules/typescript/bin/tsc');
  const { stdout } = await execa(process.execPath, [tsc, '-p', '.', '--pretty', 'false'], {
    cwd: folder,
    reject: false,
  });
  return stdout;
}

test('what the pages print as TypeScript compiles', async () => {
  const folder = project(['@types', 'react', 'react-dom', 'vite', 'vitest', '@vitejs/plugin-react'], {
    types: ['react', 'node', 'react-collider/vite/client'],
    target: 'es2023',
    skipLibCheck: true,
  });
  for (const { file, text } of snippets) writeFileSync(join(folder, file), text);
  writeFileSync(
    join(folder, 'voices.ts'),
    "import { Out, SinOsc, synthDef } from 'react-collider/synthdef';\n" +
      "export const bell = synthDef('bell', { freq: 440 }, (c) => Out.ar(0, SinOsc.ar(c.freq)));\n" +
      "export const bass = synthDef('bass', { freq: 55, cutoff: 800 }, (c) => Out.ar(0, SinOsc.ar(c.freq)));\n" +
      "export const lead = synthDef('lead', { freq: 55, amp: 0.1 }, (c) => Out.ar(0, SinOsc.ar(c.freq)));\n",
  );
  const said = (await compile(folder)).split('\n').filter(Boolean);
  const byPlace = said.map((line) => {
    const snippet = snippets.find(({ file }) => line.startsWith(`${file}(`));
    return snippet ? `${snippet.place} ${line.slice(snippet.file.length)}` : line;
  });
  expect(byPlace).toEqual([]);
  expect(snippets.length).toBeGreaterThan(30);
});

test('our types need no others than those of React, whatever the options of the project', async () => {
  const folder = project(['@types/react', 'react', 'immer'], { target: 'es2023' });
  const { exports } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    exports: object;
  };
  // Those of ./vite are for a project that has Vite, and Vite's need Node's.
  const entries = Object.keys(exports).filter((entry) => !/json|vite/.test(entry));
  const imports = entries.map((entry) => `import 'react-collider${entry.slice(1)}';\n`);
  writeFileSync(join(folder, 'all.ts'), imports.join(''));
  expect(await compile(folder)).toBe('');
});
