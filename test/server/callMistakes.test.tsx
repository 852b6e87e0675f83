/** Calls that beginners get wrong: each is an error that says what to write instead. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRef, type ReactNode } from 'react';
import { expect, test } from 'vitest';
import { Definition, Synth, type SynthHandle } from '../../src/index.js';
import { boot, createRoot, renderToFile, renderToScore } from '../../src/node.js';
import { render } from '../../src/testing/index.js';
import { tone } from '../setup/definitions.js';

test('a component in place of an element is refused, not rendered as nothing', async () => {
  const Piece = () => <Synth def={tone} />;
  const asElement = Piece as unknown as ReactNode;
  const error = { code: 'invalid-argument', message: expect.stringContaining('<Piece />') };
  await expect(render(asElement)).rejects.toMatchObject(error);
  await expect(renderToScore(asElement, { duration: 1 })).rejects.toMatchObject(error);
});

test('set of a handle refuses what is no object of controls', async () => {
  const ref = createRef<SynthHandle>();
  await render(<Synth ref={ref} def={tone} />);
  const set = (...given: unknown[]) => Reflect.apply(ref.current!.set, ref.current, given);
  for (const given of ['freq', undefined, null, [440]]) {
    expect(() => set(given, 440)).toThrow(
      expect.objectContaining({
        code: 'invalid-argument',
        message: expect.stringContaining('{ freq: 440 }'),
      }),
    );
  }
});

test('a definition file is found by its URL', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'definition-'));
  const path = join(folder, 'a tone.scsyndef');
  await writeFile(path, tone.bytes);
  const piece = (
    <>
      <Definition file={pathToFileURL(path)} />
      <Synth def={tone.name} />
    </>
  );
  const score = await renderToScore(piece, { duration: 1 });
  await rm(folder, { recursive: true });
  expect(JSON.stringify(score.entries)).toContain(`"def":"${tone.name}"`);
});

test.each<[string, () => unknown, RegExp]>([
  [
    'no server',
    () => createRoot(undefined as never),
    /^createRoot: its server is undefined\. Boot one: createRoot\(await boot\(\)\)\.$/,
  ],
  [
    'a promise of a server',
    () => createRoot(Promise.resolve() as never),
    /its server is a promise\. Wait for it/,
  ],
  ['another object', () => createRoot({} as never), /its server is another object/],
])('createRoot with %s says how to get one', (_, call, message) => {
  expect(call).toThrow(
    expect.objectContaining({ code: 'invalid-argument', message: expect.stringMatching(message) }),
  );
});

test('options that nobody reads are refused by name', async () => {
  await using server = await boot({ engine: 'embedded' });
  expect(() => createRoot(server, { onerror: () => {} } as never)).toThrow(
    /^createRoot has no option "onerror"\. Did you mean "onError"\?/,
  );
  expect(() => createRoot(server, { latency: '0.1' } as never)).toThrow(
    /^latency is "0\.1"\. It is a number of seconds from 0 up\.$/,
  );
  const file = { path: 'x.wav', duration: 1 };
  await expect(renderToFile(null, { ...file, engin: 'embedded' } as never)).rejects.toThrow(
    /^renderToFile has no option "engin"\. Did you mean "engine"\?/,
  );
  await expect(renderToFile(null, { duration: 1 } as never)).rejects.toThrow(
    /^path is undefined\. It is a string/,
  );
  await expect(renderToScore(null, 3 as never)).rejects.toThrow(
    /^renderToScore: its options are 3\. Give an object/,
  );
  await expect(boot('embedded' as never)).rejects.toThrow(/Give an object: boot\(\{ engine: "embedded" \}\)/);
  await expect(boot({ outputs: 2 } as never)).rejects.toThrow(
    /no server option "outputs"\..*numOutputBusChannels/,
  );
});

test('an own prop in other letters is named', async () => {
  const wrong = { onend: () => {} } as object;
  await expect(render(<Synth def={tone} {...wrong} />)).rejects.toMatchObject({
    code: 'invalid-argument',
    message: expect.stringContaining('there is no prop "onend"; it is onEnd.'),
  });
});
