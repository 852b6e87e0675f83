#!/usr/bin/env node
/**
 * The executable. React is told to be its production self before anything loads it: development costs
 * up to seventeen times as much in a commit. Edits can be taken over by its development self only.
 */

if (process.argv[2] === 'dev') process.env.NODE_ENV = 'development';
else process.env.NODE_ENV ??= 'production';

// Whoever reads our output may stop early: `react-collider doctor | head -3`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const { createProgram } = await import('./program.js');

await createProgram((code) => {
  process.exitCode = code;
}).parseAsync();
