/** Keys of the screen and their actions. */

import { relative } from 'node:path';
import type { Key } from 'ink';
import type { Inspector } from './inspector.js';
import type { Monitor } from './monitor.js';
import type { Performance } from './performance.js';

/** The objects that a key acts on. */
export interface KeyTarget {
  readonly performance: Performance;
  readonly monitor: Monitor;
  readonly inspector: Inspector;
  /** The window onto the node tree and what lies over it. */
  readonly view: View;
  /** Ends the program; at the second time without waiting. */
  readonly quit: (isInterrupted: boolean) => void;
  /** Draws all of the screen again. */
  readonly redraw: () => void;
}

export interface View {
  /** The first row of the tree that is seen. */
  from: number;
  /** The numbers of visible rows and of all rows. */
  visible: number;
  total: number;
  showsKeys: boolean;
}

interface KeyAction {
  /** As the screen names it. */
  readonly label: string;
  /** The action in a word or two, for the line of keys. */
  readonly word: string;
  readonly description: string;
  readonly isPressed: (input: string, key: Key) => boolean;
  readonly act: (operated: KeyTarget, key: Key) => unknown;
}

const letter =
  (...letters: readonly string[]) =>
  (input: string, key: Key): boolean =>
    letters.includes(input) && !key.ctrl && !key.meta;

/** In the order in which `?` lists them. */
export const keyActions: readonly KeyAction[] = [
  {
    label: 'space',
    word: 'pause',
    description: 'pause, and go on: synths and beats stand still',
    isPressed: letter(' '),
    act: ({ performance }) => performance.togglePause(),
  },
  {
    label: 'p',
    word: 'panic',
    description: 'panic: free all nodes and stop the piece; r begins it again',
    isPressed: letter('p'),
    act: async ({ performance, monitor }) => {
      await performance.panic();
      monitor.tell('info', 'Panic: all nodes are freed, and the piece is stopped. r begins it again.');
    },
  },
  {
    label: 'm',
    word: 'mute',
    description: 'mute the outputs, and unmute them',
    isPressed: letter('m'),
    act: ({ performance }) => performance.toggleMute(),
  },
  {
    label: '+',
    word: 'louder',
    description: 'louder by 1 dB, up to 6 dB',
    isPressed: letter('+', '='),
    act: ({ performance }) => performance.changeVolume(1),
  },
  {
    label: '-',
    word: 'softer',
    description: 'softer by 1 dB, down to -90 dB',
    isPressed: letter('-', '_'),
    act: ({ performance }) => performance.changeVolume(-1),
  },
  {
    label: 'r',
    word: 'restart',
    description: 'restart the piece from its beginning',
    isPressed: letter('r'),
    act: async ({ performance, monitor }) => {
      monitor.setProblem(undefined);
      await performance.restart();
      monitor.tell('info', `${performance.name} begins again.`);
    },
  },
  {
    label: 'B',
    word: 'boot',
    description: 'boot the engine again; the piece comes back as it is',
    isPressed: letter('B'),
    act: ({ performance }) => performance.reboot(),
  },
  {
    label: 'o',
    word: 'record',
    description: 'record to a WAV file in this folder, and end the recording',
    isPressed: letter('o'),
    act: async ({ performance, monitor }) => {
      const done = await performance.toggleRecording();
      const path = done ?? performance.recording;
      const file = path === undefined ? '' : relative(process.cwd(), path);
      monitor.tell('info', done === undefined ? `Recording to ${file}.` : `Recorded ${file}.`);
    },
  },
  {
    label: 'i',
    word: 'inspect',
    description: 'open the inspector, and say where its page is',
    isPressed: letter('i'),
    act: async ({ inspector, monitor }) => monitor.tell('info', `Inspector: ${await inspector.open()}`),
  },
  {
    label: '↑ ↓',
    word: 'scroll',
    description: 'scroll the node tree by a row; page up and down by a page, home and end to its ends',
    isPressed: (_, key) => key.upArrow || key.downArrow || key.pageUp || key.pageDown || key.home || key.end,
    act: ({ view }, key) => scroll(view, key),
  },
  {
    label: 'x',
    word: 'dismiss',
    description: 'put the error away',
    isPressed: (input, key) => key.escape || letter('x')(input, key),
    act: ({ monitor, view }) => {
      if (view.showsKeys) view.showsKeys = false;
      else monitor.setProblem(undefined);
    },
  },
  {
    label: 'ctrl-l',
    word: 'redraw',
    description: 'draw the screen again, where another program has written on it',
    isPressed: (input, key) => key.ctrl && input === 'l',
    act: ({ redraw }) => redraw(),
  },
  {
    label: 'q',
    word: 'quit',
    description: 'release everything and quit, as ctrl-c does; twice: at once',
    isPressed: (input, key) => letter('q')(input, key) || (key.ctrl && input === 'c'),
    act: ({ quit }, key) => quit(key.ctrl),
  },
  {
    label: '?',
    word: 'keys',
    description: 'show the keys, or put them away',
    isPressed: letter('?'),
    act: ({ view }) => {
      view.showsKeys = !view.showsKeys;
    },
  },
];

/** Does the action of a key; an error appears on the screen. */
export function press(input: string, key: Key, operated: KeyTarget): void {
  const { monitor } = operated;
  const action = keyActions.find(({ isPressed }) => isPressed(input, key));
  try {
    void Promise.resolve(action?.act(operated, key)).catch((error: Error) =>
      monitor.tell('warning', error.message),
    );
  } catch (error) {
    monitor.tell('warning', (error as Error).message);
  }
}

function scroll(view: View, key: Key): void {
  const page = Math.max(1, view.visible - 1);
  if (key.upArrow) view.from -= 1;
  else if (key.downArrow) view.from += 1;
  else if (key.pageUp) view.from -= page;
  else if (key.pageDown) view.from += page;
  else if (key.home) view.from = 0;
  else if (key.end) view.from = view.total;
  view.from = Math.max(0, Math.min(view.from, view.total - view.visible));
}
