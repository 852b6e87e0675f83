/** Streams of a fleet: which point plays for whom. */

import { randomUUID } from 'node:crypto';
import { SuperColliderError } from '../errors.js';
import type { FleetPoint } from './messages.js';

/** A point that plays for listeners. */
export interface FleetStream {
  /** Id of the stream. */
  readonly uuid: string;
  /** The point that plays it. */
  readonly point: FleetPoint;
  /** Name that the piece was assigned with. */
  readonly piece: string | undefined;
  /** Number of listeners; without any, the point is free for another stream. */
  readonly listeners: number;
}

/** Options of assigning a stream. */
export interface AssignOptions {
  /** All who ask for a piece share the stream of the first, as long as somebody listens. @default false */
  readonly shared?: boolean | undefined;
}

const keyOf = ({ host, langPort }: FleetPoint): string => `${host}:${langPort}`;

export class Streams {
  readonly #streams = new Map<string, FleetStream>();

  /** Those that somebody listens to. */
  get all(): readonly FleetStream[] {
    return [...this.#streams.values()].filter(({ listeners }) => listeners > 0);
  }

  /** True when nobody listens to the point. */
  isFree(point: FleetPoint): boolean {
    return this.all.every((stream) => keyOf(stream.point) !== keyOf(point));
  }

  /** @throws SuperColliderError `not-found` when no point is free. */
  assign(
    livePoints: readonly FleetPoint[],
    piece: string | undefined,
    { shared = false }: AssignOptions,
  ): FleetStream {
    const running = shared && piece !== undefined && this.all.find((stream) => stream.piece === piece);
    if (running) return running;
    const point = livePoints.find((candidate) => this.isFree(candidate));
    if (!point) {
      throw new SuperColliderError(
        'not-found',
        `No point is free for a stream: ${livePoints.length} are live, and ${this.all.length} streams have listeners.`,
      );
    }
    // Of streams that nobody came to listen to, or that all have left, nothing is kept.
    for (const { uuid, listeners } of this.#streams.values()) if (listeners === 0) this.#streams.delete(uuid);
    return this.#keep({ uuid: randomUUID(), point, piece, listeners: 0 });
  }

  /**
   * @param change - 1 for one who comes, -1 for one who goes.
   * @throws SuperColliderError `not-found` for a stream that is over, or whose point plays for another one by now.
   */
  count({ uuid }: FleetStream, change: 1 | -1): FleetStream {
    const stream = this.#streams.get(uuid);
    const isTaken = stream?.listeners === 0 && !this.isFree(stream.point);
    if (!stream || isTaken || stream.listeners + change < 0) {
      throw new SuperColliderError(
        'not-found',
        `The stream ${uuid} is ${stream && !isTaken ? 'listened to by nobody' : 'over'}. Assign another one.`,
      );
    }
    return this.#keep({ ...stream, listeners: stream.listeners + change });
  }

  #keep(stream: FleetStream): FleetStream {
    this.#streams.set(stream.uuid, stream);
    return stream;
  }
}
