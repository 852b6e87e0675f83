#!/usr/bin/env node
/**
 * The executable. It chooses React's build before anything loads React. The development build names hooks and components
 * in its errors, where the production build has a number ("Minified React error #310"). Only the development build takes
 * over edits. NODE_ENV=production plays with the production build,
 * whose commits take a part of the time.
 */

import { exitCodes } from './exitCodes.js';

/** Commands that run a piece of the user's. */
const RUN_PIECES = ['play', 'render', 'dev'];
const [, , command = ''] = process.argv;

if (command === 'dev') process.env.NODE_ENV = 'development';
else process.env.NODE_ENV ??= RUN_PIECES.includes(command) ? 'development' : 'production';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads our output may stop early: `react-collider doctor | head -3`.
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
  process.stderr.write(`Error: The output cannot be written: ${error.message}.\n`);
  process.exit(exitCodes.output);
});

const { createProgram } = await import('./program.js');

await createProgram((code) => {
  process.exitCode = code;
}).parseAsync();
