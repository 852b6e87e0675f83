/** The user's modules as JavaScript: TypeScript, and JSX in files of every ending. */

import { type Plugin, transformWithOxc } from 'vite';

/** True for a program of the user's, neither a package's nor one that a plugin has made. */
export const isSource = (id: string): boolean =>
  /\.[cm]?[jt]sx?$/.test(id) && !id.includes('/node_modules/') && !id.startsWith('\0');

export interface CompileOptions {
  /** True when elements note where they were written. */
  readonly development: boolean;
  /** Calls that tell of components, for edits. @default none */
  readonly refresh?: { readonly refreshReg: string; readonly refreshSig: string };
}

/** @param file - Its path; the ending says which language it is. */
export function compile(code: string, file: string, options: CompileOptions) {
  return transformWithOxc(code, file, {
    lang: /\.[cm]?ts$/.test(file) ? 'ts' : file.endsWith('.tsx') ? 'tsx' : 'jsx',
    target: 'es2023',
    sourcemap: true,
    jsx: { runtime: 'automatic', ...options },
  });
}

/** The same as a plugin. */
export const compiled = (options: CompileOptions): Plugin => ({
  name: 'react-collider:compiled',
  enforce: 'pre',
  async transform(code, id) {
    const file = id.replace(/\?.*$/, '');
    if (!isSource(file)) return null;
    const { code: javaScript, map } = await compile(code, file, options);
    return { code: javaScript, map: map ?? null };
  },
});
