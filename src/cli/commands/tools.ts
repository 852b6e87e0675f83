/** The commands beside playing and rendering: servers that run, this machine, new projects. */

import type { Command } from 'commander';
import { askingMeanings, exitCodesHelp, inspectMeanings } from '../exitCodes.js';
import type { InspectOptions } from '../tools/inspect.js';
import type { ServerCommand, ServerCommandOptions } from '../tools/serverCommands.js';
import { port } from './arguments.js';

const serverCommands: readonly [name: ServerCommand, description: string, done: string][] = [
  ['tree', 'Print the node tree of a server that runs.', 'the tree is printed'],
  ['status', 'Print the load and the counts of a server that runs.', 'the status is printed'],
  ['free-all', 'Free all nodes of a server that runs: silence.', 'all nodes are freed'],
  ['quit', 'End a server that runs, whoever booted it.', 'the server has ended'],
];

/** @param onExitCode - Called with the exit code of the command when it has ended. */
export function addToolCommands(program: Command, onExitCode: (code: number) => void): void {
  for (const [name, description, done] of serverCommands) {
    program
      .command(name)
      .description(description)
      .option('--port <n>', 'its port', port, 57110)
      .option('--host <address>', 'its address', '127.0.0.1')
      .option('--tcp', 'it listens by TCP')
      .option('--json', 'print JSON')
      .addHelpText(
        'after',
        `\nExample:\n  $ react-collider ${name} --port 57110\n${exitCodesHelp(done, askingMeanings)}`,
      )
      .action(async (options: ServerCommandOptions) => {
        const { askServer } = await import('../tools/serverCommands.js');
        onExitCode(await askServer(name, options));
      });
  }
  program
    .command('inspect')
    .description('Show a server that runs in a page: its nodes, controls, signals and load.')
    .option('--port <n>', 'its port', port, 57110)
    .option('--host <address>', 'its address', '127.0.0.1')
    .option('--tcp', 'it listens by TCP')
    .option('--http-port <n>', 'port of the page (default: a free one)', port)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `\nExample:\n  $ react-collider inspect --port 57110\n${exitCodesHelp('the inspector has ended', inspectMeanings)}`,
    )
    .action(async (options: InspectOptions) => {
      const { inspect } = await import('../tools/inspect.js');
      onExitCode(await inspect(options));
    });
  program
    .command('doctor')
    .description('Report which engines work on this machine, and how to fix the rest.')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExamples:\n  $ react-collider doctor\n  $ react-collider doctor --json')
    .action(async (options: { readonly json?: boolean }) => {
      const { doctor } = await import('../tools/doctor.js');
      onExitCode(await doctor(options));
    });
  program
    .command('new')
    .description('Make a project: a piece, its sounds, a test.')
    .argument('<name>', 'the folder')
    .addHelpText('after', '\nExample:\n  $ react-collider new my-piece')
    .action(async (name: string) => {
      const { newProject } = await import('../tools/newProject.js');
      onExitCode(await newProject(name));
    });
}
