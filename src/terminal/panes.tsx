/** The parts of the screen that are as high as there is room: the node tree, an error, the last messages. */

import { Text } from 'ink';
import type { JSX } from 'react';
import type { Problem } from '../dev/problem.js';
import type { Line } from './monitor.js';
import type { NodeRow } from './nodeRows.js';
import { printMessages } from './print.js';

/** A line across the screen with a word on it. */
export function Rule({
  title,
  columns,
  color,
}: {
  readonly title: string;
  readonly columns: number;
  readonly color?: string;
}): JSX.Element {
  return (
    <Text wrap="truncate-end" dimColor={color === undefined} {...(color !== undefined && { color })}>
      {`── ${title} `.padEnd(columns, '─')}
    </Text>
  );
}

export function Nodes({
  rows,
  height,
}: {
  readonly rows: readonly NodeRow[];
  readonly height: number;
}): JSX.Element {
  return (
    <>
      {rows.map((row) => (
        <Node key={row.id ?? `${row.name}`} row={row} />
      ))}
      <Blank lines={height - rows.length} />
    </>
  );
}

function Node({ row }: { readonly row: NodeRow }): JSX.Element {
  const { depth, id, isGroup, what, name, component, controls, state } = row;
  return (
    <Text wrap="truncate-end" dimColor={state !== undefined}>
      {'  '.repeat(depth)}
      <Text dimColor>{id}</Text> <Text color={isGroup ? 'blue' : 'cyan'}>{what}</Text>
      {name !== undefined && <Text bold> "{name}"</Text>}
      {controls !== '' && `  ${controls}`}
      {state !== undefined && <Text color="yellow"> {state}</Text>}
      {component !== undefined && <Text dimColor> {`<${component}>`}</Text>}
    </Text>
  );
}

export function ProblemPane({
  problem,
  height,
  columns,
}: {
  readonly problem: Problem;
  readonly height: number;
  readonly columns: number;
}): JSX.Element {
  const { message, frame, componentStack } = problem;
  const lines = [...wrapped(message, columns), ...textLines(frame), ...textLines(componentStack)].slice(
    0,
    height - 1,
  );
  return (
    <>
      <Rule title="error · the previous sound keeps playing · x hides this" columns={columns} color="red" />
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: Lines of a text are what their number says.
        <Text key={index} wrap="truncate-end" {...(line.startsWith('>') && { color: 'red' })}>
          {line}
        </Text>
      ))}
      <Blank lines={height - 1 - lines.length} />
    </>
  );
}

export function Messages({
  lines,
  height,
}: {
  readonly lines: readonly Line[];
  readonly height: number;
}): JSX.Element {
  return (
    <>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: They move up, and each is drawn again.
        <Text key={index} wrap="truncate-end" {...(line.kind === 'warning' && { color: 'yellow' })}>
          <Text dimColor>{line.at.toFixed(3).padStart(9)} s </Text>
          {typeof line.content === 'string' ? line.content : printMessages(line.content)}
        </Text>
      ))}
      <Blank lines={height - lines.length} />
    </>
  );
}

const Blank = ({ lines }: { readonly lines: number }): JSX.Element | null =>
  lines > 0 ? <Text>{' \n'.repeat(lines - 1)} </Text> : null;

const textLines = (text: string | undefined): string[] => text?.split('\n') ?? [];

/** Words in lines of at most so many characters. */
function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > columns) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines;
}
