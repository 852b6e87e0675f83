import { type Key, type ReactNode, useState } from 'react';
import { SuperColliderError } from '../errors.js';
import type { ControlValue } from '../scene/props.js';
import { fading } from '../synthdef/fading.js';
import { K2A, Out, type Signal, type SynthDef, signal, synthDef } from '../synthdef/index.js';
import type { Seconds } from '../units.js';
import type { EffectOwnProps } from './effect.js';
import { asInputs, namesOf, type SignalsOf } from './graphControls.js';
import { GraphEffect } from './graphEffect.js';
import { Synth } from './nodes.js';
import { useCompiled } from './useCompiled.js';

/** Props of `<Graph>` that are no controls. */
export interface GraphOwnProps<Controls = Readonly<Record<string, Signal>>> {
  /**
   * Seconds of the fades in and out. A graph with a gate or an end of its own fades by itself. A graph with an `input`
   * takes over as an effect does. @default 0.02
   */
  readonly fade?: Seconds | undefined;
  /** For paths in error messages and for the tree. */
  readonly name?: string | undefined;
  /** Stops the sound without a fade, and goes on later. @default false */
  readonly paused?: boolean | undefined;
  /** React's key. */
  readonly key?: Key | null | undefined;
  /** Writes the graph: gets the controls as signals, and gives the sound. */
  readonly children: (controls: Controls & { readonly out: Signal }) => unknown;
}

/** Props of a `<Graph>` with an input that are no controls: those of an `<Effect>`. */
export interface GraphInputProps extends Omit<EffectOwnProps<SynthDef>, 'def' | 'children' | 'key'> {
  /**
   * Elements that are heard through the graph, which makes the graph an effect: the function gets their sound as
   * `input`. `true` among the inserts of a track.
   */
  readonly input: ReactNode;
}

/** The signals of an effect's graph that are no controls. */
interface InputSignals {
  /** The sound of what is inside. */
  readonly input: Signal;
  /** The sound that the prop `sidechain` names. */
  readonly sidechain: Signal;
}

type OwnNames<Props> =
  | keyof GraphOwnProps
  | (Props extends { readonly input: unknown } ? keyof GraphInputProps : never);

type SignalsIn<Props> = SignalsOf<Omit<Props, OwnNames<Props>>> &
  (Props extends { readonly input: unknown } ? InputSignals : unknown);

/** Props of `<Graph>`: its own props, and the controls of the graph, which the child gets as signals. */
export type GraphProps<Props> = {
  readonly [Name in keyof Props]: Name extends OwnNames<Props> ? unknown : ControlValue;
} & GraphOwnProps<SignalsIn<Props>> &
  (Props extends { readonly input: unknown } ? GraphInputProps : unknown);

/**
 * A graph of unit generators where a definition would go, as sclang's `{ … }.play`.
 *
 * Every prop that is not one of its own is a control. The sound goes to the destination around the element, with as many
 * channels as the function gives. The function is called at each render: the same graph changes nothing, and another graph
 * is faded in while the one before fades out. Where another graph cannot be compiled, the one before sounds on, and the
 * root reports the error.
 *
 * With an `input` it is an effect: the elements are heard through the graph, with `mix`, `bypass`, `tail`, `channels` and
 * `sidechain` of `<Effect>`. A graph of one channel is heard on all of them.
 *
 * Sends `/d_recv` for each distinct graph, and what `<Synth>` or `<Effect>` sends.
 *
 * @example
 * ```tsx
 * <Graph freq={220}>{({ freq }) => SinOsc.ar([freq, freq.mul(1.01)]).mul(0.1)}</Graph>
 * <Graph cutoff={800} mix={0.5} input={<Note def={saw} pitch="A2" />}>
 *   {({ input, cutoff }) => RLPF.ar(input, cutoff, 0.2)}
 * </Graph>
 * ```
 *
 * @throws SuperColliderError `invalid-synthdef` for a graph that cannot be compiled, and for a function that gives nothing.
 * @throws SuperColliderError `invalid-argument` for a function that does not use its input.
 */
export const Graph = function Graph({
  children,
  ...props
}: GraphOwnProps & Readonly<Record<string, unknown>>): ReactNode {
  if (typeof children !== 'function') {
    throw new SuperColliderError(
      'invalid-argument',
      '<Graph> needs a function as its child that gives a sound: {({ freq }) => SinOsc.ar(freq).mul(0.1)}.',
    );
  }
  const { input } = props;
  return input === undefined ? (
    <GraphSynth {...props} write={children} />
  ) : (
    <GraphEffect {...props} input={input as ReactNode} write={children} />
  );
} as <const Props extends object>(props: Props & GraphProps<Props>) => ReactNode;

interface GraphSynthProps extends Readonly<Record<string, unknown>> {
  readonly write: GraphOwnProps['children'];
}

function GraphSynth({ fade = 0.02, name, paused = false, write, ...rest }: GraphSynthProps): ReactNode {
  const controls = rest as Readonly<Record<string, ControlValue>>;
  const of = (name as string | undefined) ?? 'graph';
  const key = [of, write, fade, namesOf(controls)];
  const def = useCompiled(() => compile(of, controls, write, fade as Seconds), key);
  const [shown, show] = useState({ def, version: 0 });
  let { version } = shown;
  if (shown.def !== def) {
    version += 1;
    show({ def, version });
  }
  return (
    <Synth
      key={version}
      {...controls}
      def={def}
      name={name as string | undefined}
      paused={paused as boolean}
    />
  );
}

function compile(
  name: string,
  controls: Readonly<Record<string, ControlValue>>,
  write: GraphOwnProps['children'],
  fade: Seconds,
): SynthDef {
  const def = synthDef(name, { out: 0, ...asInputs(controls) }, (signals) => {
    const result = write(signals as never);
    if (result === undefined) return;
    const sound = signal(result as Signal);
    Out.ar((signals as { out: Signal }).out, sound.rate === 'audio' ? sound : K2A.ar(sound));
  });
  return fade > 0 ? fading(def, fade) : def;
}
