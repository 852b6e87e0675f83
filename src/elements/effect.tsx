import { type Key, type ReactNode, useMemo, useState } from 'react';
import { SuperColliderError } from '../errors.js';
import { useBus } from '../hooks/useBus.js';
import { useScene } from '../hooks/useServer.js';
import type { BusHandle } from '../scene/handles.js';
import { type ControlValue, sameControl } from '../scene/props.js';
import type { SynthDef } from '../synthdef/index.js';
import { effectInput, effectReturn, insertInput } from '../synthdef/library/routing.js';
import { isSameSynthDef } from '../synthdef/synthDefNames.js';
import type { Seconds } from '../units.js';
import { type InsertPlace, isEmpty, useInsertPlace } from './inserts.js';
import { useTrackBus } from './mixerContext.js';
import { type ControlsOf, Group, Synth } from './nodes.js';

/** Props of `<Effect>` that are no controls of its definition. */
export interface EffectOwnProps<Def> {
  /** The definition: reads audio from a control `in` and writes audio to a control `out`. Another one crossfades. */
  readonly def: Def;
  /**
   * Part of the effect in the sound, 0 to 1. A definition with a control `mix` of its own gets the value.
   * @default 1, or the definition's own
   */
  readonly mix?: ControlValue | undefined;
  /** Lets the sound past the effect, without a click. @default false */
  readonly bypass?: boolean | undefined;
  /** Seconds for which the effect sounds on after its removal. @default until a second of silence, below -80 dB */
  readonly tail?: Seconds | undefined;
  /** Channels of what is inside. An effect of one channel is made once for each of them. Others mix them. @default 2 */
  readonly channels?: number | undefined;
  /**
   * Another sound that the effect listens to: a bus, or the name of a track of the mixer around, behind its fader. It
   * becomes the control `sidechain` of the definition. A track that is computed later is heard one control block late.
   */
  readonly sidechain?: string | ControlValue | undefined;
  /** For paths in error messages and for the tree. */
  readonly name?: string | undefined;
  /** Stops the effect and all inside. @default false */
  readonly paused?: boolean | undefined;
  /** React's key. */
  readonly key?: Key | null | undefined;
  /** Elements that are heard through the effect. */
  readonly children?: ReactNode;
}

/** Props of `<Effect>`: its own props, and the controls of the definition. */
export type EffectProps<Def extends string | SynthDef> = EffectOwnProps<Def> &
  Omit<ControlsOf<Def>, keyof EffectOwnProps<Def> | 'in' | 'out'>;

/**
 * Lets what is inside be heard through an effect: `<Effect def={reverb} mix={0.3}>…</Effect>`.
 *
 * Everything inside plays to a private bus. The effect behind it reads the bus, and its sound goes to the destination
 * outside: the `out` of the group around, else the outputs. Effects nest, the inner one comes first. Other props are
 * controls of the definition.
 *
 * When the element leaves, what is inside is released, and the effect stays until its tail is over. Another `def` takes
 * over the sound within 50 ms, and the tail of the previous effect rings out.
 *
 * Sends `/g_new` for two groups, and `/s_new` for the effect and the synths before and behind it.
 *
 * @example
 * ```tsx
 * <Effect def={reverb} mix={0.3} room={0.9}>
 *   <Note def={pluck} pitch="A4" />
 * </Effect>
 * ```
 *
 * @throws SuperColliderError `invalid-argument` for a definition that does not read `in` or does not write `out`.
 */
export const Effect = function Effect({
  def,
  mix,
  bypass = false,
  tail,
  channels: ownChannels,
  name,
  paused = false,
  sidechain,
  children,
  ...rest
}: EffectOwnProps<string | SynthDef> & Readonly<Record<string, unknown>>): ReactNode {
  const scene = useScene('<Effect>');
  const track = useTrackBus('<Effect sidechain>', typeof sidechain === 'string' ? sidechain : undefined);
  const listensTo = typeof sidechain === 'string' ? track : sidechain;
  const controls = listensTo === undefined ? rest : { ...rest, sidechain: listensTo };
  const known = scene.definitionNamed(def);
  const place = useInsertPlace();
  if (place) checkInsert(ownChannels, children);
  const given = place?.bus.channels ?? ownChannels;
  const shape = shapeOf(def, known, given);
  // Never narrower than it was: an effect whose tail sounds still reads it.
  const [width, widen] = useState(place?.bus.channels ?? shape.width);
  if (!place && shape.width > width) widen(shape.width);
  const bus = useBus({ channels: width, name: name === undefined ? 'effect' : `input of ${name}` });
  // The present effect, and those before it whose tails still sound.
  const [chains, setChains] = useState<readonly Chain[]>(() => [{ id: 0, def, known, given }]);
  let present = chains.at(-1)!;
  let shown = chains;
  if (!isSame(present, { def, known, given })) {
    present = { id: present.id + 1, def, known, given };
    shown = [...chains, present];
    setChains(shown);
  }
  return (
    <Group name={name} paused={paused}>
      {place ? <InsertInput place={place} source={bus} /> : <Group out={bus}>{children}</Group>}
      {shown.map((chain) => (
        <EffectChain
          key={chain.id}
          chain={chain}
          isFirst={chain.id === 0}
          isOpen={chain === present}
          source={bus}
          channels={place?.bus.channels}
          mix={mix}
          bypass={bypass}
          tail={tail}
          controls={controls as Readonly<Record<string, ControlValue>>}
          // The present one stays, also when somebody else has freed it.
          onEnd={() => setChains((all) => all.filter((each) => each !== chain || each === all.at(-1)))}
        />
      ))}
    </Group>
  );
} as <const Def extends string | SynthDef>(props: EffectProps<Def>) => ReactNode;

/** Takes the sound of a bus to an insert, and gives it back when the insert leaves. */
function InsertInput({
  place,
  source,
}: {
  readonly place: InsertPlace;
  readonly source: BusHandle;
}): ReactNode {
  const { bus, isRunning } = place;
  const def = useMemo(() => insertInput(bus.channels), [bus.channels]);
  const [from] = useState(() => (isRunning.current ? 0 : 1));
  return <Synth def={def} exit="close" bus={bus} out={source} from={from} />;
}

function checkInsert(channels: number | undefined, children: ReactNode): void {
  if (isEmpty(children) && channels === undefined) return;
  throw new SuperColliderError(
    'invalid-argument',
    isEmpty(children)
      ? `<Effect> among inserts: channels is ${channels}. An insert has those of its track. Leave channels out.`
      : '<Effect> among inserts has children. An insert processes its track: leave them out, or put the effect into the track, around them.',
  );
}

/** An effect that was shown, by its definition. */
interface Chain {
  readonly id: number;
  readonly def: string | SynthDef;
  readonly known: SynthDef | undefined;
  /** The prop `channels`. */
  readonly given: number | undefined;
}

/** A definition that was made again with the same graph is the same effect. */
const isSame = (chain: Chain, { def, known, given }: Omit<Chain, 'id'>): boolean =>
  chain.given === given &&
  (chain.def === def ||
    (chain.known !== undefined && known !== undefined && isSameSynthDef(chain.known, known)));

interface EffectChainProps {
  readonly chain: Chain;
  readonly isFirst: boolean;
  readonly isOpen: boolean;
  readonly source: BusHandle;
  /** Channels of the destination, where they are known. */
  readonly channels: number | undefined;
  readonly mix: ControlValue | undefined;
  readonly bypass: boolean;
  readonly tail: Seconds | undefined;
  readonly controls: Readonly<Record<string, ControlValue>>;
  readonly onEnd: () => void;
}

/** The effect with the synths before and behind it, which keep its tail apart from what comes next. */
function EffectChain(props: EffectChainProps): ReactNode {
  const { chain, isFirst, isOpen, source, channels, mix, bypass, tail, controls, onEnd } = props;
  const { def } = chain;
  const shape = shapeOf(def, chain.known, chain.given);
  const { inputs, outputs, copies, hasMix } = shape;
  const dry = useBus({ channels: inputs, name: `${shape.name} before` });
  const wet = useBus({ channels: outputs, name: `${shape.name} behind` });
  const input = useMemo(() => effectInput(source.channels, inputs), [source.channels, inputs]);
  const behind = useMemo(() => effectReturn(inputs, outputs, channels), [inputs, outputs, channels]);
  // A closed chain keeps the controls that it had, which may not be those of the next definition.
  const next = { ...controls, ...(hasMix && mix !== undefined && { mix }) };
  const [kept, keep] = useState(next);
  if (isOpen && !isShallowEqual(kept, next)) keep(next);
  return (
    <Group>
      <Synth def={input} exit="stay" bus={source} out={dry} open={isOpen ? 1 : 0} from={isFirst ? 1 : 0} />
      {Array.from({ length: copies }, (_, copy) => (
        <Synth
          // biome-ignore lint/suspicious/noArrayIndexKey: A copy is the channel that it is for.
          key={copy}
          {...(isOpen ? next : kept)}
          def={def}
          exit="stay"
          in={copies > 1 ? dry.channel(copy) : dry}
          out={copies > 1 ? wet.channel(copy) : wet}
        />
      ))}
      <Synth
        def={behind}
        dry={dry}
        wet={wet}
        mix={hasMix || mix === undefined ? 1 : mix}
        bypass={bypass ? 1 : 0}
        gate={isOpen ? 1 : 0}
        tail={tail ?? -1}
        onEnd={onEnd}
      />
    </Group>
  );
}

/** True when each control is the same value. */
function isShallowEqual(
  a: Readonly<Record<string, ControlValue>>,
  b: Readonly<Record<string, ControlValue>>,
): boolean {
  const names = Object.keys(b);
  return Object.keys(a).length === names.length && names.every((name) => sameControl(a[name], b[name]));
}

/** The sizes of an effect. */
interface EffectShape {
  readonly name: string;
  /** Channels of the bus that the inside plays to. */
  readonly width: number;
  /** Channels of the bus that it reads, and of the bus that it writes. */
  readonly inputs: number;
  readonly outputs: number;
  /** Number of synths: an effect of one channel is made once for each channel. */
  readonly copies: number;
  readonly hasMix: boolean;
}

function shapeOf(
  def: string | SynthDef,
  known: SynthDef | undefined,
  given: number | undefined,
): EffectShape {
  const name = typeof def === 'string' ? def : def.name;
  // A name that nobody knows is refused with the names that there are, by the synth.
  if (!known) return { name, width: 2, inputs: 2, outputs: 2, copies: 1, hasMix: false };
  const { inputs, outputs, controls } = known.description;
  const reads = inputs.find(({ bus, rate }) => bus === 'in' && rate === 'audio');
  const writes = outputs.find(({ bus, rate }) => bus === 'out' && rate === 'audio');
  if (!reads || !writes) {
    const lacks = reads
      ? 'writes no audio to a bus from a control "out": end it with Out.ar(c.out, …)'
      : 'reads no audio from a bus from a control "in": begin it with In.ar(c.in, 2)';
    throw new SuperColliderError('invalid-argument', `<Effect>: synthdef "${name}" ${lacks}.`);
  }
  const hasMix = controls.some((control) => control.name === 'mix');
  const width = Math.max(given ?? 2, reads.channels);
  const isMono = reads.channels === 1 && writes.channels === 1;
  return isMono
    ? { name, width, inputs: width, outputs: width, copies: width, hasMix }
    : { name, width, inputs: reads.channels, outputs: writes.channels, copies: 1, hasMix };
}
