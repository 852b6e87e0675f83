/** What react-collider.config.ts says, and what is said when it says something wrong. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../engine/native/programs.js';
import { tone } from '../setup/definitions.js';
import { cli } from './cli.js';

interface Event {
  readonly event: string;
  readonly description?: string;
  readonly message?: string;
}

/** A folder with a configuration, and a piece in a folder below it. */
function project(config: string, piece = '<Synth def="tone" freq={330} />'): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    join(folder, 'react-collider.config.ts'),
    `import { type Config, defineConfig } from 'react-collider/node';
const config: Config = ${config};
export default defineConfig(config);
`,
  );
  writeFileSync(join(folder, 'tone.scsyndef'), tone.bytes);
  mkdirSync(join(folder, 'pieces'));
  writeFileSync(
    join(folder, 'pieces', 'piece.tsx'),
    `import { Synth } from 'react-collider';\nexport default () => ${piece};\n`,
  );
  return folder;
}

const play = async (folder: string, ...options: readonly string[]) => {
  const file = join(folder, 'pieces', 'piece.tsx');
  const { stdout, exitCode } = await cli(['play', file, '--duration', '0.2', '--json', ...options]);
  const events = stdout.split('\n').map((line) => JSON.parse(line) as Event);
  return { events, exitCode, engine: events.find(({ event }) => event === 'engine')?.description };
};

test('engine, channels and definitions are taken from the folder above', async () => {
  const folder = project(
    "{ engine: 'embedded', latency: 0, server: { numOutputBusChannels: 4 }, synthDefs: ['tone.scsyndef'] }",
  );
  const { engine, exitCode } = await play(folder);
  expect(engine).toContain('embedded scsynth');
  expect(engine).toContain('4 out');
  expect(exitCode).toBe(0);
});

test('what is given on the command line wins', async () => {
  const folder = project("{ engine: 'scsynth', scsynth: '/nowhere/scsynth', synthDefs: ['tone.scsyndef'] }");
  const { engine, exitCode } = await play(folder, '--engine', 'embedded');
  expect(engine).toContain('embedded scsynth');
  expect(exitCode).toBe(0);
});

test('render takes channels, sample rate and definitions', async () => {
  const folder = project(
    "{ engine: 'embedded', server: { numOutputBusChannels: 1, sampleRate: 22050 }, synthDefs: ['tone.scsyndef'] }",
  );
  const output = join(folder, 'out.wav');
  const file = join(folder, 'pieces', 'piece.tsx');
  const { stderr } = await cli(['render', file, '-o', output, '--duration', '0.1']);
  expect(stderr).toBe('');
  const header = readFileSync(output);
  expect([header.readUInt16LE(22), header.readUInt32LE(24)]).toEqual([1, 22_050]);
});

test('--config names another one', async () => {
  const folder = project('{ engine: 5 as never }');
  const other = join(folder, 'quiet.config.js');
  writeFileSync(other, "export default { engine: 'embedded', synthDefs: ['tone.scsyndef'] };\n");
  const { exitCode } = await play(folder, '--config', other);
  expect(exitCode).toBe(0);
});

test.for([
  ["{ engin: 'embedded' } as never", 'there is no option "engin". There are engine, scsynth'],
  ["{ engine: 'csound' as never }", 'engine is "csound". It is one of auto, scsynth, supernova, embedded.'],
  ['{ latency: -1 }', 'latency is -1. It is a number of seconds from 0 up.'],
  ['{ server: { maxNode: 4 } as never }', 'There is no server option "maxNode". Did you mean "maxNodes"?'],
  ['{ server: { maxNodes: -4 } }', 'Server option maxNodes is -4. It is a whole number from 2 to'],
  ["{ synthDefs: ['none.scsyndef'] }", 'none.scsyndef cannot be read.'],
  ['{ engine: }', 'has a syntax error'],
  ['undefined as never', 'it has to export its options'],
])('%s is an error that names the file and the option', async ([config, message]) => {
  const { events, exitCode } = await play(project(config!));
  const said = events.find(({ event }) => event === 'error')!.message!;
  expect(said).toMatch(/react-collider\.config\.ts(: | has )/);
  expect(said).toContain(message);
  expect(exitCode).toBe(2);
});
