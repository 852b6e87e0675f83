/** A control of a synth, with a slider and a number for each of its slots. */

import { useEffect, useRef, useState } from 'react';
import type { Control } from '../../protocol.js';
import { useConnection } from '../connection/hooks.js';
import { positionOf, rangeOf, STEPS, valueAt } from './ranges.js';

/** Milliseconds that a value moved by hand holds against reports of the server, which may be older. */
const SETTLED_MS = 600;

interface ControlFieldProps {
  readonly id: number;
  readonly control: Control;
}

export function ControlField({ id, control: { name, value, initial } }: ControlFieldProps) {
  const connection = useConnection();
  const slots = Array.isArray(value) ? (value as readonly (number | string)[]) : [value as number | string];
  const set = (slot: number, next: number): void => {
    const values = slots.map((other, index) => (index === slot ? next : Number(other)));
    connection.tell('set', { id, control: name, value: values.length === 1 ? next : values });
  };
  return slots.map((slot, index) => (
    <Slot
      // biome-ignore lint/suspicious/noArrayIndexKey: slots are known by their index.
      key={index}
      fieldId={`rci-control-${name}-${index}`}
      name={slots.length === 1 ? name : `${name}[${index}]`}
      value={slot}
      initial={initial?.[index]}
      onSet={(next) => set(index, next)}
    />
  ));
}

interface SlotProps {
  readonly fieldId: string;
  readonly name: string;
  /** A bus that it is mapped to, such as `c5`, cannot be moved. */
  readonly value: number | string;
  readonly initial: number | undefined;
  readonly onSet: (value: number) => void;
}

function Slot({ fieldId, name, value, initial, onSet }: SlotProps) {
  const [moved, move] = useMoved(onSet);
  if (typeof value === 'string') {
    return (
      <div className="rci-control">
        <span className="rci-controlName">{name}</span>
        <span className="rci-muted">{describeBus(value)}</span>
      </div>
    );
  }
  const shown = moved ?? value;
  const range = rangeOf(name, value, initial);
  const exact = Number(shown.toPrecision(6));
  return (
    <div className="rci-control">
      <label htmlFor={fieldId} className="rci-controlName">
        {name}
      </label>
      <input
        id={fieldId}
        type="range"
        min={0}
        max={STEPS}
        step={range.isWhole ? STEPS / Math.max(1, range.max - range.min) : 1}
        value={positionOf(shown, range)}
        aria-valuetext={`${exact}${range.unit && ` ${range.unit}`}`}
        onChange={(event) => move(valueAt(Number(event.target.value), range))}
        onDoubleClick={() => initial !== undefined && move(initial)}
      />
      <NumberField name={name} value={exact} onSet={move} />
      <span className="rci-unit rci-muted">{range.unit}</span>
    </div>
  );
}

/** The number itself: taken when it is complete, by Enter or by leaving it. */
function NumberField({
  name,
  value,
  onSet,
}: {
  readonly name: string;
  readonly value: number;
  readonly onSet: (value: number) => void;
}) {
  const [text, setText] = useState<string>();
  const take = (): void => {
    const number = Number(text);
    if (text !== undefined && text.trim() !== '' && Number.isFinite(number)) onSet(number);
    setText(undefined);
  };
  return (
    <input
      type="text"
      inputMode="decimal"
      className="rci-number"
      aria-label={`${name}, as a number`}
      value={text ?? value}
      onChange={(event) => setText(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
        if (event.key === 'Escape') setText(undefined);
      }}
    />
  );
}

/** Value of a slider that was moved by hand, until the server confirms; sent once a frame at most. */
function useMoved(onSet: (value: number) => void): [number | undefined, (value: number) => void] {
  const [moved, setMoved] = useState<number>();
  const pending = useRef<{ value: number; frame: number } | undefined>(undefined);
  const send = useRef(onSet);
  useEffect(() => {
    send.current = onSet;
  });
  useEffect(() => {
    if (moved === undefined) return;
    const timer = setTimeout(() => setMoved(undefined), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [moved]);
  const move = (value: number): void => {
    setMoved(value);
    if (pending.current) {
      pending.current.value = value;
      return;
    }
    const frame = requestAnimationFrame(() => {
      const { value: last } = pending.current!;
      pending.current = undefined;
      send.current(last);
    });
    pending.current = { value, frame };
  };
  return [moved, move];
}

const describeBus = (bus: string): string =>
  `follows ${bus.startsWith('a') ? 'audio' : 'control'} bus ${bus.slice(1)}`;
