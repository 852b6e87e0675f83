/**
 * The elements that are no nodes: buses, buffers and synthdefs, mounted by where they stand in the tree.
 */

import {
  Fragment,
  type Key,
  type ReactNode,
  type Ref,
  useImperativeHandle,
  useInsertionEffect,
  useMemo,
} from 'react';
import { SuperColliderError } from '../errors.js';
import { rejectUnknownProps } from '../hooks/rejectUnknownProps.js';
import { serverPath } from '../hooks/serverPath.js';
import { useBuffer } from '../hooks/useBuffer.js';
import { type BusOptions, useBus } from '../hooks/useBus.js';
import { useScene } from '../hooks/useServer.js';
import type { SceneContext } from '../live/sceneContext.js';
import type { BufferHandle, BusHandle } from '../scene/handles.js';
import { type SynthDef, synthDefsFromBytes } from '../synthdef/synthDefsFromBytes.js';

/** Children of an element with a handle: elements, or a function of the handle that gives them. */
export type ChildrenOf<Handle> = ReactNode | ((handle: Handle) => ReactNode);

const childrenOf = <Handle,>(children: ChildrenOf<Handle>, handle: Handle): ReactNode =>
  typeof children === 'function' ? children(handle) : children;

/** Props of `<Bus>`. */
export interface BusProps extends BusOptions {
  /** Receives the bus's handle. */
  readonly ref?: Ref<BusHandle> | undefined;
  /** React's key. */
  readonly key?: Key | null | undefined;
  /** Elements that use the bus, or a function that gets its handle. */
  readonly children?: ChildrenOf<BusHandle>;
}

/** A private bus, as `useBus` gives it: `<Bus channels={2}>{(bus) => <Synth out={bus} … />}</Bus>`. */
export function Bus({ children, ref, ...options }: BusProps): ReactNode {
  const bus = useBus(options);
  useImperativeHandle(ref, () => bus, [bus]);
  return <Fragment>{childrenOf(children, bus)}</Fragment>;
}

/** Props of `<Buffer>`. */
export interface BufferProps {
  /** A sound file, as the server sees it. */
  readonly path?: string | URL | undefined;
  /** A long sound file that is played while it is read, by `DiskIn`. */
  readonly stream?: string | URL | undefined;
  /** Frames to make; with `path`, frames to read. */
  readonly frames?: number | undefined;
  /** Channels to make. @default 1 */
  readonly channels?: number | undefined;
  /** Samples, the channels of each frame side by side. */
  readonly data?: ArrayLike<number> | undefined;
  /** First frame of the file to read. @default 0 */
  readonly startFrame?: number | undefined;
  /** Name in error messages and the tree. */
  readonly name?: string | undefined;
  /** Receives the buffer's handle. */
  readonly ref?: Ref<BufferHandle> | undefined;
  /** React's key. */
  readonly key?: Key | null | undefined;
  /** Elements that use the buffer, or a function that gets its handle. */
  readonly children?: ChildrenOf<BufferHandle>;
}

/** A buffer, as `useBuffer` gives it, from a `path`, of a `stream`, from `data`, or of `frames` × `channels`. */
export function Buffer({
  children,
  ref,
  name,
  path,
  stream,
  frames,
  channels,
  data,
  startFrame,
  ...others
}: BufferProps): ReactNode {
  rejectUnknownProps('<Buffer>', others, [
    'path',
    'stream',
    'frames',
    'channels',
    'data',
    'startFrame',
    'name',
    'ref',
    'children',
  ]);
  const source =
    path !== undefined
      ? { path, startFrame, frames }
      : stream !== undefined
        ? { stream, startFrame }
        : data !== undefined
          ? { data, channels }
          : { frames: frames as number, channels };
  const buffer = useBuffer(source, name);
  useImperativeHandle(ref, () => buffer, [buffer]);
  return <Fragment>{childrenOf(children, buffer)}</Fragment>;
}

/** Props of `<Definition>`: a definition, the bytes of a `.scsyndef` file, or the file. */
export type DefinitionProps = { readonly key?: Key | null | undefined } & (
  | { readonly def: SynthDef }
  /** The content of a `.scsyndef` file; every definition in it becomes known. */
  | { readonly bytes: Uint8Array }
  /** A `.scsyndef` file: a path from the working folder, or a URL beside the module. */
  | { readonly file: string | URL }
);

/**
 * Makes definitions known by their names to all `<Synth>`s of the root, wherever they stand.
 *
 * A definition comes from `synthDef()`, from the bytes of a `.scsyndef` file, or from the file. It is sent
 * (`/d_recv`) when a synth first needs it. Synths that get the definition itself as `def` need no
 * `<Definition>`.
 *
 * @throws SuperColliderError `invalid-synthdef` for bytes that hold no definitions, `invalid-file` for a file that
 *   cannot be read, `invalid-argument` when none of the three is given.
 */
export function Definition(props: DefinitionProps): ReactNode {
  rejectUnknownProps('<Definition>', props, ['def', 'bytes', 'file']);
  const scene = useScene('<Definition>');
  const source: unknown = 'def' in props ? props.def : 'bytes' in props ? props.bytes : fileOf(props);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the source is all that the props hold.
  const defs = useMemo(() => definitionsOf(props, scene), [source, scene]);
  useInsertionEffect(() => {
    const removals = defs.map((def) => scene.addDefinition(def));
    return () => {
      for (const remove of removals) remove();
    };
  }, [scene, defs]);
  return null;
}

const fileOf = ({ file }: { readonly file: string | URL }): string =>
  file instanceof URL ? serverPath(file) : file;

function definitionsOf(props: DefinitionProps, scene: SceneContext): readonly SynthDef[] {
  if ('def' in props && typeof props.def === 'object') return [props.def];
  if ('bytes' in props && props.bytes instanceof Uint8Array) return synthDefsFromBytes(props.bytes);
  if ('file' in props && (typeof props.file === 'string' || props.file instanceof URL))
    return synthDefsFromBytes(scene.readFile(fileOf(props)));
  throw new SuperColliderError(
    'invalid-argument',
    '<Definition> needs def (what synthDef() returned), bytes (of a .scsyndef file) or file (its path).',
  );
}
