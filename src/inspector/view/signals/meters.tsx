import { useState } from 'react';
import type { Heard } from '../../protocol.js';
import { useReadings } from '../connection/hooks.js';
import type { BusRef } from './heardBus.js';

/** As quiet as this is the left end. */
const FLOOR = -60;

/** Level of each channel: peak and RMS in decibels of full scale. */
export function Meters({ bus: { index, channels } }: { readonly bus: BusRef }) {
  const [heard, setHeard] = useState<Heard>();
  const problem = useReadings({ kind: 'level', bus: index, channels, frames: 0 }, 50, setHeard);
  return (
    <figure className="rci-chart">
      <figcaption>
        <span className="rci-chartTitle">Level, dB of full scale</span>
        {problem && <span role="alert">{problem}</span>}
      </figcaption>
      {Array.from({ length: channels }, (_, channel) => {
        const [peak = 0, rms = 0] = heard?.channels[channel] ?? [];
        const [peakDb, rmsDb] = [decibels(peak), decibels(rms)];
        const name = `channel ${index + channel}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: channels are known by their number.
          <div key={channel} className="rci-meter">
            <span className="rci-muted">{index + channel}</span>
            {/* biome-ignore lint/a11y/useSemanticElements: a <meter> has one mark, this has peak and RMS. */}
            <div
              role="meter"
              aria-label={`Level of ${name}`}
              aria-valuemin={FLOOR}
              aria-valuemax={0}
              aria-valuenow={Math.round(Math.max(FLOOR, Math.min(0, peakDb)))}
              aria-valuetext={`peak ${print(peakDb)}, RMS ${print(rmsDb)}`}
              className="rci-meterBar"
            >
              <span className="rci-rms" style={{ width: `${part(rmsDb)}%` }} />
              <span
                className="rci-peak"
                data-over={peak > 1 || undefined}
                style={{ left: `${part(peakDb)}%` }}
              />
            </div>
            <span className="rci-meterText">{print(peakDb)}</span>
          </div>
        );
      })}
    </figure>
  );
}

const decibels = (amplitude: number): number => 20 * Math.log10(Math.max(amplitude, 1e-9));
const part = (value: number): number => Math.max(0, Math.min(100, ((value - FLOOR) / -FLOOR) * 100));
const print = (value: number): string => (value < -120 ? 'silent' : `${value.toFixed(1)} dB`);
