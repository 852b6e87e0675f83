#!/usr/bin/env node
/**
 * Writes docs/instruments.md: the definitions of `react-collider/library` and their controls.
 *
 *     npm run build && node scripts/instruments.js
 *
 * Names, ranges and defaults are those of the built library. Descriptions are the doc comments of its source.
 */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('..', import.meta.url));
const sources = join(repository, 'src/synthdef/library');

/** Path of the page. */
export const pagePath = join(repository, 'docs/instruments.md');

const VOICE = ['freq', 'amp', 'pan', 'out', 'gate', 'attack', 'release'];
const STROKE = ['amp', 'pan', 'out'];
const EFFECT = ['in', 'out', 'amp', 'gate'];

/** Sections of the page: the file of each, and the controls that all of the section have. */
const SECTIONS = [
  {
    title: 'Voices with oscillators',
    file: 'voices.ts',
    common: VOICE,
    text: 'They sound until they are released.',
  },
  {
    title: 'Voices after instruments',
    file: 'ensembles.ts',
    common: VOICE,
    text: 'They sound until they are released, too. `keys` also ends by itself.',
  },
  {
    title: 'Struck, plucked and sampled',
    file: 'strokes.ts',
    common: STROKE,
    text: 'They have no gate and end by themselves, but for the samplers.',
  },
  {
    title: 'Voices that play a buffer',
    file: 'tables.ts',
    common: VOICE,
    text: 'They sound until they are released. [Samplers](samplers.md) play whole instruments of samples.',
  },
  { title: 'Drums', file: 'drums.ts', common: STROKE, text: 'They end by themselves.' },
  { title: 'Rooms and echoes', file: 'effects.ts', common: EFFECT },
  { title: 'Effects that move', file: 'modulation.ts', common: EFFECT },
  { title: 'Effects on the spectrum', file: 'tone.ts', common: EFFECT },
  { title: 'Effects on loudness', file: 'dynamics.ts', common: EFFECT },
];

const INTRODUCTION = `# Instruments and effects

<!-- Written by scripts/instruments.js. Change the library or the script, not this page. -->

\`react-collider/library\` has definitions for whole pieces. Import one, or use its name: \`<Synth def="pad" />\`.

\`\`\`tsx
import { Effect, Note } from 'react-collider';
import { libraryControls, pad, plate } from 'react-collider/library';

const { min, max } = libraryControls.pad.cutoff;   // 20 and 18000: the range of a fader

export default () => (
  <Effect def={plate} mix={0.4} decay={5}>
    <Note def={pad} pitch="A3" cutoff={Math.min(max, Math.max(min, 900))} />
  </Effect>
);
\`\`\`

* One voice at its default \`amp\` peaks near -12 dBFS. A chord of four does not clip. Only \`default\` is quieter, as in sclang.
* All play to two buses, from \`out\` on. A page bundles only those that it imports.
* An effect reads two buses from \`in\` on and adds to two buses from \`out\` on. With the same bus for both it replaces the sound.
* \`mix\` 0 is the dry signal, once.
* \`presets\` has named sets of values: \`<Note def={bass} {...presets.bass.warm} pitch="C2" />\`.
* The pictures show the waveform over two seconds and the spectrum: voices at 220 Hz for a second, effects with a plucked string.
* \`libraryControls\` has the range, the unit and the scale of each control. The server takes values outside a range as well.
`;

/** First paragraph of the doc comment of each definition, by name. */
function descriptionsOf(file) {
  const text = readFileSync(join(sources, file), 'utf8');
  const pattern =
    /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport const \w+ = \/\* @__PURE__ \*\/ definition\(\s*'(\w+)'/g;
  return new Map(
    [...text.matchAll(pattern)].map(([, comment = '', name = '']) => {
      const [first = ''] = comment.replace(/^[ \t]*\*[ \t]?/gm, '').split(/\n\s*\n/);
      return [name, first.replace(/\s+/g, ' ').trim()];
    }),
  );
}

/** Title, file and names of each section, for the pictures. */
export const namesBySection = () =>
  SECTIONS.map(({ title, file }) => ({ title, file, names: [...descriptionsOf(file).keys()] }));

const shortNumber = (value) => String(Number(value.toPrecision(6)));

const row = (...cells) => `| ${cells.join(' | ')} |`;

const tableOf = (heads, rows) =>
  [row(...heads), row(...heads.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

const CONTROL_HEADS = ['control', 'default', 'range', 'unit', ''];

const controlCells = (name, { min, max, unit, scale, about }, initial) => [
  `\`${name}\``,
  initial,
  `${shortNumber(min)} … ${shortNumber(max)}${scale === 'exp' ? ', exponential' : ''}`,
  unit,
  about,
];

function defaultsOf(def) {
  return new Map(def.description.controls.map(({ name, defaults }) => [name, shortNumber(defaults[0])]));
}

function commonTable(title, names, facts, def) {
  const defaults = defaultsOf(def);
  const rows = names.map((name) => controlCells(name, facts[name], defaults.get(name)));
  return `### ${title}\n\n${tableOf(CONTROL_HEADS, rows)}\n`;
}

/**
 * The definition with the usual defaults, by the file of a section.
 *
 * @type {Readonly<Record<string, string>>}
 */
const USUAL = { voices: 'sine', ensembles: 'sine', tables: 'sine', strokes: 'bell', drums: 'kick' };

function sectionOf({ title, file, common, text = '' }, { get }, facts) {
  const names = [...descriptionsOf(file)];
  const definitions = tableOf(
    ['definition', ''],
    names.map(([name, description]) => [`\`${name}\``, description]),
  );
  const rows = names.flatMap(([name]) => {
    const def = get(name);
    const defaults = defaultsOf(def);
    // A control that all have is listed again where its default is another one.
    const usual = defaultsOf(get(USUAL[file.slice(0, -3)] ?? 'eq'));
    return Object.entries(facts[name])
      .filter(([control]) => !common.includes(control) || usual.get(control) !== defaults.get(control))
      .map(([control, fact]) => [`\`${name}\``, ...controlCells(control, fact, defaults.get(control))]);
  });
  const controls = tableOf(['definition', ...CONTROL_HEADS], rows);
  const picture = `![${title}: waveform and spectrum of each](pictures/instruments/${file.replace('.ts', '.svg')})`;
  return `## ${title}\n\n${text ? `${text}\n\n` : ''}${definitions}\n\n${picture}\n\n${controls}\n`;
}

/** The values of all presets. */
function presetTable(presets) {
  const rows = Object.entries(presets).flatMap(([def, named]) =>
    Object.entries(named).map(([name, values]) => [
      `\`${def}.${name}\``,
      Object.entries(values)
        .map(([control, value]) => `\`${control}\` ${shortNumber(value)}`)
        .join(', '),
    ]),
  );
  const text = 'A control that a preset does not name has the default of its definition.';
  return `## Presets\n\n${text}\n\n${tableOf(['preset', ''], rows)}\n`;
}

/** Text of the page for a library: `standardSynthDefs()`, `libraryControls` and `presets`. */
export function instrumentsPage(library, facts, presets) {
  const listed = readdirSync(sources)
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...descriptionsOf(file).keys()]);
  const missing = library
    .names()
    .filter((name) => !SECTIONS.some(({ file }) => descriptionsOf(file).has(name)));
  if (missing.length > 0 || listed.length !== library.names().length) {
    throw new Error(`Not in a section, or without a doc comment: ${missing.join(', ') || listed.join(', ')}`);
  }
  const { get } = library;
  return [
    INTRODUCTION,
    '## Controls that all have\n\nA definition whose default is another one lists the control again.\n',
    commonTable('Voices', VOICE, facts.sine, get('sine')),
    commonTable('Struck instruments and drums', STROKE, facts.kick, get('kick')),
    commonTable('Effects', EFFECT, facts.eq, get('eq')),
    ...SECTIONS.map((section) => sectionOf(section, library, facts)),
    presetTable(presets),
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { libraryControls, presets, standardSynthDefs } = await import('../dist/synthdef/library/index.js');
  writeFileSync(pagePath, instrumentsPage(standardSynthDefs(), libraryControls, presets));
}
