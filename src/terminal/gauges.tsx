/** Gauges of a performance: its name and state, the engine's load, and the loudness. */

import { relative } from 'node:path';
import { Text } from 'ink';
import type { JSX } from 'react';
import type { Level } from 'react-collider';
import type { Monitor, Trouble } from './monitor.js';
import type { Performance, Playing } from './performance.js';
import { count } from './print.js';
import { decibelsOf, meter, sparkline } from './sparkline.js';

interface GaugeProps {
  readonly monitor: Monitor;
  readonly performance: Performance;
  readonly columns: number;
}

const PLAYING: Readonly<Record<Playing, readonly [color: string, text: string]>> = {
  plays: ['green', '▶ plays'],
  paused: ['yellow', '‖ paused'],
  stopped: ['red', '■ stopped: r begins it again'],
  ending: ['yellow', '■ ends: what sounds is released'],
};

const TROUBLE: Readonly<Record<Trouble, string>> = {
  gone: '✗ the engine is gone',
  booting: '✗ the engine is being started',
  silent: '✗ the engine does not answer',
};

export function Header({ monitor, performance }: GaugeProps): JSX.Element {
  const { server, recording } = performance;
  const [color, text] = monitor.trouble ? ['red', TROUBLE[monitor.trouble]] : PLAYING[performance.playing];
  return (
    <Text wrap="truncate-end">
      <Text bold>{performance.name}</Text> <Text color={color}>{text}</Text>
      {recording !== undefined && <Text color="red"> ● records {relative(process.cwd(), recording)}</Text>}
      <Text dimColor> · {server.engine.description}</Text>
    </Text>
  );
}

/** Columns of a sparkline. */
const SPARK = 20;

export function Engine({ monitor, performance, columns }: GaugeProps): JSX.Element {
  const { statuses } = monitor;
  const now = statuses.at(-1);
  const { volume } = performance.server;
  const width = Math.max(4, Math.min(SPARK, Math.floor(columns / 6)));
  const cpu = statuses.map(({ averageCpu }) => averageCpu);
  const nodes = statuses.map(({ synths, groups }) => synths + groups);
  return (
    <Text wrap="truncate-end">
      CPU <Text color="cyan">{sparkline(cpu, width, 5)}</Text> {(now?.averageCpu ?? 0).toFixed(1)} %
      <Text dimColor> peak {(now?.peakCpu ?? 0).toFixed(1)} %</Text>
      {'  '}server <Text color="cyan">{sparkline(nodes, width, 10)}</Text> {count(now?.synths ?? 0, 'synth')},{' '}
      {count(now?.groups ?? 0, 'group')}
      {'  '}volume{' '}
      {volume.isMuted ? <Text color="red">muted</Text> : <Text>{volume.decibels.toFixed(0)} dB</Text>}
    </Text>
  );
}

/** From here on, in decibels, a sample is near to the most that an output takes. */
const HOT = -1;

export function Levels({
  levels,
  columns,
}: {
  readonly levels: readonly Level[];
  readonly columns: number;
}): JSX.Element {
  const width = Math.max(10, Math.min(60, columns - 40));
  return (
    <>
      {levels.map(({ peak, rms }, channel) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: A channel is what its number says.
        <Text key={channel} wrap="truncate-end">
          out {channel + 1}{' '}
          <Text color={decibelsOf(peak) > HOT ? 'red' : 'green'}>{meter(rms, peak, width)}</Text> RMS{' '}
          {shown(rms)} dB<Text dimColor> peak {shown(peak)} dB</Text>
        </Text>
      ))}
    </>
  );
}

const shown = (amplitude: number): string => {
  const decibels = decibelsOf(amplitude);
  return (decibels < -99 ? '-∞' : decibels.toFixed(1)).padStart(5);
};
