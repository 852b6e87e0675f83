import { type ReactNode, useLayoutEffect, useMemo } from 'react';
import { Portal } from '../hooks/internal.js';
import { useBus } from '../hooks/useBus.js';
import type { SynthDef } from '../synthdef/index.js';
import { channelsBehind, send, strip } from '../synthdef/library/routing.js';
import { Effect, type EffectProps } from './effect.js';
import { Inserts, isEmpty, useIsRunning } from './inserts.js';
import { checkGain, checkPan, checkWidth, levelOf, type Setting } from './mixerChecks.js';
import { useMixerContext } from './mixerContext.js';
import { Group, Synth } from './nodes.js';

/** Props of `<Return>` that are no controls of its effect. */
export interface ReturnOwnProps {
  /** Name that sends use. */
  readonly name: string;
  /** Gain in decibels. A modulator or a live value gives decibels, too. @default 0 */
  readonly gain?: Setting | undefined;
  /** Balance from -1 to 1. @default 0 */
  readonly pan?: Setting | undefined;
  /** True to silence the return. @default false */
  readonly muted?: boolean | undefined;
  /** Channels of the return, 1 to 8. @default 2 */
  readonly channels?: number | undefined;
  /** Effects behind its own one, as those of a track. */
  readonly inserts?: ReactNode;
}

/** Props of `<Return>`: its own props, its effect, and the effect's controls. */
export type ReturnProps<Def extends string | SynthDef> = ReturnOwnProps &
  Omit<EffectProps<Def>, 'children' | 'paused' | keyof ReturnOwnProps>;

/**
 * A return of a `<Mixer>`: the sends of tracks are added up, go through an effect, and come back.
 *
 * Its effect is wet alone: `mix` is 1 unless the props say otherwise.
 *
 * @throws SuperColliderError `invalid-argument` outside of a mixer, and for a name that another return has.
 */
export const Return = function Return({
  name,
  gain = 0,
  pan = 0,
  muted = false,
  channels = 2,
  inserts,
  ...effect
}: ReturnOwnProps & Readonly<Record<string, unknown>>): ReactNode {
  const what = `<Return name="${name}">`;
  const { store, returns, channels: outputs } = useMixerContext('<Return>');
  checkWidth(what, channels);
  checkGain(what, gain);
  checkPan(what, pan, channels, outputs);
  const sum = useBus({ channels, name: `return ${name}` });
  const wet = useBus({ channels, name: `return ${name} before its fader` });
  const bus = useBus({ channels: channelsBehind(channels, outputs), name: `return ${name} behind` });
  useLayoutEffect(() => store.putReturn({ name, input: sum, bus }), [store, name, sum, bus]);
  const feed = useMemo(() => send(channels, channels), [channels]);
  const def = useMemo(() => strip(channels, outputs), [channels, outputs]);
  const level = useMemo(() => levelOf(gain), [gain]);
  const isRunning = useIsRunning();
  const props = { mix: 1, ...effect, channels } as unknown as EffectProps<SynthDef>;
  return (
    <Portal into={returns}>
      <Group key={`${channels}-${outputs}`} name={name}>
        <Group out={wet}>
          <Effect {...props}>
            <Synth def={feed} exit="stay" bus={sum} />
          </Effect>
          {!isEmpty(inserts) && (
            <Inserts bus={wet} isRunning={isRunning}>
              {inserts}
            </Inserts>
          )}
        </Group>
        <Synth name="strip" def={def} bus={wet} post={bus} gain={muted ? 0 : level} pan={pan} />
      </Group>
    </Portal>
  );
} as <const Def extends string | SynthDef>(props: ReturnProps<Def>) => ReactNode;
