import { useMemo, useState } from 'react';
import type { Heard } from '../../protocol.js';
import { Chart } from '../charts/chart.js';
import { useReadings } from '../connection/hooks.js';
import type { BusRef } from './heardBus.js';

const FRAMES = 1024;
const COLORS = ['--rci-blue', '--rci-orange', '--rci-green', '--rci-red'];
/** A wave is drawn from where the first channel rises through zero, so that it stands still. */
const SHOWN = FRAMES / 2;

/** The last samples of each channel. */
export function Oscilloscope({ bus: { index, channels } }: { readonly bus: BusRef }) {
  const [heard, setHeard] = useState<Heard>();
  const problem = useReadings({ kind: 'scope', bus: index, channels, frames: FRAMES }, 40, setHeard);
  const xs = useMemo(() => Array.from({ length: SHOWN }, (_, frame) => frame), []);
  const start = risingEdge(heard?.channels[0] ?? []);
  const series = Array.from({ length: channels }, (_, channel) => ({
    name: String(index + channel),
    color: COLORS[channel % COLORS.length]!,
    values: heard?.channels[channel]?.slice(start, start + SHOWN) ?? [],
  }));
  const peak = series.reduce(
    (largest, { values }) => values.reduce((most, sample) => Math.max(most, Math.abs(sample)), largest),
    0,
  );
  // In steps, so that the picture does not breathe with each wave.
  const reach = [0.05, 0.2, 0.5, 1, 2, 5].find((step) => step >= peak) ?? peak;
  return (
    <Chart
      title="Oscilloscope"
      summary={problem ?? `${SHOWN} frames, peak ${peak.toPrecision(2)}`}
      xs={xs}
      height={180}
      range={[-reach, reach]}
      series={series}
    />
  );
}

function risingEdge(samples: readonly number[]): number {
  for (let at = 1; at < FRAMES - SHOWN; at++) if (samples[at - 1]! < 0 && samples[at]! >= 0) return at;
  return 0;
}
