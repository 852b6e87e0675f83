/** Failures that an engine prints while it plays a score. Without a client, it sends no replies. */

import { SuperColliderError } from '../errors.js';

/**
 * The failure that a line tells of. A node that is not found is none: a synth that ended by itself, a moment
 * before the score frees it.
 */
export function outputFailure(line: string): SuperColliderError | undefined {
  if (/\bnode\b.* not found|node not found/i.test(line)) return undefined;
  const lacking =
    /UGen '([^']+)' not installed/.exec(line)?.[1] ?? /Cannot load synth.*: (\w+)/.exec(line)?.[1];
  if (lacking !== undefined) {
    return new SuperColliderError(
      'unsupported',
      `The piece needs the unit generator ${lacking}, which this engine does not have. Install the plugin that has it, or take another engine.`,
    );
  }
  // supernova prints this about the file's kind; the error with the exit code names the kind.
  if (/major format is/.test(line)) return undefined;
  if (!/^FAILURE IN SERVER|^\*\*\* ERROR|^ERROR|^exception in|Cannot create synth|alloc failed/i.test(line))
    return undefined;
  return new SuperColliderError('command-failed', `The engine says: "${line.trim()}"${advice(line)}`);
}

function advice(line: string): string {
  if (/too many nodes/.test(line)) return '. Raise the server option maxNodes.';
  if (/alloc failed|out of real time memory/.test(line))
    return '. Raise the server option memSize (kilobytes).';
  if (/interconnect buffers/.test(line)) return '. Raise the server option numWireBufs.';
  return '.';
}
