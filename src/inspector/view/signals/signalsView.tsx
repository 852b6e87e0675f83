/** Signals of a bus: level, wave and spectrum over time; the values of a control bus. */

import { useState } from 'react';
import { usePicture } from '../connection/hooks.js';
import { ControlValues } from './controlValues.js';
import type { BusRef } from './heardBus.js';
import { Meters } from './meters.js';
import { Oscilloscope } from './oscilloscope.js';
import { Spectrogram } from './spectrogram.js';

export function SignalsView() {
  const { options } = usePicture((snapshot) => snapshot.server);
  const [bus, setBus] = useState<BusRef>({
    rate: 'audio',
    index: 0,
    channels: Math.min(2, options.numOutputBusChannels),
  });
  const most = bus.rate === 'audio' ? options.numAudioBusChannels : options.numControlBusChannels;
  const key = `${bus.rate} ${bus.index} ${bus.channels}`;
  return (
    <section className="rci-page" aria-label="Signals">
      <fieldset className="rci-bar">
        <legend className="rci-hidden">Bus</legend>
        <label>
          Rate{' '}
          <select
            value={bus.rate}
            onChange={(event) => setBus({ ...bus, index: 0, rate: event.target.value as BusRef['rate'] })}
          >
            <option value="audio">audio</option>
            <option value="control">control</option>
          </select>
        </label>
        <Whole
          name="Bus"
          value={bus.index}
          min={0}
          max={most - 1}
          onChange={(index) => setBus({ ...bus, index })}
        />
        <Whole
          name="Channels"
          value={bus.channels}
          min={1}
          max={Math.min(8, most - bus.index)}
          onChange={(channels) => setBus({ ...bus, channels })}
        />
        <span className="rci-muted">{describe(bus, options)}</span>
      </fieldset>
      {bus.rate === 'audio' ? (
        <div key={key}>
          <Meters bus={bus} />
          <Oscilloscope bus={bus} />
          <Spectrogram bus={bus} />
        </div>
      ) : (
        <ControlValues key={key} bus={bus} />
      )}
    </section>
  );
}

interface WholeProps {
  readonly name: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

function Whole({ name, value, min, max, onChange }: WholeProps) {
  return (
    <label>
      {name}{' '}
      <input
        type="number"
        value={value}
        min={min}
        max={max}
        onChange={(event) => {
          const next = Number(event.target.value);
          if (Number.isInteger(next) && next >= min && next <= max) onChange(next);
        }}
      />
    </label>
  );
}

function describe(
  { rate, index }: BusRef,
  {
    numOutputBusChannels,
    numInputBusChannels,
  }: { readonly numOutputBusChannels: number; readonly numInputBusChannels: number },
): string {
  if (rate === 'control') return 'asked for twenty times a second';
  if (index < numOutputBusChannels) return 'an output: what is heard';
  if (index < numOutputBusChannels + numInputBusChannels) return 'an input';
  return 'a private bus';
}
