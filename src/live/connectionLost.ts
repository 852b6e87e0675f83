import { SuperColliderError } from '../errors.js';

/**
 * True for the error of a question that stayed without an answer because the server went away: it says nothing of
 * what was asked, which is asked again when the server is back.
 */
export function isConnectionLost(error: unknown): boolean {
  return (
    error instanceof SuperColliderError &&
    (error.code === 'server-offline' || error.code === 'transport-closed')
  );
}
