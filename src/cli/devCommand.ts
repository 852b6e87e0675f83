/**
 * `react-collider dev FILE`: plays a composition, and takes over every save.
 */

import { existsSync, statSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Commit, Root } from 'react-collider';
import { boot, createRoot, type Engine } from 'react-collider/node';
import { type QueryTreeGroup, type Server, toOsc } from 'react-collider/server';
import type { Problem } from '../dev/problem.js';
import { Session, type Update } from '../dev/session.js';
import { End } from './end.js';
import { exitCodes } from './exitCodes.js';
import { CliError, describeFailure, exitCodeOf } from './failure.js';
import type { PlayOptions } from './play.js';
import { count, printCommit, printCounts, printMessage, printTree } from './print.js';
import { startRecording } from './recording.js';

/** Longest wait for the releases at the end, in seconds. */
const RELEASE_TIMEOUT = 10;

/** Plays until the time is over, the user interrupts, or the engine is gone for good; gives the exit code. */
export async function develop(path: string, options: PlayOptions): Promise<number> {
  const output = options.json ? jsonOutput() : textOutput(options.osc ?? false);
  let code: number;
  try {
    checkFile(path);
    code = await perform(path, options, output);
  } catch (error) {
    output.failed(error);
    code = exitCodeOf(error);
  }
  output.exit(code);
  return code;
}

function checkFile(path: string): void {
  const file = resolve(path);
  if (existsSync(file) && statSync(file).isFile()) return;
  throw new CliError(`${path} does not exist (looked for ${file}).`, exitCodes.composition);
}

async function perform(path: string, options: PlayOptions, output: Output): Promise<number> {
  const end = new End();
  const server = await boot({
    engine: options.engine,
    ...(options.port !== undefined && { port: options.port }),
    ...(options.device !== undefined && { device: options.device }),
    path: options.engine === 'supernova' ? options.supernova : options.scsynth,
    restart: true,
    onRestartFailed: (error) => end.fail(error),
    onEngine: (reason, engine) => output.engine(engine, reason),
  });
  try {
    return await play(server, path, options, output, end);
  } finally {
    end.stopListening();
    await server.quit();
  }
}

async function play(
  server: Server,
  path: string,
  options: PlayOptions,
  output: Output,
  end: End,
): Promise<number> {
  const recording =
    options.record === undefined ? undefined : await startRecording(server, resolve(options.record));
  let session: Session | undefined;
  let failure: unknown;
  try {
    session = await Session.start({
      file: path,
      createRoot: (own) =>
        createRoot(server, {
          latency: options.latency,
          onLate: ({ error }) => error && output.late(error),
          ...own,
        }),
      onCommit: (commit) => output.commit(commit),
      onUpdate: (update) => output.update(update, server),
      onProblem: (problem) => output.problem(problem),
    });
    await output.ready(path, session.root, server);
    if (options.seconds !== undefined) end.after(options.seconds);
    await end.reached;
  } catch (error) {
    failure = error;
    output.failed(error);
  }
  await session?.close();
  if (server.state === 'online') {
    await session?.root.unmount({ timeout: RELEASE_TIMEOUT });
    if (recording) {
      await recording.stop();
      output.recorded(recording.path);
    }
  }
  return failure === undefined ? end.exitCode : exitCodeOf(failure);
}

interface Output {
  engine(engine: Engine, reason: string): void;
  ready(file: string, root: Root, server: Server): Promise<void>;
  commit(commit: Commit): void;
  update(update: Update, server: Server): void;
  problem(problem: Problem): void;
  late(error: Error): void;
  recorded(path: string): void;
  failed(error: unknown): void;
  exit(code: number): void;
}

function textOutput(osc: boolean): Output {
  let first: number | undefined;
  const print = (text: string) => process.stdout.write(`${text}\n`);
  return {
    engine: ({ description }, reason) => print(`${description}\n${reason}`),
    async ready(file, root) {
      print(
        `${basename(file)} · ${printCounts(root.counts) || 'nothing sounds'} · edit it: every save is heard`,
      );
      const tree = printTree(root.tree);
      if (tree !== '') print(tree);
    },
    commit(commit) {
      first ??= commit.time;
      if (osc) print(printCommit(commit, first));
    },
    update({ files, commits, milliseconds, hasRecovered }) {
      const messages = commits.flatMap(({ commands }) =>
        commands.map((command) => printMessage(toOsc(command))),
      );
      const what =
        messages.length === 0
          ? 'nothing to send'
          : `${count(messages.length, 'message')} (${messages.slice(0, 3).join(', ')}${messages.length > 3 ? ', …' : ''})`;
      const well = hasRecovered ? ' · it is well again' : '';
      print(`${files.join(', ')} changed · ${what} · ${milliseconds.toFixed(0)} ms${well}`);
    },
    problem({ message, frame, componentStack }) {
      const parts = [`Error: ${message}`, frame, componentStack, 'What sounded before sounds on.'];
      process.stderr.write(`${parts.filter((part) => part).join('\n')}\n`);
    },
    late: ({ message }) => process.stderr.write(`${message}\n`),
    recorded: (path) => print(`recorded ${path}`),
    failed: (error) => process.stderr.write(`${describeFailure(error, undefined)}\n`),
    exit: () => {},
  };
}

function jsonOutput(): Output {
  const print = (event: object): void =>
    void process.stdout.write(`${JSON.stringify(event, withoutLists)}\n`);
  // Events stand in the order in which things happened, whatever was asked of the server meanwhile.
  let last: Promise<void> = Promise.resolve();
  const inTurn = (make: () => Promise<object>): Promise<void> => {
    last = last.then(async () => print(await make()));
    return last;
  };
  return {
    engine: ({ description, pid, transport }, reason) =>
      print({ event: 'engine', description, reason, pid, transport: transport.description }),
    ready: (file, root, server) =>
      inTurn(async () => ({
        event: 'ready',
        file: resolve(file),
        counts: root.counts,
        nodes: await nodesOf(server, root.scheduler.last),
      })),
    commit: ({ number, time, commands }) =>
      void inTurn(async () => ({
        event: 'commit',
        number,
        time: time ?? null,
        messages: commands.map((command) => printMessage(toOsc(command))),
      })),
    update: ({ files, commits, milliseconds, hasRecovered }, server) =>
      void inTurn(async () => ({
        event: 'update',
        files,
        milliseconds,
        hasRecovered,
        messages: commits.flatMap(({ commands }) => commands.map((command) => printMessage(toOsc(command)))),
        nodes: await nodesOf(server, Math.max(0, ...commits.map(({ time = 0 }) => time))),
      })),
    problem: ({ kind, message, code, place, frame, componentStack }) =>
      void inTurn(async () => ({
        event: 'error',
        kind,
        message,
        code: code ?? null,
        file: place ? relative(process.cwd(), place.file) : null,
        line: place?.line ?? null,
        column: place?.column ?? null,
        frame: frame ?? null,
        componentStack: componentStack ?? null,
      })),
    late: ({ message }) => void inTurn(async () => ({ event: 'late', message })),
    recorded: (path) => void inTurn(async () => ({ event: 'recorded', path })),
    failed: (error) =>
      void inTurn(async () => ({
        event: 'error',
        kind: 'end',
        code: (error as { code?: unknown }).code ?? null,
        message: error instanceof Error ? error.message : String(error),
      })),
    exit: (exitCode) => void inTurn(async () => ({ event: 'exit', exitCode })),
  };
}

/** A synth's controls are there by name. */
const withoutLists = (key: string, value: unknown): unknown => (key === 'controlList' ? undefined : value);

/** More than a period of the sound device, in seconds: what is due is carried out within one. */
const PERIOD = 0.03;

/** What is in our group after a moment, as the server itself says. */
async function nodesOf(server: Server, after: number): Promise<QueryTreeGroup['children']> {
  const wait = after + PERIOD - Date.now() / 1000;
  if (wait > 0) await delay(wait * 1000);
  if (server.state !== 'online') return [];
  await server.sync();
  return (await server.queryTree(server.defaultGroup.id)).children;
}
