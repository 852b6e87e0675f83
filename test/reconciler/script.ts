/** Random pieces and random edits of them: as elements, and as what a server is to have after each. */

import {
  Activity,
  Component,
  createElement,
  type FunctionComponent,
  type ReactNode,
  Suspense,
  use,
  useRef,
} from 'react';
import {
  type BufferHandle,
  type BusHandle,
  Group,
  type GroupHandle,
  Portal,
  Synth,
  useBuffer,
  useBus,
} from '../../src/index.js';
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
  /** Whether the definition is given by its name, which the root knows. */
  isByName: boolean;
  /** Whether it goes on while it is hidden. */
  playsHidden: boolean;
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

/**
 * Synths that `<Activity>` shows or hides. What changes in hidden ones React renders when nothing else is to be done,
 * and not at all while a component is suspended anywhere, so that here nothing does.
 */
export interface ActivityPart {
  kind: 'activity';
  key: string;
  children: SynthPart[];
  isHidden: boolean;
  /** By which edit it was made, shown, hidden or changed last. */
  edit: number;
}

/** Parts that a portal takes into a group that is empty otherwise. */
export interface PortalPart {
  kind: 'portal';
  key: string;
  children: SynthPart[];
}

/** A synth with a bus and a buffer of its own, which come and go with it. */
export interface ResourcePart {
  kind: 'resource';
  key: string;
  rate: 'control' | 'audio';
  amp: number;
  paused: boolean;
}

export type Part =
  | SynthPart
  | GroupPart
  | SuspensePart
  | BoundaryPart
  | ActivityPart
  | PortalPart
  | ResourcePart;

/** On a real server `ping` ends by itself, but not before the script does: the model says when. */
const controlsWith = (part: SynthPart): SynthPart['controls'] =>
  part.def === 'ping' ? { ...part.controls, length: 1000 } : part.controls;

/** Not as JSX, which Vitest compiles for React's development build. */
const synth = (key: string | undefined, props: Readonly<Record<string, unknown>>): ReactNode =>
  createElement(Synth as unknown as FunctionComponent<object>, { ...props, key, name: key } as object);

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
  /** Those of resources, by key. */
  own: Map<string, { readonly bus: BusHandle; readonly buffer: BufferHandle }>;
}

/** A synth that follows a bus of its own and plays to the number of its own buffer, for there to be one. */
function WithResources({
  part,
  own,
}: {
  readonly part: ResourcePart;
  readonly own: Buses['own'];
}): ReactNode {
  const { rate, amp, paused } = part;
  const bus = useBus({ rate });
  const buffer = useBuffer({ frames: 16 });
  own.set(part.key, { bus, buffer });
  return synth(undefined, {
    def: tone,
    freq: rate === 'audio' ? bus.ar() : bus.kr(),
    out: buffer,
    amp,
    paused,
  });
}

/** Renders its children into a group beside it. */
function IntoGroup({ children }: { readonly children?: ReactNode }): ReactNode {
  const group = useRef<GroupHandle>(null);
  return [
    createElement(Portal, { key: 'portal', into: group }, children),
    createElement(Group as FunctionComponent<object>, { key: 'group', ref: group } as object),
  ];
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
  const own: Buses['own'] = useRef<Buses['own']>(new Map()).current;
  onBuses({ lfo, room, own });
  const element = (part: Part): ReactNode => {
    const { key } = part;
    switch (part.kind) {
      case 'synth': {
        const controls: Record<string, unknown> = {};
        for (const [name, value] of Object.entries(controlsWith(part)))
          controls[name] = value === 'lfo' ? lfo.kr() : value === 'room' ? room : value;
        return synth(key, {
          ...controls,
          def: part.isByName ? part.def : defs[part.def],
          paused: part.paused,
          exit: part.exit,
          whenHidden: part.playsHidden ? 'play' : 'pause',
        });
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
      case 'activity':
        return createElement(
          Activity as FunctionComponent<object>,
          { key, mode: part.isHidden ? 'hidden' : 'visible' } as object,
          part.children.map(element),
        );
      case 'portal':
        return createElement(IntoGroup, { key }, part.children.map(element));
      case 'resource':
        // React sees whether something changed by the object's identity.
        return createElement(WithResources, { key, part: { ...part }, own });
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
            .map((synth) => ({ ...synthShape(synth, buses), paused: synth.paused || !synth.playsHidden })),
          plain(11),
        ];
      case 'boundary':
        return part.isBroken ? [plain(13)] : wanted(part.children, buses);
      case 'activity':
        return part.children.map((synth) => ({
          ...synthShape(synth, buses),
          paused: synth.paused || (part.isHidden && !synth.playsHidden),
        }));
      case 'portal':
        return [{ children: wanted(part.children, buses), paused: false }];
      case 'resource': {
        const { bus, buffer } = buses.own.get(part.key)!;
        const controls = controlsOf(tone, { amp: part.amp, out: buffer.number! }, undefined);
        controls.freq = `${part.rate === 'audio' ? 'a' : 'c'}${bus.index}`;
        return [{ def: 'tone', controls, paused: part.paused }];
      }
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
