/** A line chart by uPlot, in the colours of the page. */

import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import { useScheme } from '../scheme.js';

export interface Series {
  readonly name: string;
  /** A colour of the page by its name, such as `--rci-blue`. */
  readonly color: string;
  readonly values: readonly (number | null)[];
}

interface ChartProps {
  readonly title: string;
  /** Present values of the chart, in words. */
  readonly summary: string;
  readonly xs: readonly number[];
  readonly series: readonly Series[];
  readonly height: number;
  /** True where the horizontal axis is the time of day. @default false */
  readonly isTime?: boolean;
  /** Bounds of the vertical axis. @default those of the values, from 0 on */
  readonly range?: readonly [min: number, max: number] | undefined;
  readonly isStepped?: boolean;
}

export function Chart(props: ChartProps) {
  const { title, summary, xs, series, height, isTime = false, range, isStepped = false } = props;
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot>(undefined);
  const scheme = useScheme();
  const shape = series.map(({ name, color }) => `${name} ${color}`).join('|');
  const data = [xs, ...series.map(({ values }) => values)] as UPlot.AlignedData;
  const latest = useRef(data);
  useEffect(() => {
    latest.current = data;
    plot.current?.setData(data);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another scheme has other colours.
  useEffect(() => {
    const element = place.current!;
    const color = (name: string): string => colorOf(element, name);
    const axis = {
      stroke: color('--rci-muted'),
      grid: { stroke: color('--rci-line'), width: 1 },
      ticks: { show: false },
      font: '11px system-ui, sans-serif',
    };
    const made = new UPlot(
      {
        width: Math.max(60, element.clientWidth),
        height,
        cursor: { show: false },
        legend: { show: false },
        scales: {
          x: { time: isTime },
          y: range
            ? { range: [range[0], range[1]] }
            : { range: (_plot, _min, max) => [0, Math.max(max * 1.1, 1)] },
        },
        axes: [
          {
            ...axis,
            size: 28,
            space: isTime ? 90 : 50,
            values: (_plot: UPlot, splits: number[]) => splits.map(isTime ? timeOfDay : String),
          },
          { ...axis, size: 44 },
        ],
        series: [
          {},
          ...shape.split('|').map((entry) => ({
            stroke: color(entry.split(' ').at(-1)!),
            width: 1.5,
            points: { show: false },
            ...(isStepped && { paths: UPlot.paths.stepped!({ align: 1 }) }),
          })),
        ],
      },
      latest.current,
      element,
    );
    plot.current = made;
    const observer = new ResizeObserver(() => {
      made.setSize({ width: Math.max(60, element.clientWidth), height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [shape, height, isTime, isStepped, range?.[0], range?.[1], scheme]);
  return (
    <figure className="rci-chart">
      <figcaption>
        <span className="rci-chartTitle">{title}</span>
        {series.map(({ name, color }) => (
          <span key={name} className="rci-key">
            <span style={{ background: `var(${color})` }} aria-hidden="true" />
            {name}
          </span>
        ))}
        <span className="rci-muted rci-summary">{summary}</span>
      </figcaption>
      <div ref={place} role="img" aria-label={`${title}: ${summary}`} />
    </figure>
  );
}

/** `14:03:12` */
const timeOfDay = (seconds: number): string =>
  new Date(seconds * 1000).toLocaleTimeString(undefined, { hour12: false });

/** A colour as a canvas takes it: of those that the page has for light and dark, the one that holds. */
export function colorOf(element: HTMLElement, name: string): string {
  const before = element.style.color;
  element.style.color = `var(${name})`;
  const { color } = getComputedStyle(element);
  element.style.color = before;
  return color;
}
