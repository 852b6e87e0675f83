import { SuperColliderError } from '../errors.js';

/**
 * True for the error of a query that stayed without a reply because the server went away.
 *
 * The error says nothing of the query's subject. The scene queries again when the server is back.
 */
export function isConnectionLost(error: unknown): boolean {
  return (
    error instanceof SuperColliderError &&
    (error.code === 'server-offline' || error.code === 'transport-closed')
  );
}
