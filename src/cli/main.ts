#!/usr/bin/env node
/**
 * The executable. React is told to be its production self before anything loads it: development costs
 * up to seventeen times as much in a commit. Edits can be taken over by its development self only.
 */

import { exitCodes } from './exitCodes.js';

if (process.argv[2] === 'dev') process.env.NODE_ENV = 'development';
else process.env.NODE_ENV ??= 'production';

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
