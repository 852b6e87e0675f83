import { useLayoutEffect } from 'react';
import { type Level, type Root, useLevel } from 'react-collider';
import { createRoot } from 'react-collider/node';
import type { Server } from 'react-collider/server';

/** Seconds between two readings, about as often as the screen is drawn. */
const INTERVAL = 0.1;

/** More channels than these are no picture of loudness any more. */
const MAX_CHANNELS = 8;

/**
 * Calls with how loud each output is, ten times a second. It is a piece of its own, so that it goes on whatever happens
 * to the one that plays. Sends what `useLevel` sends.
 *
 * @returns The root, to be unmounted.
 */
export function followLevels(server: Server, onLevels: (levels: readonly Level[]) => void): Root {
  const channels = Math.min(MAX_CHANNELS, server.engine.numOutputBusChannels);
  const root = createRoot(server, { onError: () => {} });
  void root.render(<Levels channels={channels} onLevels={onLevels} />);
  return root;
}

interface LevelsProps {
  readonly channels: number;
  readonly onLevels: (levels: readonly Level[]) => void;
}

function Levels({ channels, onLevels }: LevelsProps): null {
  const levels = useLevel(0, { channels, interval: INTERVAL });
  useLayoutEffect(() => {
    if (levels) onLevels(levels);
  });
  return null;
}
