/** The mini-notation of TidalCycles. */

export { type MiniOptions, mini } from './mini.js';
