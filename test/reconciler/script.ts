/** Random pieces and random edits of them: as elements, and as what a server is to have after each. */

import { Component, createElement, type FunctionComponent, type ReactNode, Suspense, use } from 'react';
import { type BusHandle, Group, Synth, useBus } from '../../src/index.js';
import type { SynthDef } from '../../src/synthdef/index.js';
import { pad, ping, tone } from '../setup/definitions.js';

export const defs = { tone, pad, ping } as const;

export interface SynthPart {
  kind: 'synth';
  key: string;
  def: keyof typeof defs;
  controls: Record<string, number | readonly number[] | 'lfo' | 'room'>;
  paused: boolean;
  exit: 'release' | 'free';
  /** The definition with which the server has freed it by itself; it is silent until it has another one. */
  ended: keyof typeof defs | undefined;
}

export interface GroupPart {
  kind: 'group';
  key: string;
  children: Part[];
  paused: boolean;
}

/** Synths under `<Suspense>`; `shown` are those that were there when it was last not suspended. */
export interface SuspensePart {
  kind: 'suspense';
  key: string;
  children: SynthPart[];
  isSuspended: boolean;
  shown: SynthPart[];
}

/** Synths in an error boundary; a broken one shows something else instead, until it is another one. */
export interface BoundaryPart {
  kind: 'boundary';
  key: string;
  children: SynthPart[];
  isBroken: boolean;
}

export type Part = SynthPart | GroupPart | SuspensePart | BoundaryPart;

/** On a real server `ping` ends by itself, but not before the script does: the model says when. */
const controlsWith = (part: SynthPart): SynthPart['controls'] =>
  part.def === 'ping' ? { ...part.controls, length: 1000 } : part.controls;

/** Not as JSX, which Vitest compiles for React's development build. */
const synth = (key: string | undefined, props: Readonly<Record<string, unknown>>): ReactNode =>
  createElement(Synth as unknown as FunctionComponent<object>, { ...props, key } as object);

const forever = new Promise<never>(() => {});
function Waiting(): ReactNode {
  return use(forever);
}

class Boundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override render() {
    return this.state.failed ? synth(undefined, { def: tone, freq: 13 }) : this.props.children;
  }
}

export interface Buses {
  lfo: BusHandle;
  room: BusHandle;
}

/** The parts as elements. */
export function Piece({
  parts,
  onBuses,
}: {
  parts: readonly Part[];
  onBuses: (buses: Buses) => void;
}): ReactNode {
  const lfo = useBus({ rate: 'control' });
  const room = useBus({ rate: 'audio' });
  onBuses({ lfo, room });
  const element = (part: Part): ReactNode => {
    const { key } = part;
    switch (part.kind) {
      case 'synth': {
        const controls: Record<string, unknown> = {};
        for (const [name, value] of Object.entries(controlsWith(part)))
          controls[name] = value === 'lfo' ? lfo.kr() : value === 'room' ? room : value;
        return synth(key, { ...controls, def: defs[part.def], paused: part.paused, exit: part.exit });
      }
      case 'group':
        return createElement(
          Group as FunctionComponent<object>,
          { key, paused: part.paused } as object,
          part.children.map(element),
        );
      case 'suspense':
        return createElement(
          Suspense,
          { key, fallback: synth(undefined, { def: tone, freq: 11 }) },
          part.children.map(element),
          part.isSuspended && createElement(Waiting),
        );
      case 'boundary':
        return createElement(
          Boundary as unknown as FunctionComponent<object>,
          { key } as object,
          part.children.map(element),
          part.isBroken && synth(undefined, { def: tone, freq: Number.NaN }),
        );
    }
  };
  return parts.map(element);
}

/** What a server has: the definition, controls by the names of `/g_queryTree.reply`, and whether it runs. */
export type Shape = (
  | { def: string; controls: Record<string, number | string>; paused?: boolean }
  | { children: Shape; paused?: boolean }
)[];

/** What the server is to have for the parts. */
export function wanted(parts: readonly Part[], buses: Buses): Shape {
  // biome-ignore lint/suspicious/useIterableCallbackReturn: every kind returns.
  return parts.flatMap((part): Shape => {
    switch (part.kind) {
      case 'synth':
        return part.ended === part.def ? [] : [synthShape(part, buses)];
      case 'group':
        return [{ children: wanted(part.children, buses), paused: part.paused }];
      case 'suspense':
        if (!part.isSuspended) return wanted(part.children, buses);
        return [
          ...part.shown
            .filter((synth) => !synth.ended)
            .map((synth) => ({ ...synthShape(synth, buses), paused: true })),
          plain(11),
        ];
      case 'boundary':
        return part.isBroken ? [plain(13)] : wanted(part.children, buses);
    }
  });
}

const plain = (freq: number) => ({
  def: 'tone',
  controls: controlsOf(tone, { freq }, undefined),
  paused: false,
});

function synthShape(part: SynthPart, buses: Buses) {
  const def = defs[part.def];
  return { def: def.name, controls: controlsOf(def, controlsWith(part), buses), paused: part.paused };
}

function controlsOf(
  def: SynthDef,
  given: SynthPart['controls'],
  buses: Buses | undefined,
): Record<string, number | string> {
  const controls: Record<string, number | string> = {};
  for (const { name, index, defaults } of def.description.controls) {
    const value = given[name];
    defaults.forEach((byDefault, slot) => {
      const key = slot === 0 ? name : String(index + slot);
      const own = typeof value === 'object' ? value[slot] : slot === 0 ? value : undefined;
      if (own === 'lfo') controls[key] = `c${buses!.lfo.index}`;
      else if (own === 'room') controls[key] = buses!.room.index!;
      else controls[key] = Math.fround((own as number | undefined) ?? byDefault);
    });
  }
  return controls;
}
