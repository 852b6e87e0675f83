import { constants } from 'node:os';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ErrorCode, SuperColliderError } from '../../src/errors.js';
import { networkError } from '../../src/transport/networkError.js';

/** What the system can say, what Node adds, and what nobody has heard of. */
const code = fc.oneof(
  fc.constantFrom(...Object.keys(constants.errno)),
  fc.constantFrom('ENOTFOUND', 'EAI_AGAIN', 'ENODATA', 'ERR_SOCKET_BAD_PORT', 'ERR_SOCKET_DGRAM_NOT_RUNNING'),
  fc.string({ minLength: 1 }),
);
const host = fc.constantFrom('127.0.0.1', '::1', 'studio.local', 'fe80::1%eth0');
const port = fc.integer({ min: 0, max: 65_535 });
const protocol = fc.constantFrom('UDP', 'TCP', 'WebSocket');

/** As Node throws it; `Promise.any` and `net` put those of several addresses into one. */
const thrown = fc.oneof(
  code.map((name) => Object.assign(new Error(`connect ${name}`), { code: name })),
  code.map((name) => ({ errors: [Object.assign(new Error(name), { code: name })] })),
  fc.anything(),
);

test('whatever a socket says is an error of ours, with what was done, where, why, and what to do', () => {
  fc.assert(
    fc.property(thrown, protocol, host, port, (cause, spoken, at, number) => {
      const error = networkError('Connecting', { protocol: spoken, host: at, port: number }, cause);
      expect(error).toBeInstanceOf(SuperColliderError);
      expect(error.cause).toBe(cause);
      const place = at.includes(':') ? `[${at}]:${number}` : `${at}:${number}`;
      expect(error.message.startsWith(`Connecting by ${spoken} at ${place} failed: `)).toBe(true);
      // A sentence of advice follows what the system said.
      expect(error.message).toMatch(/\)\. [A-Z](.|\n)*\.$/);
    }),
    { numRuns: 1000 },
  );
});

test('an error of ours stays what it is', () => {
  const ours = new SuperColliderError('timeout', 'nobody answered');
  expect(networkError('Sending', { protocol: 'UDP', host: '::1', port: 1 }, ours)).toBe(ours);
});

test.each<[string, ErrorCode]>([
  ['ECONNREFUSED', 'transport-closed'],
  ['ECONNRESET', 'transport-closed'],
  ['EPIPE', 'transport-closed'],
  ['EHOSTUNREACH', 'transport-closed'],
  ['ENETUNREACH', 'transport-closed'],
  ['ETIMEDOUT', 'timeout'],
  ['EAI_AGAIN', 'timeout'],
  ['EADDRINUSE', 'port-in-use'],
  ['EACCES', 'not-allowed'],
  ['EPERM', 'not-allowed'],
  ['EINVAL', 'invalid-option'],
  ['ENOTFOUND', 'invalid-option'],
  ['EADDRNOTAVAIL', 'invalid-option'],
  ['EAFNOSUPPORT', 'invalid-option'],
  ['EMSGSIZE', 'packet-too-large'],
  ['ENOBUFS', 'command-failed'],
])('%s is %s', (name, expected) => {
  const cause = Object.assign(new Error(name), { code: name });
  expect(networkError('Sending', { protocol: 'UDP', host: '127.0.0.1', port: 57_110 }, cause).code).toBe(
    expected,
  );
});
