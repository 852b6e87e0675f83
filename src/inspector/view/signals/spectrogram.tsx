import { useEffect, useRef, useState } from 'react';
import type { Heard } from '../../protocol.js';
import { useReadings } from '../connection/hooks.js';
import type { BusRef } from './heardBus.js';

const FRAMES = 2048;
const COLUMNS = 600;
const LINES = 200;
/** From the bottom to the top, in hertz; octaves are equally high. */
const [LOWEST, HIGHEST] = [40, 20_000];
/** From black to the brightest. */
const [QUIET, LOUD] = [-100, -10];
/** Dark violet to light yellow, even in lightness, and told apart by the colour-blind. */
const COLORS: readonly (readonly [number, number, number])[] = [
  [12, 8, 28],
  [70, 20, 100],
  [150, 40, 100],
  [220, 90, 60],
  [250, 170, 50],
  [252, 245, 180],
];

/** The spectrum of the first channel as it goes by, the latest at the right. */
export function Spectrogram({ bus: { index } }: { readonly bus: BusRef }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [loudest, setLoudest] = useState<string>('nothing heard yet');
  useEffect(() => {
    const context = canvas.current!.getContext('2d', { willReadFrequently: true })!;
    context.fillStyle = `rgb(${COLORS[0]!.join(' ')})`;
    context.fillRect(0, 0, COLUMNS, LINES);
  }, []);
  const onReading = (heard: Heard): void => {
    if (canvas.current) drawColumn(canvas.current, heard);
    setLoudest(describe(heard));
  };
  const problem = useReadings({ kind: 'spectrum', bus: index, channels: 1, frames: FRAMES }, 40, onReading);
  return (
    <figure className="rci-chart">
      <figcaption>
        <span className="rci-chartTitle">Spectrogram of channel {index}</span>
        <span className="rci-muted rci-summary">{problem ?? loudest}</span>
      </figcaption>
      <div className="rci-spectrogram">
        <div className="rci-octaves" aria-hidden="true">
          {[10_000, 1000, 100].map((hertz) => (
            <span key={hertz} style={{ bottom: `${heightOf(hertz) * 100}%` }}>
              {hertz >= 1000 ? `${hertz / 1000} kHz` : `${hertz} Hz`}
            </span>
          ))}
        </div>
        <canvas
          ref={canvas}
          width={COLUMNS}
          height={LINES}
          role="img"
          aria-label={`Spectrogram of channel ${index}: ${loudest}`}
        />
      </div>
    </figure>
  );
}

const heightOf = (hertz: number): number => Math.log(hertz / LOWEST) / Math.log(HIGHEST / LOWEST);

function drawColumn(canvas: HTMLCanvasElement, { channels, width }: Heard): void {
  const context = canvas.getContext('2d')!;
  const decibels = channels[0] ?? [];
  if (!(width > 0)) return;
  context.drawImage(canvas, -1, 0);
  const column = context.createImageData(1, LINES);
  for (let line = 0; line < LINES; line++) {
    // What falls on a line is as loud as the loudest of it.
    const from = frequencyAt(LINES - 1 - line) / width;
    const to = frequencyAt(LINES - line) / width;
    let level = Number.NEGATIVE_INFINITY;
    for (let bin = Math.round(from); bin <= Math.max(Math.round(from), Math.floor(to)); bin++)
      level = Math.max(level, decibels[bin] ?? QUIET);
    const [red, green, blue] = colorAt((level - QUIET) / (LOUD - QUIET));
    column.data.set([red, green, blue, 255], line * 4);
  }
  context.putImageData(column, COLUMNS - 1, 0);
}

const frequencyAt = (line: number): number => LOWEST * (HIGHEST / LOWEST) ** (line / LINES);

function colorAt(part: number): readonly [number, number, number] {
  const place = Math.max(0, Math.min(1, part)) * (COLORS.length - 1);
  const [low, high] = [COLORS[Math.floor(place)]!, COLORS[Math.ceil(place)]!];
  const mix = place - Math.floor(place);
  return [0, 1, 2].map((index) => low[index]! + (high[index]! - low[index]!) * mix) as unknown as [
    number,
    number,
    number,
  ];
}

function describe({ channels, width }: Heard): string {
  const decibels = channels[0] ?? [];
  let loudest = 0;
  for (let bin = 1; bin < decibels.length; bin++) if (decibels[bin]! > decibels[loudest]!) loudest = bin;
  const level = decibels[loudest] ?? QUIET;
  return level < QUIET ? 'silent' : `loudest near ${Math.round(loudest * width)} Hz, ${level.toFixed(0)} dB`;
}
