/** The picture of docs/mixing.md is the tree that its mixer becomes. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import mixer from '../../examples/mixer.js';
// @ts-expect-error: the scripts are JavaScript
import { drawTree } from '../../scripts/mixerPicture.js';
import { Effect, Mixer, Note, Return, Track, VirtualClock } from '../../src/index.js';
import { delay, pluck, reverb, saw } from '../../src/synthdef/library/index.js';
import { render } from '../../src/testing/index.js';

const piece = (
  <Mixer gain={-3}>
    <Return name="hall" def={reverb} />
    <Track name="strings" sends={{ hall: -9 }} inserts={<Effect def={delay} mix={0.3} />}>
      <Note def={pluck} pitch="A4" />
    </Track>
    <Track name="bass">
      <Note def={saw} pitch="A2" />
    </Track>
  </Mixer>
);

const page = readFileSync(new URL('../../docs/mixing.md', import.meta.url), 'utf8');

test('docs/images/mixer-tree.svg shows the nodes of the mixer above it', async () => {
  const { root } = await render(piece, { clock: new VirtualClock() });
  await expect(drawTree(root.tree)).toMatchFileSnapshot('../../docs/images/mixer-tree.svg');
  // The page has the same piece, which is written here once more for the compiler.
  const source = readFileSync(new URL(import.meta.url), 'utf8');
  const [, written] = /const piece = \((.*?)\n\);/s.exec(source)!;
  expect(page).toContain(`export default () => (${written}\n);\n\`\`\`\n\n![`);
  expect(page).toContain('](images/mixer-tree.svg)');
});

test('the mixer of the examples takes 18 lines, with mute, solo and meters', async () => {
  const source = readFileSync(new URL('../../examples/mixer.tsx', import.meta.url), 'utf8');
  const lines = source.slice(source.indexOf('export const mixer')).split('\n');
  expect(lines.filter((line) => line.trim() !== '' && !line.startsWith('/**')).length).toBeLessThanOrEqual(
    18,
  );
  const { root } = await render(mixer(), { clock: new VirtualClock() });
  const tracks = JSON.stringify(root.tree);
  for (const name of ['drums', 'hats', 'bass', 'bells', 'hall', 'echo', 'master'])
    expect(tracks).toContain(`"name":"${name}"`);
});
