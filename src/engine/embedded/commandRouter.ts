/** Routes each command to the engine or to the host, at once or after earlier asynchronous commands. */

import type { Hertz } from '../../units.js';
import { AsyncLane } from './asyncLane.js';
import { allocateBuffer, type Buffers, freeBuffer } from './buffers.js';
import { type DefinitionAnswers, loadDefinitions, receiveDefinition } from './definitionCommands.js';
import type { HostCommand, HostServices } from './hostCommand.js';
import { faultOf, isCommand, MessageArguments, type OscBytes } from './oscBytes.js';
import { ASYNCHRONOUS } from './replies.js';
import { allocateAndRead, readIntoBuffer, writeBuffer } from './soundFileCommands.js';

export interface RouterOptions {
  readonly services: HostServices;
  readonly buffers: Buffers;
  readonly definitions: DefinitionAnswers;
  readonly sampleRate: Hertz;
  /** To the engine for the next block's beginning. */
  sendNow(address: string, message: OscBytes): void;
  /** To the engine at the time of the bundle that is being carried out. */
  send(address: string, message: OscBytes): void;
  clear(): void;
  dump(dumps: boolean): void;
  quit(): void;
}

export class CommandRouter {
  readonly #options: RouterOptions;
  readonly #lane = new AsyncLane();
  readonly #asynchronous: ReadonlyMap<string, HostCommand>;
  readonly #synchronous: ReadonlyMap<string, HostCommand>;

  constructor(options: RouterOptions) {
    this.#options = options;
    const { buffers, definitions, sampleRate } = options;
    this.#asynchronous = new Map<string, HostCommand>([
      ['/d_recv', (services, args) => receiveDefinition(services, definitions, args)],
      ['/d_load', (services, args) => loadDefinitions(services, definitions, args, '/d_load')],
      ['/d_loadDir', (services, args) => loadDefinitions(services, definitions, args, '/d_loadDir')],
      ['/b_alloc', (services, args) => allocateBuffer(services, buffers, args, sampleRate)],
      ['/b_allocRead', (services, args) => allocateAndRead(services, buffers, args, '/b_allocRead')],
      [
        '/b_allocReadChannel',
        (services, args) => allocateAndRead(services, buffers, args, '/b_allocReadChannel'),
      ],
      ['/b_read', (services, args) => readIntoBuffer(services, buffers, args, '/b_read')],
      ['/b_readChannel', (services, args) => readIntoBuffer(services, buffers, args, '/b_readChannel')],
      ['/b_write', (services, args) => writeBuffer(services, buffers, args)],
      ['/b_free', (services, args) => freeBuffer(services, buffers, args)],
      ['/b_close', closeBuffer],
      ['/b_zero', (services, args) => zeroBuffer(services, buffers, args)],
      ['/quit', (services) => services.afterwards(() => this.#quit())],
    ]);
    this.#synchronous = new Map<string, HostCommand>([
      ['/clearSched', () => options.clear()],
      ['/dumpOSC', (_, args) => options.dump(args.int() > 0)],
    ]);
  }

  /** True while an asynchronous command is under way that does not wait for the engine. */
  get isBusy(): boolean {
    return this.#lane.isBusy;
  }

  get idle(): Promise<void> {
    return this.#lane.idle;
  }

  /** See `HostServices`. */
  caughtUp(): Promise<void> {
    return this.#lane.waitFor((callback) => this.#options.services.afterwards(callback));
  }

  /** Tells if the host handles a command, instead of passing it on to the engine. */
  isOurs(address: string): boolean {
    return ASYNCHRONOUS.has(address) || this.#synchronous.has(address);
  }

  route(address: string, message: OscBytes): void {
    const { services } = this.#options;
    const refusal = this.#refusal(address, message);
    if (refusal !== undefined) {
      services.print(`FAILURE IN SERVER ${address} ${refusal}`);
      services.answer('/fail', address, refusal);
      return;
    }
    const synchronous = this.#synchronous.get(address);
    if (synchronous) {
      synchronous(services, new MessageArguments(message));
      return;
    }
    if (!ASYNCHRONOUS.has(address)) {
      this.#options.send(address, message);
      return;
    }
    const command = this.#asynchronous.get(address);
    this.#lane.run(() => {
      if (!command) return this.#options.sendNow(address, message);
      try {
        return command(services, new MessageArguments(message));
      } catch (error) {
        services.reply('/fail', address, (error as Error).message);
      }
    });
  }

  /** Why a command is not carried out at all. */
  #refusal(address: string, message: OscBytes): string | undefined {
    if (!isCommand(address)) return 'Command not found';
    const fault = faultOf(message);
    if (fault !== undefined) return `${fault}, which would crash or hang the engine`;
    if (!address.startsWith('/b_') || address === '/b_query' || ASYNCHRONOUS.has(address)) return undefined;
    return this.#options.buffers.outside(new MessageArguments(message).int());
  }

  #quit(): void {
    this.#options.services.answer('/done', '/quit');
    this.#options.services.afterwards(() => this.#options.quit());
  }
}

/** `/b_close number [completion]`: there is no `DiskIn` or `DiskOut`, so no file is open. */
const closeBuffer: HostCommand = (services, args) => {
  const number = args.int();
  services.perform(args.blob());
  services.reply('/done', '/b_close', number);
};

/** `/b_zero number [completion]`. */
function zeroBuffer(services: HostServices, buffers: Buffers, args: MessageArguments): void {
  const number = args.int();
  const completion = args.blob();
  const wrong = buffers.outside(number);
  if (wrong) {
    services.reply('/fail', '/b_zero', wrong, number);
    return;
  }
  services.send(['/b_zero', number]);
  services.perform(completion);
  services.reply('/done', '/b_zero', number);
}
