/** `react-collider inspect`: a page that shows a server that runs, whoever booted it. */

import { openInspector } from 'react-collider/inspector/node';
import { connect } from 'react-collider/node';
import type { Server } from 'react-collider/server';
import { exitCodes } from '../exitCodes.js';
import { CliError, describeFailure, exitCodeOf } from '../failure.js';
import { Shutdown } from '../shutdown.js';
import type { ServerCommandOptions } from './serverCommands.js';

export interface InspectOptions extends ServerCommandOptions {
  readonly httpPort?: number;
}

/** Shows it until the user interrupts; gives the exit code. */
export async function inspect(options: InspectOptions): Promise<number> {
  let server: Server | undefined;
  const end = new Shutdown();
  try {
    server = await connect({
      host: options.host,
      port: options.port,
      protocol: options.tcp ? 'tcp' : 'udp',
      timeout: 2,
      reconnectInterval: 1,
    });
    const inspector = await openInspector({
      server,
      port: options.httpPort,
      onRefused: (reason) => console.error(`Refused: ${reason}`),
    }).catch(portTaken(options.httpPort));
    if (options.json) console.log(JSON.stringify({ event: 'inspector', url: inspector.url }));
    else {
      console.log(server.engine.description);
      console.log(`Inspector: ${inspector.url}`);
      console.log('Only who has this address gets in. Ctrl-C ends it; the server stays.');
    }
    await end.reached;
    await inspector.close();
    return end.exitCode;
  } catch (error) {
    console.error(describeFailure(error, undefined));
    return exitCodeOf(error);
  } finally {
    end.stopListening();
    if (server?.state === 'online') await server.disconnect();
  }
}

const portTaken =
  (port: number | undefined) =>
  (cause: { readonly code?: string }): never => {
    if (cause.code !== 'port-in-use') throw cause;
    throw new CliError(
      `Port ${port} is in use, so the inspector's page cannot be served there. Take another --http-port, or leave it out.`,
      exitCodes.output,
      { cause },
    );
  };
