/** This package's version. Written by scripts/writeVersion.js. */
export const version = '0.1.0';
