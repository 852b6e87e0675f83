import {
  type Key,
  type ReactNode,
  useContext,
  useInsertionEffect,
  useLayoutEffect,
  useReducer,
  useState,
} from 'react';
import { SuperColliderError } from '../errors.js';
import { rejectUnknownProps } from '../hooks/rejectUnknownProps.js';
import { TransportContext } from '../hooks/timeContext.js';
import { checkLength, useTimeline } from '../hooks/useTimeline.js';
import type { SceneContext } from '../live/sceneContext.js';
import type { SceneNode } from '../scene/sceneNode.js';
import { fading } from '../synthdef/fading.js';
import type { SynthDef } from '../synthdef/index.js';
import type { Grid, Transport } from '../time/transport.js';
import type { Seconds } from '../units.js';
import { Group, type GroupElementProps } from './nodes.js';

/** Props of `<Quantize>`. */
export interface QuantizeProps {
  /** The grid on which changes are heard: bars of the transport, or multiples of so many beats. @default 'bar' */
  readonly to?: Grid | undefined;
  /**
   * Seconds in which definitions without a gate fade in and out. An edited or another definition is then crossfaded with
   * the one before. @default no fades
   */
  readonly fade?: Seconds | undefined;
  /** React's key. */
  readonly key?: Key | null | undefined;
  /** Elements whose changes wait for the grid. */
  readonly children?: ReactNode;
}

/**
 * Children whose changes are heard on the grid: at the next bar, all of them in one bundle with the bar's timestamp.
 *
 * What waits is what the component around it renders inside. State of components inside changes at once; there
 * `useQuantized` waits in the same way. In a dev session each save waits for the grid, too. While the transport stands
 * nothing waits. Music inside goes on while a change waits.
 *
 * @example
 * ```tsx
 * <Quantize to="bar" fade={0.5}>{isDark ? <Low /> : <High />}</Quantize>
 * ```
 *
 * @throws SuperColliderError `invalid-time` unless `to` is `bar` or a number of beats over 0, and `fade` is over 0.
 */
export function Quantize({ to = 'bar', fade, children, ...others }: QuantizeProps): ReactNode {
  rejectUnknownProps('<Quantize>', others, ['to', 'fade', 'children']);
  if (fade !== undefined && !(fade > 0 && fade < Number.POSITIVE_INFINITY)) {
    throw new SuperColliderError(
      'invalid-time',
      `<Quantize>: fade is ${fade}. It is a number of seconds over 0; leave it out for none.`,
    );
  }
  const { scene, shown } = useShown('<Quantize>', children, to);
  useInsertionEffect(() => {
    if (fade !== undefined) scene.fader.current ??= faderOf();
  }, [scene, fade]);
  useLayoutEffect(() => {
    const grid = { to };
    scene.grids.add(grid);
    return () => void scene.grids.delete(grid);
  }, [scene, to]);
  // Which definitions fade is found when their synths are mounted.
  return fade === undefined ? (
    shown
  ) : (
    <Group key={fade} {...({ fade } as GroupElementProps)}>
      {shown}
    </Group>
  );
}

/**
 * A value as it was until the next point of the grid: what changes at any time is heard at the bar.
 *
 * @param to - Bars of the transport, or multiples of so many beats. @default 'bar'
 * @throws SuperColliderError `invalid-time` unless `to` is `bar` or a number of beats over 0.
 *
 * @example
 * const heard = useQuantized(chord);
 */
export function useQuantized<Value>(value: Value, to: Grid = 'bar'): Value {
  return useShown('useQuantized', value, to).shown;
}

function useShown<Value>(name: string, value: Value, to: Grid): { scene: SceneContext; shown: Value } {
  if (to !== 'bar') checkLength(`${name}: to`, to);
  const { scene } = useTimeline(name);
  const around = useContext(TransportContext);
  const transport = around ?? first(scene.transports) ?? scene.transport;
  const [held] = useState(() => ({ value }));
  const [, render] = useReducer((count: number) => count + 1, 0);
  const shown = isOnGrid(scene, transport, to) ? value : held.value;
  useInsertionEffect(() => {
    held.value = shown;
  });
  useLayoutEffect(() => {
    if (Object.is(shown, value)) return;
    const { scheduler } = scene;
    let next = { cancel: () => {} };
    const follow = () => {
      next.cancel();
      next = scheduler.schedule(transport.nextOn(to, scheduler.horizon) ?? scheduler.horizon, render);
    };
    follow();
    const end = transport.clock.subscribe(follow);
    return () => {
      end();
      next.cancel();
    };
  }, [scene, transport, to, shown, value]);
  return { scene, shown };
}

const first = (transports: ReadonlySet<Transport>): Transport | undefined => transports.values().next().value;

/** Gives each definition below a group with a fade that fade. */
function faderOf(): (def: SynthDef, element: SceneNode) => SynthDef | undefined {
  const faded = new WeakMap<SynthDef, Map<Seconds, SynthDef>>();
  return (def, element) => {
    let fade: Seconds | undefined;
    for (let node = element.parent; node && fade === undefined; node = node.parent)
      if (node.type === 'Group') fade = (node.props as { readonly fade?: Seconds }).fade;
    if (fade === undefined) return undefined;
    const known = faded.get(def) ?? new Map<Seconds, SynthDef>();
    faded.set(def, known);
    if (!known.has(fade)) known.set(fade, fading(def, fade));
    return known.get(fade);
  };
}

/** A time is computed from a beat and back: closer ones are the same. */
const TOLERANCE: Seconds = 1e-5;

/** True for a render whose changes may be heard at its moment. */
function isOnGrid(scene: SceneContext, transport: Transport, to: Grid): boolean {
  const next = transport.nextOn(to, scene.time - TOLERANCE);
  if (next === undefined) return true;
  return scene.scheduler.running !== undefined && next <= scene.time + TOLERANCE;
}
