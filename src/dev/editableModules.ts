/**
 * Changes to the user's modules that make them editable while they run.
 */

import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Plugin } from 'vite';
import { compile, isSource } from './compile.js';

/** The module that a session imports: the composition, and what happens when it changes. */
export const entryId = '\0react-collider:entry';
const jsxId = '\0react-collider:jsx';

const entryOf = (file: string): string => `
import * as composition from ${JSON.stringify(file)};
export { composition };
import.meta.hot.accept((next) => import.meta.session.composed(next));
import.meta.hot.on('vite:beforeUpdate', (payload) => import.meta.session.begin(payload));
import.meta.hot.on('vite:afterUpdate', () => import.meta.session.end());
import.meta.hot.on('vite:error', ({ err }) => import.meta.session.failed(err));
`;

/**
 * In front, on the first line: a module that throws has said what it accepts by then, and the lines stay where they
 * were. `import.meta.hot.accept` must be written out: Vite looks for the words.
 */
const acceptanceOf = (id: string): string =>
  `import.meta.hot.accept((next) => { if (next) import.meta.session.accepted(import.meta.hot, ${JSON.stringify(id)}, next); });`;

const registrationOf = (id: string, resets: boolean): string => `
function $RefreshReg$(type, name) { import.meta.session.register(type, ${JSON.stringify(`${id} `)} + name); }
function $RefreshSig$() { return import.meta.session.signature(${resets}); }
`;

/** Milliseconds that a file may be empty for: many editors empty it before they write it. */
const EMPTY_MS = 20;

export interface EditableModulesOptions {
  /** The path of the file whose default export is played. */
  readonly composition: () => string;
  /** Called with each file that is read, and what it holds. */
  readonly onRead: (file: string, text: string) => void;
  /** True for a file that was written to and has the same text: it need not run again. */
  readonly isSame: (file: string, text: string) => boolean;
}

export function editableModules({ composition, onRead, isSame }: EditableModulesOptions): Plugin {
  return {
    name: 'react-collider:editable',
    enforce: 'pre',
    resolveId: {
      order: 'pre',
      handler(id) {
        if (id === entryId) return id;
        return id === 'react/jsx-dev-runtime' ? jsxId : null;
      },
    },
    async load(id) {
      if (id === entryId) return entryOf(composition());
      if (id === jsxId) return 'export const { jsxDEV, Fragment } = import.meta.session.jsx;';
      const file = id.replace(/\?.*$/, '');
      if (!isSource(file)) return null;
      this.addWatchFile(file);
      let source = await readFile(file, 'utf8').catch(() => null);
      if (source === '') {
        await delay(EMPTY_MS);
        source = await readFile(file, 'utf8');
      }
      if (source !== null) onRead(file, source);
      return source;
    },
    async hotUpdate({ type, file, modules, read }) {
      if (type !== 'update' || modules.length === 0 || !isSource(file)) return modules;
      const text = await read();
      if (isSame(file, text)) return [];
      // Some systems tell of one save twice, and the second time may come before the module is loaded.
      onRead(file, text);
      return modules;
    },
    async transform(code, id) {
      const file = id.replace(/\?.*$/, '');
      if (!isSource(file)) return null;
      const named = withNamedDefault(code);
      const { code: compiled, map } = await compile(named, file, {
        development: true,
        refresh: { refreshReg: '$RefreshReg$', refreshSig: '$RefreshSig$' },
      });
      // A module of hooks alone is no component's: those that call them run again.
      const before = compiled.includes('$RefreshReg$(') ? acceptanceOf(file) : '';
      const after = compiled.includes('$Refresh') ? registrationOf(file, /@refresh reset/.test(code)) : '';
      return { code: before + compiled + after, map: map ?? null };
    },
  };
}

/** An anonymous default export gets a name, on the same line: what has none cannot be known again after an edit. */
function withNamedDefault(code: string): string {
  const name = 'DefaultComponent';
  if (code.includes(name)) return code;
  const asFunction = code.replace(/^export default function\s*(?=\()/m, `export default function ${name}`);
  if (asFunction !== code) return asFunction;
  const asValue = code.replace(
    /^export default (?=memo\(|\([\w\s{},:.=]*\)\s*(?::\s*[\w.]+\s*)?=>|[\w$]+\s*=>)/m,
    `const ${name} = `,
  );
  return asValue === code ? code : `${asValue}\nexport { ${name} as default };`;
}
