/**
 * Lines that a server prints, as events.
 *
 * The server reports some things nowhere else: late bundles, missing unit generators, exhausted memory and
 * the values of `Poll`.
 */

import type { Seconds } from '../units.js';

/** A printed line and its meaning; `text` is any other line. */
export type OutputEvent = { readonly line: string } & (
  | { readonly type: 'late'; readonly seconds: Seconds }
  /** A command that failed: `FAILURE IN SERVER /n_set Node 4242 not found`. */
  | { readonly type: 'failure'; readonly command: string; readonly reason: string }
  | { readonly type: 'error'; readonly reason: string }
  | { readonly type: 'warning'; readonly reason: string }
  /** A unit generator that a definition needs. */
  | { readonly type: 'missing-unit'; readonly name: string }
  | { readonly type: 'poll'; readonly label: string; readonly value: number }
  | { readonly type: 'ready' }
  | { readonly type: 'text' }
);

/** Reads the meaning of a printed line. */
export function parseOutput(line: string): OutputEvent {
  const text = line.trim();
  const late = /^late:? (-?[\d.]+)/.exec(text);
  if (late) return { line, type: 'late', seconds: Number(late[1]) };
  const failure = /^FAILURE IN SERVER:? (\S+) (.*)$/.exec(text);
  if (failure) return { line, type: 'failure', command: failure[1]!, reason: failure[2]! };
  const unit = /UGen '([^']+)' not installed/.exec(text);
  if (unit) return { line, type: 'missing-unit', name: unit[1]! };
  const error = /^(?:\*\*\* )?ERROR:? (.*)$|^(exception .*|.*alloc failed.*)$/i.exec(text);
  if (error) return { line, type: 'error', reason: (error[1] ?? error[2])! };
  const warning = /^WARNING:? (.*)$/i.exec(text);
  if (warning) return { line, type: 'warning', reason: warning[1]! };
  // supernova 3.13, on a busy machine, also between the lines of a tree.
  const xrun = /^Jack: (xrun detected.*)$/.exec(text);
  if (xrun) return { line, type: 'warning', reason: xrun[1]! };
  if (/SuperCollider 3 server ready|Supernova ready/.test(text)) return { line, type: 'ready' };
  const poll = /^(.+): (-?(?:[\d.]+(?:e[+-]?\d+)?|nan|inf))$/i.exec(text);
  if (poll) return { line, type: 'poll', label: poll[1]!, value: numberOf(poll[2]!) };
  return { line, type: 'text' };
}

function numberOf(text: string): number {
  if (/nan/i.test(text)) return Number.NaN;
  if (/inf/i.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number(text);
}
