/**
 * Access to a program of ours on this machine.
 *
 * Each page in a browser, wherever it came from, can send requests to loopback addresses and open WebSockets to them.
 * The address alone is therefore no lock. The guard checks a token that only the user knows, the page's origin, and the
 * host name of the request.
 */

import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface GuardOptions {
  /** Token that the URL must have as `token`. @default a random one of 128 bits */
  readonly token?: string | undefined;
  /** Origins of pages that may connect, such as `http://localhost:5173`. @default none but our own */
  readonly origins?: readonly string[] | undefined;
  /** True where pages that this machine serves may connect, from any port: pages under development. @default false */
  readonly localPages?: boolean | undefined;
}

/** Why somebody is not let in: for the log, and as the status of the answer. */
export interface Refusal {
  readonly status: 401 | 403 | 421;
  readonly reason: string;
}

export class AccessGuard {
  readonly token: string;
  readonly #origins: ReadonlySet<string>;
  readonly #localPages: boolean;

  constructor({
    token = randomBytes(16).toString('hex'),
    origins = [],
    localPages = false,
  }: GuardOptions = {}) {
    this.token = token;
    this.#localPages = localPages;
    this.#origins = new Set(origins);
  }

  /**
   * Why a request is refused; `undefined` when it may be answered.
   *
   * @param port - The one that we listen on.
   */
  refusal(request: IncomingMessage, port: number): Refusal | undefined {
    return (
      this.hostRefusal(request, port) ?? this.#originRefusal(request, port) ?? this.#tokenRefusal(request)
    );
  }

  /** The same for what is public on this machine, such as a page's own files. */
  hostRefusal({ headers }: IncomingMessage, port: number): Refusal | undefined {
    // A name of somebody else's that was made to lead here (DNS rebinding) would have its own pages as origin.
    if (OWN_NAMES.some((name) => headers.host === `${name}:${port}`)) return undefined;
    return {
      status: 421,
      reason: `The request is for "${headers.host ?? ''}"; only ${OWN_NAMES.map((name) => `${name}:${port}`).join(' and ')} are answered.`,
    };
  }

  #originRefusal({ headers: { origin } }: IncomingMessage, port: number): Refusal | undefined {
    // Programs that are no browser send none; they still need the token.
    if (origin === undefined || this.#origins.has(origin)) return undefined;
    if (OWN_NAMES.some((name) => origin === `http://${name}:${port}`)) return undefined;
    if (this.#localPages && LOCAL_PAGE.test(origin)) return undefined;
    const own = this.#localPages ? 'pages of this machine' : 'our own page';
    const allowed = [own, ...[...this.#origins].map((name) => `"${name}"`)].join(', ');
    return { status: 403, reason: `A page of "${origin}" may not connect. Allowed: ${allowed}.` };
  }

  #tokenRefusal(request: IncomingMessage): Refusal | undefined {
    const given = targetOf(request).searchParams.get('token') ?? '';
    if (isSame(given, this.token)) return undefined;
    return {
      status: 401,
      reason: `The token is ${given === '' ? 'missing' : 'not ours'}. Take the whole address that was printed at the start.`,
    };
  }
}

/**
 * Path and query of a request.
 *
 * Whatever stands in it, this does not throw. `//`, taken as relative to an address, is no address at all, and any page
 * may ask for it.
 */
export function targetOf({ url = '/' }: IncomingMessage): URL {
  return new URL(url.startsWith('/') ? `http://localhost${url}` : 'http://localhost/');
}

/** The names of this machine for itself; we listen on the first. */
const OWN_NAMES = ['127.0.0.1', 'localhost'] as const;
const LOCAL_PAGE = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Compares without telling by the time it takes where they differ. */
function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}
