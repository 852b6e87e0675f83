#!/usr/bin/env node
/**
 * The executable. React is told to be its production self before anything loads it: development costs
 * up to seventeen times as much in a commit.
 */

process.env.NODE_ENV ??= 'production';

const { createProgram } = await import('./program.js');

await createProgram((code) => {
  process.exitCode = code;
}).parseAsync();
