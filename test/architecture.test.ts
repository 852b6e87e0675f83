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
  errors: { values: ['version'], types: ['units'] },
  latePart: { values: ['errors'] },
  // For whoever calls components: the renderer, and dev sessions.
  forgottenReturn: { values: ['errors'] },
  // What a definition does with buses and buffers: for elements and handles alike.
  uses: { values: [], types: ['synthdef', 'units'] },
  // Envelopes as values of array controls, known without the code that makes definitions.
  envValues: { values: ['units'] },
  // What a call to set controls may be given: for elements' handles and the server's alike.
  controlsGiven: { values: ['errors'] },
  osc: { values: ['units', 'errors'] },
  commands: { values: ['osc', 'units', 'errors'] },
  scene: {
    values: ['commands', 'units', 'errors', 'uses', 'envValues', 'controlsGiven'],
    types: ['osc', 'synthdef', 'time'],
  },
  // The tree on a server: what is sent, what comes back, what is repaired. React is not known here.
  live: {
    values: ['scene', 'commands', 'units', 'errors', 'time', 'latePart'],
    types: ['osc', 'synthdef', 'engine', 'server'],
  },
  // Numbers that change without a render, and their ways over time.
  values: { values: ['scene', 'synthdef', 'errors', 'units'], types: ['time'] },
  // React's part, and the only one that knows its renderer.
  reconciler: {
    values: ['live', 'scene', 'errors', 'units', 'time', 'version', 'latePart', 'forgottenReturn'],
    types: ['synthdef', 'commands'],
  },
  hooks: {
    values: ['reconciler', 'scene', 'values', 'errors', 'units', 'time', 'input', 'midi'],
    types: ['live', 'server', 'osc', 'patterns'],
  },
  elements: {
    values: ['hooks', 'scene', 'values', 'errors', 'midi', 'patterns', 'synthdef', 'time', 'units'],
    types: ['live', 'reconciler', 'input'],
  },
  // Instruments of samples: a user of hooks and elements.
  sampler: {
    values: ['elements', 'hooks', 'scene', 'synthdef', 'time', 'errors', 'latePart'],
    types: ['live', 'units'],
  },
  server: {
    values: [
      'osc',
      'commands',
      'units',
      'errors',
      'synthdef',
      'uses',
      'envValues',
      'controlsGiven',
      'latePart',
    ],
    types: ['transport', 'engine'],
  },
  transport: { values: ['errors', 'units', 'osc'], types: ['input', 'midi'] },
  engine: { values: ['transport', 'server', 'osc', 'errors', 'units', 'synthdef', 'latePart'] },
  // Engines and the client of a server, put together for Node.
  boot: { values: ['engine', 'server', 'transport', 'errors'], types: ['units'] },
  // Definitions that are found by name.
  libraries: { values: ['synthdef'], types: ['live'] },
  time: { values: ['units', 'errors'] },
  // Music as values, which knows neither React nor a server.
  patterns: { values: ['time', 'midi', 'errors'], types: ['units'] },
  input: { values: ['units', 'errors'] },
  // MIDI that goes out, and clocks that come in.
  midi: { values: ['units', 'errors'], types: ['time'] },
  offline: {
    values: [
      ...['reconciler', 'server', 'engine', 'osc', 'commands', 'synthdef', 'time', 'midi', 'errors', 'units'],
    ],
    types: ['live', 'scene'],
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
    types: ['commands', 'units'],
  },
  // Many servers on many machines, of which only sclang is spoken to.
  fleet: { values: ['osc', 'transport', 'errors'], types: ['units'] },
  picture: { values: ['engine', 'errors', 'units', 'synthdef'] },
  // A user of the package like any other, but for the wire that it stands at the other end of.
  testing: {
    values: ['index', 'server', 'transport', 'osc', 'errors'],
    types: ['engine', 'units'],
  },
  synthdef: { values: ['units', 'errors', 'envValues'] },
  // Who may talk to our programs on this machine.
  loopback: { values: [] },
  // Looks at a server by what any user of the package has, hears buses and draws definitions.
  inspector: {
    values: ['server', 'synthdef', 'meters', 'picture', 'loopback', 'transport', 'errors', 'latePart'],
    types: ['index'],
  },
  // Definitions and sound files as modules of other people's projects.
  vite: { values: ['browserAssets', 'synthdef'] },
  // A user of the package, but for what has to be there before React is.
  cli: { values: ['dev', 'terminal', 'devTools'] },
  // The screen of `play` and `dev`: a user of the package like any other.
  terminal: { values: [], types: ['dev'] },
  dev: { values: ['forgottenReturn'], types: ['reconciler'] },
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
  execa: /^(engine\/native|synthdef\/node)\/|^cli\/tools\/doctor\.ts$/,
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
    isDynamic: dynamic !== undefined,
    name: (name ?? dynamic)!,
  }));
}

/** The entries put everything together; declarations of other packages' types import nothing. */
const UNRESTRICTED = ['index', 'node', 'browser', 'cycles', 'reactDevToolsCore.d'];

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
  /^(server|live|reconciler|page|sampler|engine\/(browser|soundfile)|hooks|elements|scene|meters|inspector\/view)\//;

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

/** Circles by the first file of each, with the reason. Only that of signals is one of values: methods of a prototype. */
const CIRCLES: Readonly<Record<string, string>> = {
  'synthdef/catalogue/conversions.ts': 'a signal has methods that make units, and a unit gives signals',
  'scene/controlTable.ts': 'an element, its controls, snapshot and handle know each other, as types',
  'server/buffer.ts': 'a handle knows its client, and a client makes handles',
};

test('no files import each other in a circle, but for a reason', () => {
  const imports = new Map(
    files.map((file) => [
      file,
      importsOf(file)
        // A part that is loaded late may take types of the file that loads it.
        .filter(({ name, isDynamic }) => name.startsWith('.') && !isDynamic)
        .map(({ name }) => normalize(join(dirname(file), name)).replace(/\.js$/, ''))
        .map((path) => [`${path}.ts`, `${path}.tsx`].find((candidate) => files.includes(candidate)))
        .filter((target) => target !== undefined),
    ]),
  );
  const reached = new Map(files.map((file) => [file, new Set<string>()]));
  for (const [file, found] of reached) {
    const queue = [...imports.get(file)!];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      queue.push(...imports.get(next)!);
    }
  }
  const circles = new Set(
    files
      .filter((file) => reached.get(file)!.has(file))
      .map((file) => [...reached.get(file)!].filter((other) => reached.get(other)!.has(file)).sort()[0]!),
  );
  expect([...circles].sort()).toEqual(Object.keys(CIRCLES).sort());
});
