/**
 * docs/terminal.md shows what the screen looks like. `UPDATE_DOCS=1 npx vitest run test/terminal/captures` takes the
 * pictures anew; without it, what does not depend on the moment is compared.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { temporaryFolder } from '../engine/native/programs.js';
import { Terminal } from './terminal.js';

const file = new URL('../../docs/terminal.md', import.meta.url);

const piece = (freq: string) => `import { Group, Synth, useBeatValue } from 'react-collider';
import { sine } from 'react-collider/library';

function Voice({ ratio }: { readonly ratio: number }) {
  const freq = useBeatValue(0.5, [220, 196, 165, 247]) * ratio;
  return <Synth def={sine} name={\`voice \${ratio}\`} freq={freq} amp={0.1} />;
}

export default function Chord() {
  return (
    <>
      <Group name="chord">
        <Voice ratio={1} />
        <Voice ratio={1.25} />
        <Voice ratio={1.5} />
      </Group>
      <Synth def={sine} name="bass" freq={${freq}} amp={0.2} pan={-0.3} />
    </>
  );
}
`;

const folder = temporaryFolder();
const save = (text: string) => writeFileSync(join(folder, 'chord.tsx'), text);
let terminal: Terminal;

afterAll(() => terminal.kill());

/** The lines of a picture in the documentation, and the new ones in their place where they are to be taken. */
function inDocs(name: string, lines: readonly string[]): string {
  const begin = `<!-- screen ${name}: taken by test/terminal/captures.test.ts -->\n`;
  const text = readFileSync(file, 'utf8');
  const from = text.indexOf(begin) + begin.length;
  const to = text.indexOf('<!-- end of screen -->', from);
  const picture = `\`\`\`text\n${lines.map((line) => line.trimEnd()).join('\n')}\n\`\`\`\n`;
  if (process.env.UPDATE_DOCS) writeFileSync(file, text.slice(0, from) + picture + text.slice(to));
  return process.env.UPDATE_DOCS ? picture : text.slice(from, to);
}

/** Rows of the node tree, with what changes from moment to moment left out. */
const treeIn = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => / (group|sine) "/.test(line))
    .map((line) => line.replace(/freq [\d.]+/, 'freq …'));

/** From the rule of the error to the next one. */
const errorIn = (text: string): string => /── error .*?(?=── messages)/s.exec(text)?.[0].trim() ?? '';

test('the screen of a piece', async () => {
  save(piece('110'));
  terminal = new Terminal(['dev', 'chord.tsx', '--engine', 'embedded'], {
    cwd: folder,
    columns: 96,
    rows: 22,
  });
  await terminal.shows(/· 2 a second/);
  // A picture shows some seconds of load, without that of the beginning.
  if (process.env.UPDATE_DOCS)
    await terminal.until((text) => /CPU \S{12,} [\d.]+ % peak \d\.\d %/.test(text), 'a while of load');
  save(piece('82.5'));
  await terminal.shows('chord.tsx changed');
  await terminal.until((text) => /RMS +-[12]\d/.test(text) && text, 'sound');
  const docs = inDocs('piece', terminal.lines);
  expect(treeIn(docs)).toHaveLength(5);
  expect(treeIn(docs)).toEqual(treeIn(terminal.text));
});

test('the screen with an error', async () => {
  save(piece('82.5 +'));
  await terminal.shows('syntax error');
  const docs = inDocs('error', terminal.lines);
  expect(errorIn(docs)).toContain('> ');
  expect(errorIn(docs)).toEqual(errorIn(terminal.lines.map((line) => line.trimEnd()).join('\n')));
});

test('the keys', async () => {
  terminal.press('?');
  await terminal.shows('escape goes back');
  const docs = inDocs(
    'keys',
    terminal.lines.filter((line) => line !== ''),
  );
  for (const line of terminal.lines) expect(docs).toContain(line.trimEnd());
});
