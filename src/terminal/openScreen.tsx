/** Opens the screen: Ink lays it out, the painter draws it, and keys are read until it is closed. */

import { type Instance, render } from 'ink';
import { captureConsole } from './captureConsole.js';
import { Inspector } from './inspector.js';
import type { KeyTarget } from './keys.js';
import { followLevels } from './levels.js';
import { Monitor } from './monitor.js';
import { Painter } from './painter.js';
import type { Performance } from './performance.js';
import { Screen } from './screen.js';

export interface ScreenOptions {
  readonly performance: Performance;
  /** @param isInterrupted - By ctrl-c. */
  readonly quit: (isInterrupted: boolean) => void;
  /** @default the process's own */
  readonly stdout?: NodeJS.WriteStream;
  /** @default the process's own */
  readonly stdin?: NodeJS.ReadStream;
}

export interface OpenScreen {
  readonly monitor: Monitor;
  /** Draws it when its turn comes. */
  draw(): void;
  /** Gives the terminal and `console` back; resolves when the meters have left the server. */
  close(): Promise<void>;
}

/** The least and the most milliseconds from one frame to the next. */
const SHORTEST = 100;
const LONGEST = 1000;
/** A frame that took a millisecond is followed by none for so many: drawing takes a twentyfifth of the time at most. */
const REST = 24;

export function openScreen({
  performance: played,
  quit,
  stdout = process.stdout,
  stdin = process.stdin,
}: ScreenOptions): OpenScreen {
  const painter = new Painter(stdout);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ink: Instance | undefined;
  let lastFrame = Number.NEGATIVE_INFINITY;
  let cost = 0;
  let isOpen = true;
  const drawAfter = (rest: number): void => {
    if (isOpen) timer ??= setTimeout(drawNow, Math.max(0, lastFrame + rest - performance.now()));
  };
  const draw = (): void => drawAfter(Math.min(LONGEST, Math.max(SHORTEST, cost * REST)));
  /** Draws soon, so that the result of a key is visible at once. */
  const drawSoon = (): void => {
    clearTimeout(timer);
    timer = undefined;
    drawAfter(SHORTEST);
  };
  const monitor = new Monitor(played, draw);
  const inspector = new Inspector(played, monitor);
  const operated: KeyTarget = {
    performance: played,
    monitor,
    inspector,
    view: { from: 0, visible: 0, total: 0, showsKeys: false },
    quit,
    redraw: () => painter.forget(),
  };
  const drawNow = (): void => {
    timer = undefined;
    const begun = performance.now();
    const { columns, rows } = painter;
    const screen = <Screen operated={operated} columns={columns} rows={rows} onKey={drawSoon} />;
    if (ink) ink.rerender(screen);
    else ink = show(screen, painter, stdin);
    lastFrame = performance.now();
    // What is longer by chance, such as a collection of garbage, counts for a part.
    cost = cost === 0 ? lastFrame - begun : 0.7 * cost + 0.3 * (lastFrame - begun);
  };
  const resize = (): void => {
    painter.forget();
    draw();
  };
  stdout.on('resize', resize);
  const giveConsoleBack = captureConsole((kind, text) => monitor.tell(kind, text));
  const levels = followLevels(played.server, (now) => monitor.setLevels(now));
  painter.open();
  drawNow();
  return {
    monitor,
    draw,
    async close() {
      if (!isOpen) return;
      isOpen = false;
      clearTimeout(timer);
      stdout.off('resize', resize);
      monitor.close();
      painter.close();
      ink?.unmount();
      giveConsoleBack();
      await Promise.all([inspector.close(), levels.unmount({ timeout: 0 })]);
    },
  };
}

const show = (screen: Parameters<typeof render>[0], painter: Painter, stdin: NodeJS.ReadStream): Instance =>
  render(screen, {
    stdout: painter as unknown as NodeJS.WriteStream,
    stdin,
    // Ink hands each frame over as a whole, at once: when to draw, and what of it, is decided here.
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });
