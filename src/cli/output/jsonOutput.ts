import { relative, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type QueryTreeGroup, type Server, toOsc } from 'react-collider/server';
import { captureConsole } from '../../terminal/captureConsole.js';
import { printMessage } from '../../terminal/print.js';
import { exitCodeOf } from '../failure.js';
import type { Output } from './output.js';

/** Events for programs, as JSON, one a line; `docs/terminal.md` says what is in each. */
export function jsonOutput(file: string): Output {
  const print = (event: object): void =>
    void process.stdout.write(`${JSON.stringify(event, withoutLists)}\n`);
  // Events stand in the order in which things happened, although some of them query the server first.
  let last: Promise<void> = Promise.resolve();
  const inTurn = (make: () => Promise<object> | object): Promise<void> => {
    last = last.then(async () => print(await make()));
    return last;
  };
  let due = 0;
  captureConsole((level, text) => void inTurn(() => ({ event: 'log', level, text })));
  return {
    isWatched: false,
    engine: ({ description, pid, transport }, reason) =>
      void inTurn(() => ({ event: 'engine', description, reason, pid, transport: transport.description })),
    opens: async () => {},
    server(event) {
      if (event.type !== 'offline' && event.type !== 'online' && event.type !== 'unresponsive') return;
      if (event.type === 'offline' && event.wasRequested) return;
      void inTurn(() => ({
        event: 'server',
        state: event.type,
        ...(event.type === 'offline' && {
          code: event.reason?.code ?? null,
          signal: event.reason?.signal ?? null,
        }),
      }));
    },
    ready: (root, server) =>
      inTurn(async () => ({
        event: 'ready',
        file: resolve(file),
        counts: root.counts,
        nodes: await nodesOf(server, due),
      })),
    commit({ number, time, commands }) {
      due = time ?? due;
      void inTurn(() => ({
        event: 'commit',
        number,
        time: time ?? null,
        messages: commands.map((command) => printMessage(toOsc(command))),
      }));
    },
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
      void inTurn(() => ({
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
    late: ({ message }) => void inTurn(() => ({ event: 'late', message })),
    clips: (clipping) => void inTurn(() => ({ event: 'clipping', ...clipping })),
    closes: async () => {},
    recorded: (path) => void inTurn(() => ({ event: 'recorded', path })),
    failed: (error) =>
      void inTurn(() => ({
        event: 'error',
        kind: 'end',
        code: (error as { code?: unknown }).code ?? null,
        message: error instanceof Error ? error.message : String(error),
        exitCode: exitCodeOf(error),
      })),
    exit: (exitCode) => inTurn(() => ({ event: 'exit', exitCode })),
  };
}

/** A synth's controls are there by name. */
const withoutLists = (key: string, value: unknown): unknown => (key === 'controlList' ? undefined : value);

/** More than a period of the sound device, in seconds: what is due is carried out within one. */
const PERIOD = 0.03;

/** Nodes in our group after a moment, as the server reports them. */
async function nodesOf(server: Server, after: number): Promise<QueryTreeGroup['children']> {
  const wait = after + PERIOD - Date.now() / 1000;
  if (wait > 0) await delay(wait * 1000);
  if (server.state !== 'online') return [];
  await server.sync();
  const { id } = server.defaultGroup;
  // supernova is not asked for the controls of every definition.
  const tree = await server.queryTree(id).catch(() => server.queryTree(id, { controls: false }));
  return tree.children;
}
