/** `react-collider/patterns`: patterns in cycles, the mini-notation of TidalCycles, and sclang's streams and events. */

export { Cycle, type CycleProps } from './elements/cycle.js';
export { Key, type KeyProps } from './elements/key.js';
export {
  type MidiFileContent,
  type MidiFileNote,
  type MidiFileTrack,
  parseMidiFile,
  writeMidiFile,
} from './midi/file.js';
export * from './patterns/cycles/index.js';
export * from './patterns/harmony/index.js';
export { type MiniOptions, mini } from './patterns/mini/index.js';
export * from './patterns/streams/index.js';
export { type MidiPatterns, midiPatterns } from './patterns/streams/midiFile.js';
