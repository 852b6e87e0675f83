/**
 * A fleet: many SuperColliders on many machines, each of which tells every few seconds that it is there, and which
 * are given code to run. Compatible with GenCaster's OSC server and its clients.
 *
 * @see https://github.com/Gencaster/gencaster
 */

import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import type { RemoteInfo, Socket } from 'node:dgram';
import { SuperColliderError } from '../errors.js';
import { decodePacket, messagesOf } from '../osc/decode.js';
import { encodePacket } from '../osc/encode.js';
import type { ReceivedMessage } from '../osc/message.js';
import { listenUdp } from '../transport/listenUdp.js';
import { hostAndPort, networkError } from '../transport/networkError.js';
import type { Seconds } from '../units.js';
import { type FleetInstruction, Instructions } from './instructions.js';
import { type FleetPoint, parseAcknowledgement, parseBeacon, parseRemoteAction } from './messages.js';
import { Points } from './points.js';
import { type Speak, Speech } from './speech.js';
import { type AssignOptions, type FleetStream, Streams } from './streams.js';

/** Port, password and limits of a fleet. */
export interface FleetOptions {
  /** 0 = a free one. @default 7000 */
  readonly port?: number | undefined;
  /** Address to listen on: '0.0.0.0' lets other machines in. @default '127.0.0.1' */
  readonly host?: string | undefined;
  /** The password that a `/remote/action` must carry. @default none: all are refused */
  readonly password?: string | undefined;
  /** Seconds after its last beacon for which a point counts as live. @default 60 */
  readonly maxSilence?: Seconds | undefined;
  /**
   * Speaks a text, which may have Markdown in it: gives the path of a sound file, as the points see it. Called once for
   * each text. @default none: `action speak` is refused
   */
  readonly speak?: Speak | undefined;
  /** Gives the present time, in seconds. @default a clock that is never set */
  readonly now?: (() => Seconds) | undefined;
}

/** Changes of points, instructions and streams, and refused messages. */
export type FleetEvent =
  | { readonly type: 'found'; readonly point: FleetPoint }
  | { readonly type: 'sent'; readonly instruction: FleetInstruction }
  | { readonly type: 'acknowledged'; readonly instruction: FleetInstruction }
  /** Somebody came to listen, or left. */
  | { readonly type: 'listeners'; readonly stream: FleetStream }
  /** A message that was refused, and the reason. */
  | { readonly type: 'refused'; readonly address: string; readonly from: string; readonly reason: string };

const DEFAULT_PORT = 7000;
/**
 * Many sclang programs on many machines, each with a server of its own: finds them by their beacons and sends
 * them code.
 */
export class Fleet implements AsyncDisposable {
  readonly #socket: Socket;
  readonly #password: Uint8Array | undefined;
  readonly #points: Points;
  readonly #instructions = new Instructions();
  readonly #streams = new Streams();
  readonly #speech: Speech;
  readonly #listeners = new Set<(event: FleetEvent) => void>();
  #closed: Promise<void> | undefined;

  private constructor(socket: Socket, { password, maxSilence = 60, speak, now }: FleetOptions) {
    this.#socket = socket;
    this.#password = password === undefined ? undefined : digest(password);
    this.#points = new Points(maxSilence, now ?? (() => performance.now() / 1000));
    this.#speech = new Speech(speak);
    socket.on('message', (bytes, from) => this.#receive(bytes, from));
  }

  /**
   * Listens for `/beacon`, `/acknowledge` and `/remote/action`.
   *
   * @throws SuperColliderError `port-in-use`, `invalid-option`.
   */
  static async open(options: FleetOptions = {}): Promise<Fleet> {
    const { port = DEFAULT_PORT, host = '127.0.0.1', password, maxSilence = 60 } = options;
    if (!(Number.isInteger(port) && port >= 0 && port <= 65_535))
      throw new SuperColliderError(
        'invalid-option',
        `port is ${port}. It is a whole number from 0 to 65535.`,
      );
    if (password === '')
      throw new SuperColliderError(
        'invalid-option',
        'password is "". Leave it out to refuse all remote actions.',
      );
    if (!(maxSilence > 0))
      throw new SuperColliderError(
        'invalid-option',
        `maxSilence is ${maxSilence}. It is a number of seconds over 0.`,
      );
    return new Fleet(await listenUdp('A fleet', port, host), options);
  }

  /** The UDP port that the fleet listens on. */
  get port(): number {
    return this.#socket.address().port;
  }

  /** The points that were heard of, a thousand at most; the one that was heard last comes first. */
  get points(): readonly FleetPoint[] {
    return this.#points.all;
  }

  /** Those that were heard within `maxSilence`. */
  get livePoints(): readonly FleetPoint[] {
    return this.#points.live;
  }

  /** Those that are live and play for nobody. */
  get freePoints(): readonly FleetPoint[] {
    return this.livePoints.filter((point) => this.#streams.isFree(point));
  }

  /** Those that somebody listens to. */
  get streams(): readonly FleetStream[] {
    return this.#streams.all;
  }

  /**
   * A stream on the first free point. The point is taken with the first `join`: until then another one may get it.
   *
   * @param piece - What is to be played, for `shared`.
   * @throws SuperColliderError `not-found` when no point is free.
   */
  assign(piece?: string, options: AssignOptions = {}): FleetStream {
    return this.#streams.assign(this.livePoints, piece, options);
  }

  /** One more listens. @throws SuperColliderError `not-found` for a stream that is over. */
  join(stream: FleetStream): FleetStream {
    return this.#count(stream, 1);
  }

  /** One less listens; when it was the last, the point is free. @throws SuperColliderError `not-found` */
  leave(stream: FleetStream): FleetStream {
    return this.#count(stream, -1);
  }

  /** An instruction as it stands now. */
  instruction(uuid: string): FleetInstruction | undefined {
    return this.#instructions.get(uuid);
  }

  /** Calls with everything that happens. Returns the function that ends it. */
  onEvent(listener: (event: FleetEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Gives a point code to run. Sends `/instruction uuid text manualFinish`.
   *
   * @param manualFinish - The code itself says when it is finished, such as at the end of a sound. @default false
   */
  instruct(point: FleetPoint, text: string, { manualFinish = false } = {}): FleetInstruction {
    return this.#instruct(point, () => text, manualFinish);
  }

  /**
   * Has a point play a sound file, and say that it has finished when that is over. Sends `/instruction` with a call of
   * `g.syncPlayBuffer`, which GenCaster's points have.
   *
   * @param path - As the point sees it.
   */
  playFile(point: FleetPoint, path: string): FleetInstruction {
    const quoted = path.replaceAll(/["\\]/g, '\\$&');
    return this.#instruct(point, (uuid) => `{g.syncPlayBuffer("${quoted}", "${uuid}")}`, true);
  }

  #instruct(point: FleetPoint, write: (uuid: string) => string, manualFinish: boolean): FleetInstruction {
    const uuid = randomUUID();
    const text = write(uuid);
    const instruction = this.#instructions.add(uuid, point, text);
    const packet = encodePacket(['/instruction', uuid, text, manualFinish ? 1 : 0]);
    this.#socket.send(packet, point.langPort, point.host, (cause) => {
      if (!cause || this.#closed) return;
      const place = { protocol: 'UDP', host: point.host, port: point.langPort };
      const { message } = networkError('Sending /instruction', place, cause);
      this.#refuse('/instruction', { address: point.host, port: point.langPort }, message);
    });
    this.#tell({ type: 'sent', instruction });
    return instruction;
  }

  /** Closes the socket; points keep playing. */
  close(): Promise<void> {
    this.#closed ??= new Promise((resolve) => this.#socket.close(() => resolve()));
    return this.#closed;
  }

  /** Closes the socket at the end of an `await using` block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Whatever comes, the fleet goes on. */
  #receive(bytes: Uint8Array, from: RemoteInfo): void {
    let address = 'a datagram';
    try {
      for (const message of messagesOf(decodePacket(bytes))) {
        address = message.address;
        this.#handle(message, from);
      }
    } catch (error) {
      if (!(error instanceof SuperColliderError)) throw error;
      this.#refuse(address, from, error.message);
    }
  }

  #handle({ address, args }: ReceivedMessage, from: RemoteInfo): void {
    if (address === '/beacon') {
      const point = this.#points.hear(parseBeacon(args), from.address);
      if (point) this.#tell({ type: 'found', point });
      // Servers name the second one in their table of routes, and listen for the first.
    } else if (address === '/acknowledge' || address === '/acknowledge_handler') {
      const instruction = this.#instructions.acknowledge(parseAcknowledgement(args));
      this.#tell({ type: 'acknowledged', instruction });
    } else if (address === '/remote/action') this.#act(args, from);
    else throw new SuperColliderError('invalid-osc', `Nothing is done for ${address} here.`);
  }

  #act(args: ReceivedMessage['args'], from: RemoteInfo): void {
    const { password, action, text, target } = parseRemoteAction(args);
    if (!this.#password || !timingSafeEqual(digest(password), this.#password))
      throw new SuperColliderError('not-allowed', 'The password is another one.');
    const points = this.freePoints.filter(
      ({ janusOutRoom }) => target === undefined || String(janusOutRoom) === target,
    );
    if (points.length === 0)
      throw new SuperColliderError('not-found', `No free point plays in room ${target ?? '(any)'}.`);
    if (action === 'code') for (const point of points) this.instruct(point, text);
    else {
      this.#speech.pathOf(text).then(
        (path) => {
          if (!this.#closed) for (const point of points) this.playFile(point, path);
        },
        (error: unknown) =>
          this.#refuse('/remote/action', from, `The text was not spoken: ${(error as Error).message}`),
      );
    }
  }

  #count(stream: FleetStream, change: 1 | -1): FleetStream {
    const counted = this.#streams.count(stream, change);
    this.#tell({ type: 'listeners', stream: counted });
    return counted;
  }

  #refuse(
    address: string,
    { address: host, port }: Pick<RemoteInfo, 'address' | 'port'>,
    reason: string,
  ): void {
    this.#tell({ type: 'refused', address, from: hostAndPort(host, port), reason });
  }

  #tell(event: FleetEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}

/** A digest of equal length for every password, so that comparing always takes as long. */
const digest = (password: string): Uint8Array => createHash('sha256').update(password).digest();
