/** Playing a piece from the command line: an engine boots, the piece plays until its user ends it, all ends. */

import { existsSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { boot } from 'react-collider/node';
import type { Server } from 'react-collider/server';
import { watchClipping } from '../../terminal/clipping.js';
import { Performance, type Piece } from '../../terminal/performance.js';
import type { Configured } from '../config.js';
import { exitCodes } from '../exitCodes.js';
import { CliError, exitCodeOf } from '../failure.js';
import type { Output } from '../output/output.js';
import { Shutdown } from '../shutdown.js';
import type { PlayOptions } from './playOptions.js';
import { startRecording } from './recording.js';

/** A piece that the command plays, once there is a server. */
export interface PlaySpec {
  readonly file: string;
  /** True to boot a lost engine again; false to end the piece then. */
  readonly restartsEngine: boolean;
  readonly piece: (server: Server, end: EndOfPiece) => Piece['begin'];
}

/** Knowledge of a piece about its end. */
export interface EndOfPiece {
  /** Everything is being released: nobody watches any more. */
  readonly isOver: boolean;
  /** Ends everything with an error, or says what went wrong at the end. */
  fail(error: unknown): void;
}

/** Plays until the time is over, the user interrupts, or something fails; gives the exit code. */
export async function perform(
  performed: PlaySpec,
  options: Configured<PlayOptions>,
  output: Output,
): Promise<number> {
  const end = new Shutdown();
  const { restartsEngine } = performed;
  const server = await boot({
    ...options.server,
    engine: options.engine,
    ...(options.port !== undefined && { port: options.port }),
    ...(options.device !== undefined && { device: options.device }),
    path: options.engine === 'supernova' ? options.supernova : options.scsynth,
    ...(restartsEngine && { restart: true, onRestartFailed: (error: Error) => end.fail(error) }),
    onEngine: (reason, engine) => output.engine(engine, reason),
  });
  if (!restartsEngine) endWithEngine(server, end);
  server.onLifecycle((event) => {
    if (!end.isOver) output.server(event);
  });
  try {
    return await play(server, performed, options, output, end);
  } finally {
    end.stopListening();
    await server.quit();
  }
}

async function play(
  server: Server,
  performed: PlaySpec,
  options: Configured<PlayOptions>,
  output: Output,
  end: Shutdown,
): Promise<number> {
  const name = basename(performed.file);
  const { synthDefs, lookahead } = options;
  const failures: unknown[] = [];
  const begin = performed.piece(server, {
    get isOver() {
      return end.isOver;
    },
    fail: (error) => (end.isOver ? void failures.push(error) : end.fail(error)),
  });
  const performance = new Performance({
    server,
    piece: {
      name,
      begin: (openRoot) => begin((own) => openRoot({ synthDefs, lookahead, ...own })),
    },
    latency: options.latency,
    record: (path) => startRecording(server, resolve(path)),
    nextRecording: () => nextRecording(basename(name, extname(name))),
    onError: (error) => output.late(error),
  });
  let unwatch = async () => {};
  await output.opens(performance, (isInterrupted) => {
    end.stop(isInterrupted ? exitCodes.interrupted : exitCodes.ok);
  });
  try {
    unwatch = await watchClipping(server, (clipping) => output.clips(clipping));
    if (options.record !== undefined) await performance.toggleRecording(options.record);
    await output.ready(await performance.begin(), server);
    if (options.duration !== undefined) end.after(options.duration);
    await end.reached;
  } catch (error) {
    failures.unshift(error);
    await output.closes();
    output.failed(error);
  }
  await unwatch();
  const said = failures.length;
  const recorded = await performance.end().catch((error: unknown) => void failures.push(error));
  await output.closes();
  if (recorded !== undefined) output.recorded(recorded);
  for (const error of failures.slice(said)) output.failed(error);
  return failures.length === 0 ? end.exitCode : exitCodeOf(failures[0]);
}

function endWithEngine(server: Server, end: Shutdown): void {
  server.onState((state, reason) => {
    if (state !== 'offline' || end.isOver) return;
    const how = reason?.signal ?? `exit code ${reason?.code}`;
    end.fail(
      new CliError(
        `The engine is gone (${how}). Its last words: "${reason?.lastOutput.slice(-3).join(' / ')}".`,
        exitCodes.engine,
      ),
    );
  });
}

/** `song-1.wav`, or with the next number that is free. */
function nextRecording(name: string): string {
  let number = 1;
  while (existsSync(`${name}-${number}.wav`)) number++;
  return `${name}-${number}.wav`;
}
