/** The buffers of the server, and what is in them as waveforms. */

import { useCallback, useEffect, useRef, useState } from 'react';
import type { BufferFacts, Waveform } from '../protocol.js';
import { colorOf } from './charts/chart.js';
import { useConnection, usePicture } from './connection/hooks.js';
import { useScheme } from './scheme.js';

/** Columns of a requested waveform; the picture is as wide as the page. */
const COLUMNS = 1200;

export function BuffersView() {
  const connection = useConnection();
  const { options } = usePicture((snapshot) => snapshot.server);
  const [buffers, setBuffers] = useState<readonly BufferFacts[]>();
  const [problem, setProblem] = useState<string>();
  const [selected, setSelected] = useState<number>();
  const most = options.numBuffers;
  const load = useCallback(async () => {
    try {
      setBuffers(await connection.ask('buffers', { from: 0, count: most }));
      setProblem(undefined);
    } catch (error) {
      setProblem((error as Error).message);
    }
  }, [connection, most]);
  useEffect(() => void load(), [load]);
  const shown = buffers?.find(({ number }) => number === selected) ?? buffers?.[0];
  return (
    <section className="rci-page" aria-label="Buffers">
      <div className="rci-bar">
        <span className="rci-grow rci-muted">
          {buffers ? `${buffers.length} of ${most} buffers hold something.` : 'Asking …'}
        </span>
        <button type="button" onClick={() => void load()}>
          Ask again
        </button>
      </div>
      {problem && <p role="alert">{problem}</p>}
      {shown && (
        <div className="rci-list" role="radiogroup" aria-label="Buffer to show">
          {buffers!.map((buffer) => (
            <label key={buffer.number} className="rci-choice">
              <input
                type="radio"
                name="rci-buffer"
                checked={buffer.number === shown.number}
                onChange={() => setSelected(buffer.number)}
              />
              <strong>{buffer.number}</strong> {describe(buffer)}
            </label>
          ))}
        </div>
      )}
      {shown && <WaveformPicture key={`${shown.number} ${shown.frames}`} buffer={shown} />}
    </section>
  );
}

function WaveformPicture({ buffer }: { readonly buffer: BufferFacts }) {
  const connection = useConnection();
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useScheme();
  const [waveform, setWaveform] = useState<Waveform>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let isMounted = true;
    connection.ask('waveform', { number: buffer.number, columns: COLUMNS }).then(
      (found) => isMounted && setWaveform(found),
      (error: Error) => isMounted && setProblem(error.message),
    );
    return () => {
      isMounted = false;
    };
  }, [connection, buffer]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another scheme has other colours.
  useEffect(() => {
    if (waveform && canvas.current) draw(canvas.current, waveform);
  }, [waveform, scheme]);
  if (problem) return <p role="alert">{problem}</p>;
  if (!waveform) return <p className="rci-muted">Reading buffer {buffer.number} …</p>;
  const peak = waveform.ranges.flat().reduce((largest, sample) => Math.max(largest, Math.abs(sample)), 0);
  const words = `Buffer ${buffer.number}: ${describe(buffer)}, peak ${peak.toPrecision(3)}`;
  return (
    <figure className="rci-chart">
      <figcaption>
        <span className="rci-chartTitle">{words}</span>
        {waveform.framesRead < waveform.frames && (
          <span className="rci-muted">
            {waveform.framesRead} of {waveform.frames} frames were read, evenly spread
          </span>
        )}
      </figcaption>
      <canvas ref={canvas} className="rci-waveform" role="img" aria-label={words} />
    </figure>
  );
}

/** A lane for each channel, from -1 to 1, or as far as its samples go. */
function draw(canvas: HTMLCanvasElement, { ranges }: Waveform): void {
  const scale = devicePixelRatio;
  canvas.width = canvas.clientWidth * scale;
  canvas.height = canvas.clientHeight * scale;
  const context = canvas.getContext('2d')!;
  const lane = canvas.height / ranges.length;
  const most = ranges.flat().reduce((largest, sample) => Math.max(largest, Math.abs(sample)), 1);
  ranges.forEach((range, channel) => {
    const middle = lane * (channel + 0.5);
    const y = (sample: number): number => middle - (sample / most) * lane * 0.48;
    context.fillStyle = colorOf(canvas, '--rci-line');
    context.fillRect(0, middle, canvas.width, scale);
    context.fillStyle = colorOf(canvas, '--rci-blue');
    const columns = range.length / 2;
    const width = canvas.width / columns;
    for (let column = 0; column < columns; column++) {
      const [low, high] = [y(range[2 * column]!), y(range[2 * column + 1]!)];
      context.fillRect(column * width, high, Math.max(scale, width), Math.max(scale, low - high));
    }
  });
}

const describe = ({ frames, channels, sampleRate }: BufferFacts): string =>
  `${frames} frames, ${channels === 1 ? '1 channel' : `${channels} channels`}, ${sampleRate} Hz` +
  (sampleRate > 0 ? `, ${(frames / sampleRate).toFixed(3)} s` : '');
