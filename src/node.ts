/**
 * `react-collider/node`: booting servers from Node, and connecting to them.
 */

import { readdirSync, readFileSync } from 'node:fs';
import type { ReactNode } from 'react';
import { checkDurations, checkOptions, checkServer } from './boot/checkCalls.js';
import { SuperColliderError } from './errors.js';
import { bundledSynthDefs } from './libraries/libraries.js';
import {
  type Rendered,
  type RenderToFileOptions,
  renderToFile as renderPlainToFile,
} from './offline/renderToFile.js';
import { type RenderToScoreOptions, renderToScore as renderPlainToScore } from './offline/renderToScore.js';
import type { Score } from './offline/score.js';
import { type MidiPatterns, midiPatterns } from './patterns/streams/midiFile.js';
import { createRoot as createPlainRoot } from './reconciler/root.js';
import type { DevRootOptions, Root, RootOptions } from './reconciler/rootOptions.js';
import { checkText } from './server/checks.js';
import type { Server } from './server/server.js';

export { type BootOptions, boot, type ClientOptions, type ConnectOptions, connect } from './boot/boot.js';
export { connectSclang, type SclangPeerOptions } from './boot/connectSclang.js';
export { type Config, defineConfig } from './config.js';
export { connectDevTools, type DevToolsOptions } from './devTools.js';
export type { Engine, EngineKind, ExitReason, Recording, SoundOut } from './engine/engine.js';
export { type Environment, type FindOptions, findServer, type NativeProgram } from './engine/native/find.js';
export { freePort, type Protocol } from './engine/native/ports.js';
export { killServers, type RunningServer, runningServers } from './engine/native/running.js';
export { readSoundFile } from './engine/soundfile/readSoundFile.js';
export type { SoundData } from './engine/soundfile/sound.js';
export type { SoundFileFacts } from './engine/soundfile/soundFileFacts.js';
export { bundledSynthDefs, mergeLibraries } from './libraries/libraries.js';
export { sonicPiSynthDefs } from './libraries/sonicPi.js';
export { midiFileOf } from './offline/midiFileOf.js';
export type { Length, PerformanceOptions } from './offline/performance.js';
export type { Rendered, RenderedFile, RenderedPeak, RenderToFileOptions } from './offline/renderToFile.js';
export type { RenderToScoreOptions } from './offline/renderToScore.js';
export {
  type JsonArgument,
  Score,
  type ScoreEntry,
  type ScoreJson,
  type ScoreMidi,
  type ScoreNodeFacts,
} from './offline/score.js';
export { notesOf, type ScoreNote } from './offline/scoreNotes.js';
export { stemPath } from './offline/stems.js';
export type { PictureOptions } from './picture/canvas.js';
export { type DrawnNote, drawPianoRoll } from './picture/pianoRoll.js';
export { drawSpectrogram } from './picture/spectrogram.js';
export { drawSynthDefGraph } from './picture/synthDefGraph.js';
export { drawWaveform } from './picture/waveform.js';
export { type SclangSource, type SclangSourceOptions, synthDefsFromSclang } from './synthdef/node/sclang.js';
export { type MidiInput, midiInputs, openMidiInput } from './transport/midiInput.js';
export { type MidiDevice, type MidiOutput, midiOutputs, openMidiOutput } from './transport/midiOutput.js';
export { type OscInput, type OscInputOptions, openOscInput } from './transport/oscInput.js';
export { type OscOutput, type OscOutputOptions, openOscOutput } from './transport/oscOutput.js';
export type {
  Transport as EngineTransport,
  TransportCounts,
  TransportEvents,
} from './transport/transport.js';

/**
 * The patterns of a MIDI file.
 *
 * @throws SuperColliderError `invalid-file` for a file that cannot be read, or that is no MIDI file.
 */
export function midiFile(path: string): MidiPatterns {
  checkText('path', path);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new SuperColliderError('invalid-file', `${path} cannot be read: ${(cause as Error).message}`, {
      cause,
    });
  }
  return midiPatterns(bytes);
}

const ROOT_OPTIONS: Readonly<Record<keyof DevRootOptions, true>> = {
  latency: true,
  lookahead: true,
  seed: true,
  synthDefs: true,
  library: true,
  onError: true,
  onCommit: true,
  onLate: true,
  onRecover: true,
  onFile: true,
  releaseTimeout: true,
  repairInterval: true,
  readFile: true,
  readFolder: true,
  keepLastValid: true,
  prepareSynthDef: true,
  clock: true,
  waker: true,
};

const SCORE_OPTIONS: Readonly<Record<keyof RenderToScoreOptions, true>> = {
  duration: true,
  sampleRate: true,
  channels: true,
  server: true,
  synthDefs: true,
  library: true,
  readFile: true,
  readFolder: true,
  seed: true,
  longest: true,
  suspenseTimeout: true,
  onTime: true,
  signal: true,
};

const FILE_OPTIONS: Readonly<Record<keyof RenderToFileOptions, true>> = {
  path: true,
  ...SCORE_OPTIONS,
  engine: true,
  executable: true,
  headerFormat: true,
  sampleFormat: true,
  input: true,
  stems: true,
  onProgress: true,
};

/**
 * A root that can read files and finds definitions of our library and of Sonic Pi by name, as `createRoot` of
 * `react-collider` otherwise.
 */
export function createRoot(server: Server, options: RootOptions = {}): Root {
  checkServer(server);
  checkOptions('createRoot', options, ROOT_OPTIONS);
  checkDurations(options, ['latency', 'lookahead'], { orZero: true });
  checkDurations(options, ['repairInterval', 'releaseTimeout'], { orInfinity: true });
  return createPlainRoot(server, {
    readFile: (path) => readFileSync(path),
    readFolder: (path) => readdirSync(path),
    library: bundledSynthDefs(),
    ...options,
  });
}

/**
 * Renders a piece to a sound file, as fast as it can be; with the same definitions as `createRoot`.
 *
 * The piece and the engine work side by side: while the engine plays the known part, React renders the next.
 * The same piece with the same options gives the same samples on the same engine; noise is seeded. Native
 * servers compute whole control periods, so a file of theirs may be two of them longer than `duration`.
 *
 * @throws SuperColliderError `invalid-time`, `write-failed`, `invalid-file` for the input, `not-found`,
 *   `unsupported`. `command-failed` has the engine's reason for a command that it refused. The first error of
 *   the piece is thrown too.
 */
export async function renderToFile(element: ReactNode, options: RenderToFileOptions): Promise<Rendered> {
  checkOptions('renderToFile', options, FILE_OPTIONS);
  checkText('path', options.path);
  return renderPlainToFile(element, { library: bundledSynthDefs(), ...options });
}

/**
 * A piece as a score, with the same definitions as `createRoot`: the file for `scsynth -N`, and the same as
 * readable JSON.
 *
 * The same piece with the same options gives the same score. No engine is started.
 *
 * @throws SuperColliderError `invalid-time` for an invalid duration, and for a piece without an end. The first
 *   error of the piece that no boundary of its own caught is thrown too.
 */
export async function renderToScore(element: ReactNode, options: RenderToScoreOptions): Promise<Score> {
  checkOptions('renderToScore', options, SCORE_OPTIONS);
  return renderPlainToScore(element, { library: bundledSynthDefs(), ...options });
}
