/** The folder list is the pipeline: what each folder may import. */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const source = fileURLToPath(new URL('../src', import.meta.url));

/** What is imported from other folders; `types` are only for the compiler. */
const MAY_IMPORT: Readonly<
  Record<string, { readonly values: readonly string[]; readonly types?: readonly string[] }>
> = {
  units: { values: [] },
  errors: { values: [], types: ['units'] },
  latePart: { values: ['errors'] },
  // What a definition does with buses and buffers: for elements and handles alike.
  uses: { values: [], types: ['synthdef', 'units'] },
  // What a call to set controls may be given: for elements' handles and the server's alike.
  controlsGiven: { values: ['errors'] },
  osc: { values: ['units', 'errors'] },
  commands: { values: ['osc', 'units', 'errors'] },
  scene: { values: ['commands', 'units', 'errors', 'uses', 'controlsGiven'], types: ['osc', 'synthdef'] },
  reconciler: {
    values: ['scene', 'commands', 'units', 'errors', 'time', 'version', 'latePart'],
    types: ['osc', 'synthdef', 'engine'],
  },
  hooks: { values: ['reconciler', 'scene', 'errors', 'units', 'time', 'input'], types: ['server', 'osc'] },
  elements: { values: ['hooks', 'scene', 'errors', 'synthdef', 'time'], types: ['reconciler', 'units'] },
  server: {
    values: ['osc', 'commands', 'units', 'errors', 'synthdef', 'uses', 'controlsGiven', 'latePart'],
    types: ['transport', 'engine'],
  },
  transport: { values: ['errors', 'units', 'osc'], types: ['input'] },
  engine: { values: ['transport', 'server', 'osc', 'errors', 'units', 'synthdef', 'latePart'] },
  // Engines and the client of a server, put together for Node.
  boot: { values: ['engine', 'server', 'transport', 'errors'], types: ['units'] },
  // Definitions that are found by name.
  libraries: { values: ['synthdef'], types: ['reconciler'] },
  time: { values: ['units', 'errors'] },
  input: { values: ['units', 'errors'] },
  offline: {
    values: ['reconciler', 'server', 'engine', 'osc', 'commands', 'synthdef', 'time', 'errors', 'units'],
    types: ['scene'],
  },
  // What a bus carries, as numbers for pictures.
  meters: { values: ['hooks', 'server', 'synthdef', 'errors'], types: ['units', 'reconciler', 'scene'] },
  // Servers in pages: where the DOM's tree and the tree of sounds meet.
  page: {
    values: ['engine', 'server', 'reconciler', 'hooks', 'offline', 'synthdef', 'time', 'errors', 'latePart'],
    types: ['units'],
  },
  // A user of the server's client, for pages that cannot speak UDP.
  bridge: {
    values: ['server', 'transport', 'osc', 'synthdef', 'loopback', 'errors'],
    types: ['units'],
  },
  // Many servers on many machines, of which only sclang is spoken to.
  fleet: { values: ['osc', 'transport', 'errors'], types: ['units'] },
  picture: { values: ['engine', 'errors', 'units', 'synthdef'] },
  // A user of the package like any other, but for the wire that it stands at the other end of.
  testing: {
    values: ['index', 'server', 'transport', 'osc', 'errors'],
    types: ['engine', 'units'],
  },
  synthdef: { values: ['units', 'errors'] },
  // Who may talk to our programs on this machine.
  loopback: { values: [] },
  // Looks at a server by what any user of the package has, hears buses and draws definitions.
  inspector: {
    values: ['server', 'synthdef', 'meters', 'picture', 'loopback', 'errors', 'latePart'],
    types: ['index'],
  },
  // Definitions and sound files as modules of other people's projects.
  vite: { values: ['browserAssets', 'synthdef'] },
  // A user of the package, but for what has to be there before React is.
  cli: { values: ['dev', 'terminal', 'devTools'] },
  // The screen of `play` and `dev`: a user of the package like any other.
  terminal: { values: [], types: ['dev'] },
  dev: { values: [] },
  // Generated.
  version: { values: [] },
  browserAssets: { values: ['engine'] },
  config: { values: [], types: ['engine', 'server', 'synthdef', 'units'] },
  devTools: { values: ['errors', 'reconciler'] },
};

/** Folders that nothing else imports. */
const PACKAGES_PER_FOLDER: Readonly<Record<string, RegExp>> = {
  'react-reconciler': /^reconciler\//,
  // The doctor asks which programs are here and run.
  execa: /^(engine\/native|synthdef\/node)\/|^cli\/doctor\.ts$/,
  vite: /^(cli|dev|vite)\/|^browserAssets\.ts$/,
  commander: /^cli\//,
  ink: /^terminal\//,
  // Pages have a WebSocket of their own.
  ws: /^(bridge|inspector)\/|^devTools\.ts$/,
};

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.tsx?$/.test(file),
);

const folderOf = (file: string): string => file.split('/')[0]!.replace(/\.(tsx?|js)$/, '');

function importsOf(file: string) {
  const text = readFileSync(join(source, file), 'utf8');
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?'([^']+)'|import\('([^']+)'\)/g;
  return [...text.matchAll(pattern)].map(([, type, name, dynamic]) => ({
    isType: type !== undefined,
    name: (name ?? dynamic)!,
  }));
}

/** The entries put everything together; declarations of other packages' types import nothing. */
const UNRESTRICTED = ['index', 'node', 'browser', 'reactDevToolsCore.d'];

test('every folder and every file at the top has a rule', () => {
  const known = new Set([...Object.keys(MAY_IMPORT), ...UNRESTRICTED]);
  expect(new Set(files.map(folderOf))).toEqual(known);
});

test('a file imports only what its folder may', () => {
  const offenders: string[] = [];
  for (const file of files) {
    const folder = folderOf(file);
    const rule = MAY_IMPORT[folder];
    if (!rule) continue;
    for (const { isType, name } of importsOf(file)) {
      if (!name.startsWith('.')) continue;
      const target = folderOf(relative(source, normalize(join(dirname(join(source, file)), name))));
      const allowed = [folder, ...rule.values, ...(isType ? (rule.types ?? []) : [])];
      if (!allowed.includes(target)) offenders.push(`${file} imports ${name}`);
    }
  }
  expect(offenders).toEqual([]);
});

test('a file imports packages only where they belong', () => {
  const offenders: string[] = [];
  for (const file of files) {
    for (const { name } of importsOf(file)) {
      for (const [dependency, where] of Object.entries(PACKAGES_PER_FOLDER)) {
        const isDependency = name === dependency || name.startsWith(`${dependency}/`);
        if (isDependency && !where.test(file)) offenders.push(`${file} imports ${name}`);
      }
    }
  }
  expect(offenders).toEqual([]);
});

/** What pages load: their files may be gone when a newer version was published. */
const IN_PAGES =
  /^(server|reconciler|page|engine\/(browser|soundfile)|hooks|elements|scene|meters|inspector\/view)\//;

test('what a page loads late, it loads with the helper that says so when it fails', () => {
  const offenders: string[] = [];
  for (const file of files.filter((name) => IN_PAGES.test(name))) {
    const text = readFileSync(join(source, file), 'utf8');
    const all = [...text.matchAll(/(?<!\/\/.*|\* .*)\bimport\('/g)].length;
    const helped = [...text.matchAll(/(loadPart|new LatePart)(<[^(]*>)?\(\s*\(\) =>\s*import\('/g)].length;
    if (all !== helped) offenders.push(`${file}: ${all - helped} of ${all}`);
  }
  // Its three decoders are one choice, which is given to the helper.
  expect(offenders).toEqual(['engine/soundfile/decodeSoundFile.ts: 3 of 3']);
});
