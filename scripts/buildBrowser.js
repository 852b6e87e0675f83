/**
 * Makes modules for pages that have no bundler.
 *
 * `tonal` is made of packages that each have two forms, of which Node and import maps take the CommonJS one: all that
 * harmony uses of it becomes one module.
 *
 * Makes one file of the worklet's module and of what it imports, `dist/browser/worklet.js`: an AudioWorklet loads its
 * module by address, where no bundler of the page's looks into it.
 */

import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

/**
 * Makes one module of a file and of what it imports.
 *
 * @param {string} entry
 * @param {string} folder
 * @param {string} fileName
 * @param {import('vite').BuildOptions} options
 */
const bundle = (entry, folder, fileName, options) =>
  build({
    configFile: false,
    root: path('.'),
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir: path(folder),
      target: 'es2022',
      lib: { entry: path(entry), formats: ['es'], fileName: () => fileName },
      ...options,
    },
  });

await bundle('dist/engine/browser/worklet.js', 'dist/browser', 'worklet.js', { emptyOutDir: true });
await bundle('dist/patterns/harmony/tonal.js', 'dist/patterns/harmony', 'tonal.js', {
  emptyOutDir: false,
  minify: false,
});
