/** The screen: a picture of the monitor, the performance and the view, drawn again for each frame. */

import { Box, Text, useInput } from 'ink';
import type { JSX } from 'react';
import { Engine, Header, Levels } from './gauges.js';
import { type KeyTarget, keyActions, press } from './keys.js';
import { nodeRows } from './nodeRows.js';
import { Messages, Nodes, ProblemPane, Rule } from './panes.js';
import { count } from './print.js';

export interface ScreenProps {
  readonly operated: KeyTarget;
  readonly columns: number;
  readonly rows: number;
  /** Called after each key. */
  readonly onKey: () => void;
}

export function Screen({ operated, columns, rows, onKey }: ScreenProps): JSX.Element {
  useInput((input, key) => {
    // Keys that come at once, such as those of a key that is held down, come as one text.
    if (input.length > 1) for (const one of input) press(one, key, operated);
    else press(input, key, operated);
    onKey();
  });
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      {operated.view.showsKeys ? (
        <Keys rows={rows} />
      ) : (
        <Panes operated={operated} columns={columns} rows={rows} />
      )}
    </Box>
  );
}

/** Lines of the frame, so that each pane knows how many it has: what does not fit is left out, and said. */
function Panes({ operated, columns, rows }: Omit<ScreenProps, 'onKey'>): JSX.Element {
  const { monitor, performance, view } = operated;
  const { levels, problem } = monitor;
  // Header, engine, two rules and the keys.
  const free = Math.max(0, rows - 5 - levels.length);
  const problemRows = problem ? Math.min(Math.ceil(free / 2), 12) : 0;
  const messageRows = Math.max(0, Math.min(8, Math.floor((free - problemRows) / 3)));
  const treeRows = Math.max(0, free - problemRows - messageRows);
  const { rows: nodes, total } = window(operated, treeRows);
  const last = Math.min(view.from + treeRows, total);
  const title = total > treeRows ? `nodes ${view.from + 1} to ${last} of ${total}` : count(total, 'node');
  return (
    <>
      <Header performance={performance} monitor={monitor} columns={columns} />
      <Engine monitor={monitor} performance={performance} columns={columns} />
      <Levels levels={levels} columns={columns} />
      <Rule title={title} columns={columns} />
      <Nodes rows={nodes} height={treeRows} />
      {problem && <ProblemPane problem={problem} height={problemRows} columns={columns} />}
      <Rule
        title={`messages · ${count(monitor.commits, 'commit')} · ${monitor.commitsPerSecond} a second`}
        columns={columns}
      />
      <Messages lines={monitor.lines(messageRows)} height={messageRows} />
      <KeyLine />
    </>
  );
}

/** The part of the tree that is seen; it stays within the tree when that becomes shorter. */
function window({ performance, view }: KeyTarget, height: number): ReturnType<typeof nodeRows> {
  const tree = performance.root?.tree ?? null;
  let seen = nodeRows(tree, view.from, height);
  const furthest = Math.max(0, seen.total - height);
  if (view.from > furthest) {
    view.from = furthest;
    seen = nodeRows(tree, furthest, height);
  }
  view.visible = height;
  view.total = seen.total;
  return seen;
}

/** The keys that fit into a line. */
const KeyLine = (): JSX.Element => (
  <Text wrap="truncate-end">
    {keyActions
      .filter(({ word }) => !['scroll', 'dismiss', 'redraw', 'boot'].includes(word))
      .map(({ label, word }, index) => (
        <Text key={label}>
          {index > 0 && '  '}
          <Text bold>{label}</Text> <Text dimColor>{word}</Text>
        </Text>
      ))}
  </Text>
);

function Keys({ rows }: { readonly rows: number }): JSX.Element {
  return (
    <>
      <Text bold>Keys</Text>
      <Text> </Text>
      {keyActions.slice(0, Math.max(0, rows - 4)).map(({ label, description }) => (
        <Text key={label} wrap="truncate-end">
          {'  '}
          <Text bold color="cyan">
            {label.padEnd(8)}
          </Text>
          {description}
        </Text>
      ))}
      <Text> </Text>
      <Text dimColor>? or escape goes back</Text>
    </>
  );
}
