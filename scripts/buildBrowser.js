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

await build({
  configFile: false,
  root: path('.'),
  logLevel: 'warn',
  publicDir: false,
  build: {
    outDir: path('dist/browser'),
    emptyOutDir: true,
    target: 'es2022',
    lib: { entry: path('dist/engine/browser/worklet.js'), formats: ['es'], fileName: () => 'worklet.js' },
  },
});

await build({
  configFile: false,
  root: path('.'),
  logLevel: 'warn',
  publicDir: false,
  build: {
    outDir: path('dist/patterns/harmony'),
    emptyOutDir: false,
    target: 'es2022',
    minify: false,
    lib: { entry: path('dist/patterns/harmony/tonal.js'), formats: ['es'], fileName: () => 'tonal.js' },
  },
});
