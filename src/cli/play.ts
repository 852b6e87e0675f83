/**
 * `react-collider play FILE`: renders a composition onto an engine until it is told to stop.
 */

import { basename, resolve } from 'node:path';
import { createElement } from 'react';
import type { Commit } from 'react-collider';
import { type BootOptions, boot, createRoot, type Engine } from 'react-collider/node';
import { type Server, toOsc } from 'react-collider/server';
import { End } from './end.js';
import { exitCodes } from './exitCodes.js';
import { CliError, describeFailure, exitCodeOf } from './failure.js';
import { type Composition, loadComposition } from './loadComposition.js';
import { count, printCommit, printCounts, printMessage, printTree } from './print.js';
import { startRecording } from './recording.js';

export interface PlayOptions {
  readonly engine: NonNullable<BootOptions['engine']>;
  readonly seconds?: number;
  readonly record?: string;
  readonly osc?: boolean;
  readonly json?: boolean;
  readonly latency: number;
  readonly port?: number;
  readonly scsynth?: string;
  readonly supernova?: string;
  readonly device?: string;
}

/** Longest wait for the releases at the end, in seconds. */
const RELEASE_TIMEOUT = 10;

/** Plays until the time is over, the user interrupts, or something fails; gives the exit code. */
export async function play(path: string, options: PlayOptions): Promise<number> {
  const output = options.json ? jsonOutput() : textOutput(options.osc ?? false);
  let composition: Composition | undefined;
  try {
    composition = await loadComposition(path);
    return await perform(composition, options, output);
  } catch (error) {
    output.failed(error, composition?.file);
    return exitCodeOf(error);
  } finally {
    await composition?.close();
  }
}

async function perform(composition: Composition, options: PlayOptions, output: Output): Promise<number> {
  const end = new End();
  const server = await boot({
    engine: options.engine,
    ...(options.port !== undefined && { port: options.port }),
    ...(options.device !== undefined && { device: options.device }),
    path: options.engine === 'supernova' ? options.supernova : options.scsynth,
    onEngine: (reason, engine) => output.engine(engine, reason),
  });
  try {
    return await render(server, composition, options, output, end);
  } finally {
    end.stopListening();
    await server.quit();
  }
}

async function render(
  server: Server,
  { file, component }: Composition,
  options: PlayOptions,
  output: Output,
  end: End,
): Promise<number> {
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
  const recording =
    options.record === undefined ? undefined : await startRecording(server, resolve(options.record));
  const root = createRoot(server, {
    latency: options.latency,
    onError: (error) => end.fail(error),
    onLate: ({ error }) => error && output.late(error),
    onCommit: (commit) => output.commit(commit),
  });
  let failure: unknown;
  try {
    await root.render(createElement(component));
    output.tree(basename(file), root);
    if (options.seconds !== undefined) end.after(options.seconds);
    await end.reached;
  } catch (error) {
    failure = error;
    output.failed(error, file);
  }
  if (server.state === 'online') {
    await root.unmount({ timeout: RELEASE_TIMEOUT });
    if (recording) output.recorded(recording.path, await recording.stop());
  }
  return failure === undefined ? end.exitCode : exitCodeOf(failure);
}

interface Output {
  engine(engine: Engine, reason: string): void;
  tree(file: string, root: Pick<ReturnType<typeof createRoot>, 'tree' | 'counts'>): void;
  commit(commit: Commit): void;
  late(error: Error): void;
  recorded(path: string, result: unknown): void;
  failed(error: unknown, file: string | undefined): void;
}

function textOutput(osc: boolean): Output {
  let first: number | undefined;
  let firstMessages = 0;
  const print = (text: string) => process.stdout.write(`${text}\n`);
  return {
    engine: ({ description }, reason) => print(`${description}\n${reason}`),
    tree(file, root) {
      print(`${file} · ${printCounts(root.counts)} · first bundle ${count(firstMessages, 'message')}`);
      const tree = printTree(root.tree);
      if (tree !== '') print(tree);
    },
    commit(commit) {
      firstMessages ||= commit.commands.length;
      first ??= commit.time;
      if (osc) print(printCommit(commit, first));
    },
    late: ({ message }) => process.stderr.write(`${message}\n`),
    recorded: (path) => print(`recorded ${path}`),
    failed: (error, file) => process.stderr.write(`${describeFailure(error, file)}\n`),
  };
}

function jsonOutput(): Output {
  const print = (event: object) => process.stdout.write(`${JSON.stringify(event)}\n`);
  return {
    engine: ({ description, pid }, reason) => print({ event: 'engine', description, reason, pid }),
    tree: (file, root) => print({ event: 'tree', file, counts: root.counts, tree: printTree(root.tree) }),
    commit: ({ number, time, commands }) =>
      print({
        event: 'commit',
        number,
        time: time ?? null,
        messages: commands.map((command) => printMessage(toOsc(command))),
      }),
    late: ({ message }) => print({ event: 'late', message }),
    recorded: (path) => print({ event: 'recorded', path }),
    failed: (error, file) =>
      print({
        event: 'error',
        code: (error as { code?: unknown }).code ?? null,
        message: error instanceof Error ? error.message : String(error),
        file: file ?? null,
        exitCode: exitCodeOf(error),
      }),
  };
}
