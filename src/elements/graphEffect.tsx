import type { ReactNode } from 'react';
import { SuperColliderError } from '../errors.js';
import { BusHandle } from '../scene/handles.js';
import type { ControlValue } from '../scene/props.js';
import { In, InFeedback, K2A, Out, type Signal, type SynthDef, signal, synthDef } from '../synthdef/index.js';
import { Effect, type EffectOwnProps } from './effect.js';
import { asInputs, namesOf } from './graphControls.js';
import { useInsertPlace } from './inserts.js';
import { useCompiled } from './useCompiled.js';

interface GraphEffectProps extends Readonly<Record<string, unknown>> {
  readonly input: ReactNode;
  readonly write: (signals: never) => unknown;
}

/** Channels of a sound that says nothing else. */
const STEREO = 2;

/** A graph that its input is heard through. */
export function GraphEffect({ input, write, fade, ...rest }: GraphEffectProps): ReactNode {
  const { name, mix, bypass, tail, channels, sidechain, paused, ...others } =
    rest as unknown as EffectOwnProps<SynthDef>;
  const controls = others as unknown as Readonly<Record<string, ControlValue>>;
  const place = useInsertPlace();
  if (fade !== undefined) {
    throw new SuperColliderError(
      'invalid-argument',
      '<Graph input>: it has no fade. It takes over within 50 ms, as an <Effect>. Leave fade out.',
    );
  }
  if (input === true && !place) {
    throw new SuperColliderError(
      'invalid-argument',
      '<Graph input> has nothing to process here. Pass elements, input={<Synth … />}, or put it among the inserts of a <Track>.',
    );
  }
  const width = place?.bus.channels ?? channels ?? STEREO;
  const sides = sidechain instanceof BusHandle ? sidechain.channels : STEREO;
  const sidechainWidth = sidechain === undefined ? 0 : sides;
  const key = [name, write, width, sidechainWidth, namesOf(controls)];
  const def = useCompiled(() => compile(name ?? 'graph', controls, write, width, sidechainWidth), key);
  return (
    <Effect
      {...controls}
      def={def}
      name={name}
      mix={mix}
      bypass={bypass}
      tail={tail}
      channels={channels}
      sidechain={sidechain}
      paused={paused}
    >
      {input}
    </Effect>
  );
}

function compile(
  name: string,
  controls: Readonly<Record<string, ControlValue>>,
  write: GraphEffectProps['write'],
  width: number,
  sidechainWidth: number,
): SynthDef {
  const buses = { in: 0, out: 0, ...(sidechainWidth > 0 && { sidechain: 0 }) };
  let isUsed = false;
  const def = synthDef(name, { ...buses, ...asInputs(controls) }, (given) => {
    const signals = given as Readonly<Record<string, Signal>>;
    const sounds: Record<string, Signal> = { input: In.ar(signals.in!, width) };
    if (sidechainWidth > 0) sounds.sidechain = InFeedback.ar(signals.sidechain!, sidechainWidth);
    const get = (_: unknown, control: string) => {
      isUsed ||= control === 'input';
      return sounds[control] ?? signals[control];
    };
    const result = write(new Proxy(signals, { get }) as never);
    if (result === undefined) return;
    const sound = signal(result as Signal);
    const heard = sound.rate === 'audio' ? sound : K2A.ar(sound);
    Out.ar(signals.out!, heard.channels.length === 1 ? Array(width).fill(heard.channels[0]) : heard);
  });
  if (isUsed) return def;
  throw new SuperColliderError(
    'invalid-argument',
    '<Graph input>: its function does not use the input, so that nothing of what is inside would be heard: {({ input }) => RLPF.ar(input, 800)}.',
  );
}
