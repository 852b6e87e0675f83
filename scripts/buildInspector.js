/**
 * Builds the inspector with what it draws with, so that neither is a dependency of who installs the package:
 * `dist/inspector/page`, a page of its own, and `dist/inspector/embedded.js` with `inspector.css`, for pages that
 * embed it and have React and react-dom of their own. Runs after tsc.
 */

import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

// Under a test runner it is another one, and React would be built for development.
process.env.NODE_ENV = 'production';

/** @type {import('vite').InlineConfig} */
const shared = {
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  mode: 'production',
};
const targets = {
  target: 'es2023',
  // Those that know light-dark().
  cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
};

await build({
  ...shared,
  root: path('src/inspector/page'),
  base: './',
  build: { ...targets, outDir: path('dist/inspector/page'), emptyOutDir: true, assetsInlineLimit: 0 },
});

/** Everything but what the inspector draws with, and its own modules. */
const isExternal = (id) =>
  /^(react|react-dom|immer)($|\/)/.test(id) ||
  (id.startsWith(path('dist/')) && !id.startsWith(path('dist/inspector/')));

await build({
  ...shared,
  root: path('.'),
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    ...targets,
    outDir: path('dist/inspector'),
    emptyOutDir: false,
    minify: false,
    lib: { entry: path('dist/inspector/index.js'), formats: ['es'], fileName: () => 'embedded.js' },
    rolldownOptions: { external: isExternal },
  },
});

await build({
  ...shared,
  root: path('src/inspector/page'),
  build: {
    ...targets,
    outDir: path('dist/inspector'),
    emptyOutDir: false,
    rolldownOptions: {
      input: path('src/inspector/view/style/inspector.css'),
      output: { assetFileNames: 'inspector.css' },
    },
  },
});
