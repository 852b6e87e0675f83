/** `tree`, `status`, `free-all` and `quit`: what one asks of a server that runs, whoever booted it. */

import { connect } from 'react-collider/node';
import { printQueryTree, type Server } from 'react-collider/server';
import { exitCodes } from '../exitCodes.js';
import { describeFailure, exitCodeOf } from '../failure.js';

export interface ServerCommandOptions {
  readonly host: string;
  readonly port: number;
  readonly tcp?: boolean;
  readonly json?: boolean;
}

export type ServerCommand = 'tree' | 'status' | 'free-all' | 'quit';

/** Gives the exit code. */
export async function askServer(command: ServerCommand, options: ServerCommandOptions): Promise<number> {
  let server: Server | undefined;
  try {
    server = await connect({
      host: options.host,
      port: options.port,
      protocol: options.tcp ? 'tcp' : 'udp',
      timeout: 2,
    });
    console.log(await commands[command](server, options));
    return exitCodes.ok;
  } catch (error) {
    console.error(describeFailure(error, undefined));
    return exitCodeOf(error);
  } finally {
    if (server?.state === 'online') await server.disconnect();
  }
}

const commands: Readonly<
  Record<ServerCommand, (server: Server, options: ServerCommandOptions) => Promise<string>>
> = {
  async tree(server, { json }) {
    const tree = await server.queryTree();
    return json ? JSON.stringify(tree) : printQueryTree(tree);
  },
  async status(server, { json }) {
    const [status, version] = [await server.status(), await server.version()];
    if (json) return JSON.stringify({ ...version, ...status });
    const { program, major, minor, patch } = version;
    const load = `${status.averageCpu.toFixed(1)} % of a core, peak ${status.peakCpu.toFixed(1)} %`;
    return [
      `${program} ${major}.${minor}${patch} · ${status.actualSampleRate.toFixed(0)} Hz · ${load}`,
      `${status.groups} groups, ${status.synths} synths of ${status.unitGenerators} unit generators, ${status.synthDefs} synthdefs`,
    ].join('\n');
  },
  async 'free-all'(server) {
    await server.freeAll({ allClients: true });
    return 'All nodes are freed, and what was scheduled is forgotten.';
  },
  async quit(server) {
    await server.quit({ force: true });
    return 'The server has quit.';
  },
};
