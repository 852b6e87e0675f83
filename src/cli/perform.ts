/** The way of a piece that is played from the command line: an engine boots, it plays until it is told to stop, all ends. */

import { existsSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { boot } from 'react-collider/node';
import type { Server } from 'react-collider/server';
import { Performance, type Piece } from '../terminal/performance.js';
import type { Configured } from './config.js';
import { End } from './end.js';
import { exitCodes } from './exitCodes.js';
import { CliError, exitCodeOf } from './failure.js';
import type { Output } from './output.js';
import type { PlayOptions } from './play.js';
import { startRecording } from './recording.js';

/** What the command makes of a file, once there is a server. */
export interface Performed {
  readonly file: string;
  /** Whether the engine is booted again when it is lost, or the piece ends. */
  readonly restartsEngine: boolean;
  /** @param fail - Ends everything, with an error. */
  readonly piece: (server: Server, fail: (error: unknown) => void) => Piece['begin'];
}

/** Plays until the time is over, the user interrupts, or something fails; gives the exit code. */
export async function perform(
  performed: Performed,
  options: Configured<PlayOptions>,
  output: Output,
): Promise<number> {
  const end = new End();
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
  performed: Performed,
  options: Configured<PlayOptions>,
  output: Output,
  end: End,
): Promise<number> {
  const name = basename(performed.file);
  const { synthDefs, lookahead } = options;
  const begin = performed.piece(server, (error) => end.fail(error));
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
  let failure: unknown;
  await output.opens(performance, (isInterrupted) => {
    end.stop(isInterrupted ? exitCodes.interrupted : exitCodes.ok);
  });
  try {
    if (options.record !== undefined) await performance.toggleRecording(options.record);
    await output.ready(await performance.begin(), server);
    if (options.seconds !== undefined) end.after(options.seconds);
    await end.reached;
  } catch (error) {
    failure = error;
    await output.closes();
    output.failed(error);
  }
  const recorded = await performance.end();
  await output.closes();
  if (recorded !== undefined) output.recorded(recorded);
  return failure === undefined ? end.exitCode : exitCodeOf(failure);
}

function endWithEngine(server: Server, end: End): void {
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
