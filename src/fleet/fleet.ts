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
import {
  type Beacon,
  type FleetPoint,
  parseAcknowledgement,
  parseBeacon,
  parseRemoteAction,
} from './messages.js';
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

/** With more, the one that was silent longest is forgotten. */
const MAX_POINTS = 1000;

/** State of an instruction: `SENT` until the point acknowledges it. */
export type InstructionState = 'SENT' | 'RECEIVED' | 'FINISHED' | 'SUCCESS' | 'FAILURE' | 'READY';

/** A piece of sclang code that was sent to a point, and its result. */
export interface FleetInstruction {
  /** Id that the point's acknowledgement repeats. */
  readonly uuid: string;
  /** The point that it was sent to. */
  readonly point: FleetPoint;
  /** The sclang code. */
  readonly text: string;
  /** State as of the last acknowledgement. */
  readonly state: InstructionState;
  /** Result of the code, as text; `undefined` until it is finished. */
  readonly returnValue: string | undefined;
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
/** Instructions that an answer may still come to. */
const REMEMBERED = 10_000;

/**
 * Many sclang programs on many machines, each with a server of its own: finds them by their beacons and sends
 * them code.
 */
export class Fleet implements AsyncDisposable {
  readonly #socket: Socket;
  readonly #password: Uint8Array | undefined;
  readonly #maxSilence: Seconds;
  readonly #now: () => Seconds;
  readonly #points = new Map<string, FleetPoint>();
  readonly #instructions = new Map<string, FleetInstruction>();
  readonly #streams = new Streams();
  readonly #speech: Speech;
  readonly #listeners = new Set<(event: FleetEvent) => void>();
  #closed: Promise<void> | undefined;

  private constructor(socket: Socket, { password, maxSilence = 60, speak, now }: FleetOptions) {
    this.#socket = socket;
    this.#password = password === undefined ? undefined : digest(password);
    this.#maxSilence = maxSilence;
    this.#speech = new Speech(speak);
    this.#now = now ?? (() => performance.now() / 1000);
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
    return [...this.#points.values()].sort((a, b) => b.lastLive - a.lastLive);
  }

  /** Those that were heard within `maxSilence`. */
  get livePoints(): readonly FleetPoint[] {
    return this.points.filter((point) => this.#isLive(point));
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
    const instruction: FleetInstruction = { uuid, point, text, state: 'SENT', returnValue: undefined };
    this.#instructions.set(uuid, instruction);
    const [oldest] = this.#instructions.keys();
    if (this.#instructions.size > REMEMBERED && oldest) this.#instructions.delete(oldest);
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
    if (address === '/beacon') this.#beacon(parseBeacon(args), from.address);
    // Servers name the second one in their table of routes, and listen for the first.
    else if (address === '/acknowledge' || address === '/acknowledge_handler') this.#acknowledge(args);
    else if (address === '/remote/action') this.#act(args, from);
    else throw new SuperColliderError('invalid-osc', `Nothing is done for ${address} here.`);
  }

  #beacon(beacon: Beacon, host: string): void {
    const key = `${host}:${beacon.langPort}`;
    const isNew = !this.#points.has(key);
    if (isNew && this.#points.size === MAX_POINTS) this.#makeRoom();
    const point: FleetPoint = { ...beacon, host, lastLive: this.#now() };
    // Last, so that the first is who was silent longest.
    this.#points.delete(key);
    this.#points.set(key, point);
    if (isNew) this.#tell({ type: 'found', point });
  }

  #isLive({ lastLive }: FleetPoint): boolean {
    return lastLive > this.#now() - this.#maxSilence;
  }

  /** Anybody may send beacons: they do not fill the memory, nor push out who is there. */
  #makeRoom(): void {
    const [[key, silent]] = this.#points as Iterable<[string, FleetPoint]> as [[string, FleetPoint]];
    if (this.#isLive(silent))
      throw new SuperColliderError(
        'not-allowed',
        `${MAX_POINTS} points are live: there is no room for another.`,
      );
    this.#points.delete(key);
  }

  #acknowledge(args: ReceivedMessage['args']): void {
    const { uuid, status, returnValue } = parseAcknowledgement(args);
    const known = this.#instructions.get(uuid);
    if (!known) throw new SuperColliderError('invalid-osc', `There is no instruction ${uuid}.`);
    const instruction: FleetInstruction = {
      ...known,
      // A beacon is no state of an instruction.
      state: status === 'BEACON' ? 'FAILURE' : status,
      returnValue: returnValue || known.returnValue,
    };
    this.#instructions.set(uuid, instruction);
    this.#tell({ type: 'acknowledged', instruction });
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
