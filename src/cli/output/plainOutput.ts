import { basename } from 'node:path';
import { toOsc } from 'react-collider/server';
import type { Problem } from '../../dev/problem.js';
import { describeClipping } from '../../terminal/clipping.js';
import { count, printCommit, printCounts, printMessage, printTree } from '../../terminal/print.js';
import { describeFailure } from '../failure.js';
import type { Output } from './output.js';

/** Lines for people: a line for each event, nothing while nothing happens. */
export function plainOutput(file: string, osc: boolean, takesSaves: boolean): Output {
  let first: number | undefined;
  let firstMessages = 0;
  const print = (text: string) => process.stdout.write(`${text}\n`);
  const printError = (text: string) => process.stderr.write(`${text}\n`);
  return {
    isWatched: false,
    engine: ({ description }, reason) => print(`${description}\n${reason}`),
    opens: async () => {},
    server(event) {
      if (event.type !== 'offline' || event.wasRequested || !takesSaves) return;
      printError(
        `The engine is gone (${event.reason?.signal ?? `exit code ${event.reason?.code}`}). It is booted again.`,
      );
    },
    async ready(root) {
      const counts = printCounts(root.counts) || 'nothing sounds';
      const more = takesSaves
        ? 'edit the file: each save plays at once'
        : `first bundle ${count(firstMessages, 'message')}`;
      print(`${basename(file)} · ${counts} · ${more}`);
      const tree = printTree(root.tree);
      if (tree !== '') print(tree);
    },
    commit(commit) {
      firstMessages ||= commit.commands.length;
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
    problem: (problem) => printError(`${describeProblem(problem)}\nThe previous sound keeps playing.`),
    late: ({ message }) => printError(message),
    clips: (clipping) => printError(describeClipping(clipping)),
    closes: async () => {},
    recorded: (path) => print(`recorded ${path}`),
    failed: (error) => printError(describeFailure(error, file)),
    exit: () => {},
  };
}

/** A problem of the piece, with its place in the user's file. */
export const describeProblem = ({ message, frame, componentStack }: Problem): string =>
  [`Error: ${message}`, frame, componentStack].filter((part) => part).join('\n');
