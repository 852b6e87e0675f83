import { defineConfig } from 'vite';

/** Nothing of the embedded engine is served: the page plays on a server of this machine. */
export default defineConfig({});
