import { type Key, type ReactNode, useMemo, useState } from 'react';
import { SuperColliderError } from '../errors.js';
import type { ControlValue } from '../scene/props.js';
import { fading } from '../synthdef/fading.js';
import { K2A, Out, type Signal, type SynthDef, signal, synthDef } from '../synthdef/index.js';
import { isSameSynthDef } from '../synthdef/synthDefNames.js';
import type { Seconds } from '../units.js';
import { asInputs, type SignalsOf, slotsOf } from './graphControls.js';
import { Synth } from './nodes.js';

/** Props of `<Graph>` that are no controls. */
export interface GraphOwnProps<Controls = Readonly<Record<string, Signal>>> {
  /** Seconds of the fades in and out. A graph with a gate or an end of its own fades by itself. @default 0.02 */
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

/** Props of `<Graph>`: its own props, and the controls of the graph, which the child gets as signals. */
export type GraphProps<Props> = {
  readonly [Name in keyof Props]: Name extends keyof GraphOwnProps ? unknown : ControlValue;
} & GraphOwnProps<SignalsOf<Omit<Props, keyof GraphOwnProps>>>;

/**
 * A graph of unit generators where a definition would go, as sclang's `{ … }.play`.
 *
 * Every prop that is not one of its own is a control. The sound goes to the destination around the element, with as many
 * channels as the function gives. The function is called at each render: the same graph changes nothing, and another graph
 * is faded in while the one before fades out.
 *
 * Sends `/d_recv` for each distinct graph, and what `<Synth>` sends.
 *
 * @example
 * ```tsx
 * <Graph freq={220}>{({ freq }) => SinOsc.ar([freq, freq.mul(1.01)]).mul(0.1)}</Graph>
 * ```
 *
 * @throws SuperColliderError `invalid-synthdef` for a graph that cannot be compiled, and for a function that gives nothing.
 */
export const Graph = function Graph({
  fade = 0.02,
  name,
  paused,
  children,
  ...rest
}: GraphOwnProps & Readonly<Record<string, unknown>>): ReactNode {
  const controls = rest as Readonly<Record<string, ControlValue>>;
  if (typeof children !== 'function') {
    throw new SuperColliderError(
      'invalid-argument',
      '<Graph> needs a function as its child that gives a sound: {({ freq }) => SinOsc.ar(freq).mul(0.1)}.',
    );
  }
  const names = Object.entries(controls).map(([control, value]) => `${control}:${slotsOf(value)}`);
  // biome-ignore lint/correctness/useExhaustiveDependencies: The names and sizes of the controls stand for them.
  const compiled = useMemo(
    () => compile(name ?? 'graph', controls, children, fade),
    [name, names.join(), children, fade],
  );
  // A function that is written in the render is another one each time; its bytes say whether the graph is.
  const [shown, show] = useState({ def: compiled, version: 0 });
  let { def, version } = shown;
  if (!isSameSynthDef(def, compiled)) {
    def = compiled;
    version += 1;
    show({ def, version });
  }
  return <Synth key={version} {...controls} def={def} name={name} paused={paused ?? false} />;
} as <const Props extends object>(props: Props & GraphProps<Props>) => ReactNode;

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
