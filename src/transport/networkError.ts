/** Errors of sockets in the package's own words. */

import { type ErrorCode, SuperColliderError } from '../errors.js';

/** A place in the network, for messages. */
export interface Place {
  /** Protocol: `UDP`, `TCP`. */
  readonly protocol: string;
  readonly host: string;
  readonly port: number;
}

interface Meaning {
  readonly code: ErrorCode;
  readonly words: string;
  readonly remedy: (place: Place) => string;
}

const otherHost = ({ host }: Place): string => `Take another host than "${host}".`;
const otherAddress = (): string =>
  "Take '127.0.0.1' or '::1' for this machine, and '0.0.0.0' or '::' to listen on all of its addresses.";
const isRunning = ({ port }: Place): string =>
  `Start a program that listens on port ${port}, or take another port.`;
const isReachable = ({ host }: Place): string =>
  `Look whether "${host}" is switched on and in a network that this machine is in.`;
const connectAgain = (): string => 'Connect again, and look whether the other end still runs.';
const sendLess = (): string => 'Send less at a time, or close other connections.';
const noName: Meaning = {
  code: 'invalid-option',
  words: 'the host has no address',
  remedy: ({ host }) => `Look how "${host}" is spelled, or give its address in numbers.`,
};

const MEANINGS: Readonly<Record<string, Meaning>> = {
  ECONNREFUSED: { code: 'transport-closed', words: 'nobody listens there', remedy: isRunning },
  ECONNRESET: {
    code: 'transport-closed',
    words: 'the other end broke the connection off',
    remedy: connectAgain,
  },
  ECONNABORTED: { code: 'transport-closed', words: 'the connection was broken off', remedy: connectAgain },
  EPIPE: { code: 'transport-closed', words: 'the other end has closed the connection', remedy: connectAgain },
  ENOTCONN: { code: 'transport-closed', words: 'the connection is closed', remedy: connectAgain },
  EHOSTUNREACH: { code: 'transport-closed', words: 'no way leads to the host', remedy: isReachable },
  EHOSTDOWN: { code: 'transport-closed', words: 'the host does not answer', remedy: isReachable },
  ENETUNREACH: { code: 'transport-closed', words: 'no way leads to the network', remedy: isReachable },
  ENETDOWN: { code: 'transport-closed', words: 'the network is down', remedy: isReachable },
  ETIMEDOUT: { code: 'timeout', words: 'no answer came in time', remedy: isReachable },
  EADDRINUSE: {
    code: 'port-in-use',
    words: 'another program has the port',
    remedy: () => 'Take another port, 0 for a free one, or quit that program.',
  },
  EADDRNOTAVAIL: {
    code: 'invalid-option',
    words: 'the address is none that can be used here',
    remedy: otherAddress,
  },
  EAFNOSUPPORT: {
    code: 'invalid-option',
    words: 'this machine does not speak IP of that version',
    remedy: otherAddress,
  },
  EINVAL: { code: 'invalid-option', words: 'the address is none for this connection', remedy: otherHost },
  EACCES: {
    code: 'not-allowed',
    words: 'the system does not allow it',
    remedy: ({ port }) =>
      port > 0 && port < 1024
        ? `Ports below 1024 are the administrator's: take one from 1024 up instead of ${port}.`
        : "Look at this machine's firewall, and take no broadcast address.",
  },
  EPERM: {
    code: 'not-allowed',
    words: 'the system does not allow it',
    remedy: () => "Look at this machine's firewall.",
  },
  ENOTFOUND: noName,
  ENODATA: noName,
  EAI_AGAIN: {
    code: 'timeout',
    words: 'the service of names does not answer',
    remedy: ({ host }) => `Try again, or give the address of "${host}" in numbers.`,
  },
  EMSGSIZE: {
    code: 'packet-too-large',
    words: 'the packet is larger than a datagram can be',
    remedy: () => 'Send less in one message, or connect by TCP.',
  },
  ENOBUFS: { code: 'command-failed', words: 'the system has no room for more packets', remedy: sendLess },
  ENOMEM: { code: 'command-failed', words: 'the system has no memory for it', remedy: sendLess },
  EMFILE: {
    code: 'command-failed',
    words: 'this program has too many files and connections open',
    remedy: sendLess,
  },
  ENFILE: {
    code: 'command-failed',
    words: 'the system has too many files and connections open',
    remedy: sendLess,
  },
  ERR_SOCKET_BAD_PORT: {
    code: 'invalid-option',
    words: 'the port is none',
    remedy: () => 'A port is a whole number up to 65535.',
  },
  ERR_SOCKET_DGRAM_NOT_RUNNING: {
    code: 'transport-closed',
    words: 'the socket is closed',
    remedy: connectAgain,
  },
};

/** Errors that have no code of their own, and those of which nothing else is known. */
const UNKNOWN: Meaning = {
  code: 'transport-closed',
  words: 'the connection failed',
  remedy: ({ host, port }) => `Look whether "${host}" and ${port} are right, and connect again.`,
};

/**
 * An error of the system as one of ours, which keeps it as its cause. One of ours stays as it is.
 *
 * @param what - What was being done, for the message: `Connecting`.
 */
export function networkError(what: string, place: Place, cause: unknown): SuperColliderError {
  if (cause instanceof SuperColliderError) return cause;
  const code = errnoOf(cause);
  const known = code !== undefined && Object.hasOwn(MEANINGS, code) ? MEANINGS[code] : undefined;
  const { code: ours, words, remedy } = known ?? UNKNOWN;
  const said =
    code ??
    (cause instanceof Error ? cause.message : typeof cause === 'object' ? 'no reason' : String(cause));
  return new SuperColliderError(
    ours,
    `${what} by ${place.protocol} at ${hostAndPort(place.host, place.port)} failed: ${words} (${said}). ${remedy(place)}`,
    { cause },
  );
}

/** The system's word for what happened; of several attempts at the addresses of a name, that of the first. */
export function errnoOf(cause: unknown): string | undefined {
  if (cause instanceof SuperColliderError) return errnoOf(cause.cause);
  const { code, errors } = (cause ?? {}) as { readonly code?: unknown; readonly errors?: readonly unknown[] };
  if (typeof code === 'string') return code;
  return errors?.[0] === undefined ? undefined : errnoOf(errors[0]);
}

/** `127.0.0.1:57110`, or with the brackets that IPv6 needs: `[::1]:57110`. */
export const hostAndPort = (host: string, port: number): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
