/** The text of `/g_dumpTree`, which a server gives on its output only. */

import { SuperColliderError } from '../errors.js';
import type { NodeId, Seconds } from '../units.js';
import type { Connection } from './connection.js';
import { parseOutput } from './output.js';
import { printQueryTree } from './printTree.js';
import type { Queries } from './queries.js';
import { setResponsiveTimeout } from './responsiveTimeout.js';

/** Kinds of lines that a server may print between the lines of a tree. */
const OTHER_LINES = new Set(['late', 'failure', 'error', 'warning', 'missing-unit', 'ready']);

interface Dump {
  readonly id: NodeId;
  readonly controls: boolean;
  readonly timeout: Seconds;
  /** True where we read what the server prints. */
  readonly isOwner: boolean;
}

/**
 * Sends `/g_dumpTree`, and after `/sync` sends it once more without controls.
 *
 * scsynth 3.13 and supernova mark no end of a tree, so the head of the second tree ends the first. The server
 * prints the first tree whole, because it carries out the second command in a later block.
 */
export async function dumpTree(
  connection: Connection,
  queries: Queries,
  { id, controls, timeout, isOwner }: Dump,
): Promise<string> {
  const { engine, outgoing } = connection;
  if (!isOwner) {
    throw new SuperColliderError(
      'not-server-owner',
      `A tree is printed on the output of ${engine.description}, which was started by somebody else and cannot be read here. Ask with queryTree(), and print that with printQueryTree(tree, 'sclang').`,
    );
  }
  // The embedded engine prints each word on a line of its own, and no tree can be made of that.
  if (engine.kind === 'embedded') return printQueryTree(await queries.queryTree(id, controls), 'sclang');
  const { lines, end, complete } = collectTree(connection, id, timeout);
  try {
    outgoing.send([{ type: '/g_dumpTree', id, controls }], undefined);
    await queries.sync(timeout);
    outgoing.send([{ type: '/g_dumpTree', id, controls: false }], undefined);
    await complete;
  } finally {
    end();
  }
  return lines.join('\n');
}

/** The lines of a tree as they are printed, up to the end or the head of the next one. */
function collectTree({ engine, incoming }: Connection, id: NodeId, timeout: Seconds) {
  const head = `NODE TREE Group ${id}`;
  const lines: string[] = [];
  const ends: (() => void)[] = [];
  const complete = new Promise<void>((resolve, reject) => {
    const refuse = (code: 'timeout' | 'command-failed', why: string) =>
      reject(new SuperColliderError(code, why));
    const refusal = (why: string) => `The server refused /g_dumpTree of group ${id}: ${why}`;
    let heads = 0;
    ends.push(
      engine.onOutput((line) => {
        // supernova answers nothing about a group that is not there.
        if (line.trim() === `node not found: ${id}`) refuse('command-failed', refusal(line.trim()));
        if (line.trim() === head) heads += 1;
        if (heads === 2 || line.trim() === `END ${head}`) resolve();
        else if (heads === 1 && !OTHER_LINES.has(parseOutput(line).type)) lines.push(line.trimEnd());
      }),
      incoming.on('/fail', ({ args }) => {
        if (args[0] === '/g_dumpTree') refuse('command-failed', refusal(String(args[1]).trim()));
      }),
      setResponsiveTimeout(timeout, () =>
        refuse(
          'timeout',
          `The server printed no whole tree of group ${id} within ${timeout} s. A group that is paused prints nothing; queryTree() asks without the output.`,
        ),
      ),
    );
  });
  // Who asked may have been told something else before.
  complete.catch(() => {});
  return { lines, complete, end: () => void ends.map((end) => end()) };
}
