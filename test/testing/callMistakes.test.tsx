/** Calls that beginners get wrong: each is an error that says what to write instead. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRef, type ReactNode } from 'react';
import { expect, test } from 'vitest';
import { Synth, SynthDef, type SynthHandle } from '../../src/index.js';
import { renderToScore } from '../../src/node.js';
import { render } from '../../src/testing/index.js';
import { tone } from '../setup/definitions.js';

test('a component in place of an element is refused, not rendered as nothing', async () => {
  const Piece = () => <Synth def={tone} />;
  const asElement = Piece as unknown as ReactNode;
  const error = { code: 'bad-argument', message: expect.stringContaining('<Piece />') };
  await expect(render(asElement)).rejects.toMatchObject(error);
  await expect(renderToScore(asElement, { duration: 1 })).rejects.toMatchObject(error);
});

test('set of a handle refuses what is no object of controls', async () => {
  const ref = createRef<SynthHandle>();
  await render(<Synth ref={ref} def={tone} />);
  const set = (...given: unknown[]) => Reflect.apply(ref.current!.set, ref.current, given);
  for (const given of ['freq', undefined, null, [440]]) {
    expect(() => set(given, 440)).toThrow(
      expect.objectContaining({ code: 'bad-argument', message: expect.stringContaining('{ freq: 440 }') }),
    );
  }
});

test('a definition file is found by its URL', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'definition-'));
  const path = join(folder, 'a tone.scsyndef');
  await writeFile(path, tone.bytes);
  const piece = (
    <>
      <SynthDef file={pathToFileURL(path)} />
      <Synth def={tone.name} />
    </>
  );
  const score = await renderToScore(piece, { duration: 1 });
  await rm(folder, { recursive: true });
  expect(JSON.stringify(score.entries)).toContain(`"def":"${tone.name}"`);
});
