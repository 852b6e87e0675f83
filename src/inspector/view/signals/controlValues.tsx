import { useState } from 'react';
import { Chart } from '../charts/chart.js';
import { useReadings } from '../connection/hooks.js';
import type { BusRef } from './heardBus.js';

const COLORS = ['--rci-blue', '--rci-orange', '--rci-green', '--rci-red'];
/** Readings that are shown: about half a minute. */
const KEPT = 600;

/** The values of control buses as they go by. */
export function ControlValues({ bus: { index, channels } }: { readonly bus: BusRef }) {
  const [readings, setReadings] = useState<readonly (readonly [at: number, values: readonly number[]])[]>([]);
  const problem = useReadings({ kind: 'values', bus: index, channels, frames: 0 }, 50, (heard) => {
    const values = heard.channels.map(([value = 0]) => value);
    setReadings((before) => [...before, [Date.now() / 1000, values] as const].slice(-KEPT));
  });
  const all = readings.flatMap(([, values]) => values);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const margin = (high - low) * 0.1 || Math.abs(high) * 0.1 || 1;
  return (
    <Chart
      title="Values"
      summary={
        problem ??
        readings
          .at(-1)?.[1]
          .map((value) => value.toPrecision(4))
          .join(', ') ??
        'asking …'
      }
      xs={readings.map(([at]) => at)}
      isTime
      height={240}
      range={all.length > 0 ? [low - margin, high + margin] : [-1, 1]}
      series={Array.from({ length: channels }, (_, channel) => ({
        name: String(index + channel),
        color: COLORS[channel % COLORS.length]!,
        values: readings.map(([, values]) => values[channel] ?? null),
      }))}
    />
  );
}
