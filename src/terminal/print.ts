/**
 * The tree and the messages of commits as text.
 */

import type { Commit, SceneCounts, TreeGroup, TreeNode, TreeSynth } from 'react-collider';
import { type Message, toOsc } from 'react-collider/server';

/** `1 group, 4 synths, 1 bus`. */
export function printCounts({ groups, synths, buses, buffers }: SceneCounts): string {
  return [
    count(groups, 'group'),
    count(synths, 'synth'),
    count(buses, 'bus', 'buses'),
    count(buffers, 'buffer'),
  ]
    .filter((part) => !part.startsWith('0 '))
    .join(', ');
}

/** `1 message`, `3 messages`. */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

/** The tree that was sent to the server, a line for each node: its id, its kind, and its controls. */
export function printTree(tree: TreeGroup | null): string {
  const lines: string[] = [];
  const print = (node: TreeNode, indent: string): void => {
    const label = node.name === undefined ? '' : ` "${node.name}"`;
    if (node.type === 'group') {
      lines.push(`${indent}${node.id} group${label}`);
      for (const child of node.children) print(child, `${indent}  `);
      return;
    }
    const controls = showControls(node.controls);
    lines.push(`${indent}${node.id} ${node.def}${label}${controls && `  ${controls}`}`);
  };
  for (const child of tree?.children ?? []) print(child, '  ');
  return lines.join('\n');
}

/** A commit's messages, one a line, under the moment that they are for. */
export function printCommit(commit: Commit, start: number | undefined): string {
  const when =
    commit.time === undefined ? 'at once' : `at ${(commit.time - (start ?? commit.time)).toFixed(3)} s`;
  const messages = commit.commands.map((command) => `  ${printMessage(toOsc(command))}`);
  return [`commit ${commit.number} · ${when} · ${count(messages.length, 'message')}`, ...messages].join('\n');
}

/** The messages of a commit in one line: as many as anybody reads, and how many more there are. */
export function printMessages({ commands }: Commit): string {
  const shown = commands.slice(0, MAX_PER_LINE).map((command) => printMessage(toOsc(command)));
  const more = commands.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const MAX_PER_LINE = 6;

export const printMessage = ([address, ...args]: Message): string =>
  [address, ...args.map(showArgument)].join(' ');

function showArgument(argument: unknown): string {
  if (argument instanceof Uint8Array) return `<${argument.length} bytes>`;
  if (Array.isArray(argument)) return `[${argument.map(showArgument).join(' ')}]`;
  if (typeof argument === 'string') return /^[\w/.-]+$/.test(argument) ? argument : JSON.stringify(argument);
  return typeof argument === 'number' ? showNumber(argument) : String(argument);
}

/** Controls with their values: `freq 220  amp 0.1`. */
export const showControls = (controls: TreeSynth['controls']): string =>
  Object.entries(controls)
    .map(([name, value]) => `${name} ${showValue(value)}`)
    .join('  ');

export const showValue = (value: unknown): string =>
  typeof value === 'number' ? showNumber(value) : showArgument(value);

/** A float as it goes out, without the digits that float32 does not have. */
const showNumber = (value: number): string =>
  String(Number.isInteger(value) ? value : Number(value.toPrecision(7)));
