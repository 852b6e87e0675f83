/**
 * `react-collider`: React for SuperCollider's audio server.
 */

export {
  Group,
  type GroupElementProps,
  Synth,
  type SynthElementProps,
  type SynthOwnProps,
} from './elements/nodes.js';
export {
  Buffer,
  type BufferProps,
  Bus,
  type BusProps,
  SynthDef,
  type SynthDefProps,
} from './elements/resources.js';
export { type ErrorCode, SuperColliderError } from './errors.js';
export { useBuffer } from './hooks/useBuffer.js';
export { type BusOptions, useBus } from './hooks/useBus.js';
export { useServer } from './hooks/useServer.js';
export type { SynthDefLibrary } from './reconciler/definitions.js';
export type { Commit } from './reconciler/liveScene.js';
export {
  createRoot,
  type Root,
  type RootOptions,
  type SceneCounts,
  type UnmountOptions,
} from './reconciler/root.js';
export type { SceneServer } from './reconciler/sceneServer.js';
export { BufferHandle, type BufferInfo, type BufferSource, BusHandle, BusMap } from './scene/handles.js';
export type { GroupHandle, NodeHandle, SynthHandle } from './scene/nodeHandle.js';
export type { ControlValue, EndReason } from './scene/props.js';
