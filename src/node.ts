/**
 * `react-collider/node`: booting servers from Node, and connecting to them.
 */

import { readFileSync } from 'node:fs';
import { bundledSynthDefs } from './libraries.js';
import { createRoot as createPlainRoot, type Root, type RootOptions } from './reconciler/root.js';
import type { Server } from './server/server.js';

export { type BootOptions, boot, type ClientOptions, type ConnectOptions, connect } from './boot.js';
export type { Engine, EngineKind } from './engine/engine.js';
export { type FindOptions, findServer, type NativeProgram } from './engine/native/find.js';
export { freePort } from './engine/native/ports.js';
export { killServers, type RunningServer, runningServers } from './engine/native/running.js';
export { readSoundFile } from './engine/soundfile/readSoundFile.js';
export type { Sound } from './engine/soundfile/sound.js';
export { bundledSynthDefs, librariesInOrder } from './libraries.js';
export type { Length } from './offline/performance.js';
export {
  type Rendered,
  type RenderedFile,
  type RenderToFileOptions,
  renderToFile,
} from './offline/renderToFile.js';
export { type RenderToScoreOptions, renderToScore } from './offline/renderToScore.js';
export { Score, type ScoreEntry, type ScoreJson } from './offline/score.js';
export { notesOf, type ScoreNote } from './offline/scoreNotes.js';
export type { PictureSize } from './picture/canvas.js';
export { type DrawnNote, drawPianoRoll } from './picture/pianoRoll.js';
export { drawSpectrogram } from './picture/spectrogram.js';
export { drawSynthDefGraph } from './picture/synthDefGraph.js';
export { drawWaveform } from './picture/waveform.js';
export { connectSclang, type SclangPeerOptions } from './sclang.js';
export { sonicPiSynthDefs } from './sonicPi.js';
export { type SclangSource, type SclangSourceOptions, synthDefsFromSclang } from './synthdef/node/sclang.js';
export { type MidiInput, midiInputs, openMidiInput } from './transport/midiInput.js';
export { type OscInput, type OscInputOptions, openOscInput } from './transport/oscInput.js';

/**
 * A root that can read files and finds definitions of our library and of Sonic Pi by name, as `createRoot` of
 * `react-collider` otherwise.
 */
export function createRoot(server: Server, options: RootOptions = {}): Root {
  return createPlainRoot(server, {
    readFile: (path) => readFileSync(path),
    library: bundledSynthDefs(),
    ...options,
  });
}
