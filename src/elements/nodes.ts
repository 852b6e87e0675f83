/**
 * The elements that become nodes on the server.
 *
 * They are strings with a type, so that JSX checks their props and React keeps no fiber for them.
 */

import type { Key, ReactElement, ReactNode, Ref } from 'react';
import type { BusHandle } from '../scene/handles.js';
import type { GroupHandle, SynthHandle } from '../scene/nodeHandle.js';
import type { ControlValue, EndReason, Exit } from '../scene/props.js';
import type { SynthDef } from '../synthdef/index.js';
import type { Instrument } from './instrument.js';

/** Props of `<Group>`. */
export interface GroupElementProps {
  /** For paths in error messages and for the tree. */
  readonly name?: string | undefined;
  /** Stops the group and all in it without a sound, and goes on later. Sends `/n_run`. @default false */
  readonly paused?: boolean | undefined;
  /** Behaviour while `<Suspense>` or `<Activity>` hides the group: `play` sounds on. @default 'pause' */
  readonly whenHidden?: 'pause' | 'play' | undefined;
  /**
   * Destination of everything inside: the `out` of each synth whose definition writes audio to a control `out`.
   *
   * A synth with its own `out` keeps it, and so does a group.
   * @default the destination of the group around, else the hardware's outputs
   */
  readonly out?: BusHandle | number | undefined;
  /** Lets supernova run the nodes in it side by side, in no order. Sends `/p_new`. @default false */
  readonly parallel?: boolean | undefined;
  /** Receives the group's handle. */
  readonly ref?: Ref<GroupHandle> | undefined;
  /** React's key. */
  readonly key?: Key | null | undefined;
  /** Nodes in the group, and any other elements. */
  readonly children?: ReactNode;
}

/** Props of `<Synth>` that are no controls. */
export interface SynthOwnProps<Def, Controls> {
  /** The synthdef: what `synthDef()` returned, or the name of one. Another one replaces the synth in its place. */
  readonly def: Def;
  /** For paths in error messages and for the tree. */
  readonly name?: string | undefined;
  /** Stops the synth without a sound, and goes on later. Sends `/n_run`. @default false */
  readonly paused?: boolean | undefined;
  /**
   * The end of the synth when its element is removed.
   *
   * `release` sets its gate to 0, where the synthdef has one, and lets it end by itself. `free` cuts it. `stay` keeps
   * it as it is until the group that it is removed with has ended, as an effect behind what sounds. `close` is `stay`
   * where the group that gives its destination is removed with it; else its gate closes, and it stays as long.
   * Sends `/n_set … gate 0` or `/n_free`.
   *
   * @default 'release'
   */
  readonly exit?: Exit | undefined;
  /** Behaviour while `<Suspense>` or `<Activity>` hides the synth: `play` sounds on. @default 'pause' */
  readonly whenHidden?: 'pause' | 'play' | undefined;
  /** Controls by any name, also by one that is a prop of ours. Wins over a prop of that name. */
  readonly controls?: Readonly<Record<string, ControlValue>> | undefined;
  /**
   * Called when the synth has ended while its element is mounted: `ended` by itself, `freed` by something else, or
   * `lost` with the server. The element stays silent until its `def` or key changes. A lost synth plays again when the
   * server is back.
   */
  readonly onEnd?: ((reason: EndReason) => void) | undefined;
  /** Receives the synth's handle. */
  readonly ref?: Ref<SynthHandle<Controls>> | undefined;
  /** React's key. */
  readonly key?: Key | null | undefined;
}

/** The controls of a definition, as props; of a definition by name, anything. */
export type ControlsOf<Def> =
  Def extends Instrument<infer Name>
    ? { readonly [Control in Name]?: ControlValue } & { readonly freq?: number | undefined }
    : Def extends SynthDef<infer Controls>
      ? string extends keyof Controls
        ? { readonly [control: string]: unknown }
        : { readonly [Name in keyof Controls]?: ControlValue }
      : { readonly [control: string]: unknown };

/** Props of `<Synth>`: its own props, and the controls of the definition. */
export type SynthElementProps<Def extends string | SynthDef> = SynthOwnProps<Def, ControlsOf<Def>> &
  ControlsOf<Def>;

/**
 * A group of nodes; its children's order is the order in which they are computed. Sends `/g_new`.
 *
 * When it leaves, the synths in it are released, and the group is freed when the last has ended.
 */
export const Group = 'Group' as unknown as (props: GroupElementProps) => ReactElement;

/**
 * A synth. Every prop that is not one of its own is a control: `<Synth def={sine} freq={220} />`.
 *
 * Sends `/s_new` when it is mounted and everything that it uses is loaded, one `/n_set` when controls
 * change, `gate 0` or `/n_free` when it leaves. A control that leaves the props goes back to the
 * synthdef's default.
 *
 * Errors: `unknown-synthdef`, `unknown-control` with the nearest name, `invalid-control` for NaN, undefined
 * and what is no number, array, bus or buffer.
 */
export const Synth = 'Synth' as unknown as <const Def extends string | SynthDef>(
  props: SynthElementProps<Def>,
) => ReactElement;
