/** `react-collider/server`: a client for scsynth, supernova and the embedded engine, without React. */

export type {
  BufferCommand,
  Completion,
  ControlKey,
  ControlPairs,
  NewGroup,
  NodeCommand,
  RawCommand,
  ServerCommand,
} from '../commands/command.js';
export { AddAction, type Command, toOsc } from '../commands/index.js';
export type { QueryTreeGroup, QueryTreeNode, QueryTreeSynth } from '../commands/queryTree.js';
export type { ExitReason } from '../engine/engine.js';
export type {
  Argument,
  Bundle,
  Message,
  Packet,
  ReceivedArgument,
  ReceivedMessage,
  TypedArgument,
} from '../osc/message.js';
export type { Timetag } from '../osc/timetag.js';
export type { ServerAddress } from '../transport/transport.js';
export type { ClientId } from '../units.js';
export { amplitudeOf } from '../units.js';
export { BlockAllocator, defaultGroupId, NodeIdAllocator, printNodeId } from './allocators.js';
export {
  type OfflineFiles,
  type OptionFlag,
  offlineArguments,
  optionFlags,
  type ServerProgram,
  serverArguments,
} from './arguments.js';
export { blip } from './blip.js';
export {
  type GenRoutine,
  ServerBuffer,
  type ServerBufferInfo,
} from './buffer.js';
export type { FramesRead, ReadOptions, WriteOptions } from './bufferFiles.js';
export type { GenFlags } from './bufferGen.js';
export type { PlayOptions } from './bufferPlay.js';
export type { CueOptions, StreamOptions, StreamToOptions } from './bufferStreams.js';
export {
  BufferGroup,
  Buffers,
  type DataOptions,
  type ReadFileOptions,
  type SoundFiles,
  type TemporarySound,
} from './buffers.js';
export { Bundler } from './bundler.js';
export { Buses, type BusGroup, ServerBus } from './buses.js';
export type { Client } from './client.js';
export type { RequestOptions } from './connection.js';
export type { MapTarget, ServerControls, ServerControlValue } from './controlValues.js';
export { ServerGroup, ServerParallelGroup } from './group.js';
export type { HeartbeatOptions } from './heartbeat.js';
export { type InitHook, InitHooks } from './initHooks.js';
export type { LifecycleEvent, ServerState } from './lifecycle.js';
export { ServerNode } from './node.js';
export { type ControlsOfDef, type NodeOptions, Nodes, type Placement, type SynthOptions } from './nodes.js';
export { type NodeState, type Nodes as NodesById, NodeTree, type TreeServer } from './nodeTree.js';
export { defaultServerOptions, firstPrivateBus, privateBusChannels, type ServerOptions } from './options.js';
export type { Bound } from './outgoing.js';
export { type OutputEvent, parseOutput } from './output.js';
export { OscPeer } from './peer.js';
export { type Preset, presets } from './presets.js';
export { printQueryTree, type TreeStyle } from './printTree.js';
export type { DumpTreeOptions } from './queries.js';
export type { TreeSource } from './readNodes.js';
export { Recorder, type RecorderOptions, type RecorderState, record } from './recorder.js';
export { Server } from './server.js';
export { serverOptions } from './serverOptions.js';
export { Servers } from './servers.js';
export type { OpenEngine, QuitOptions, RebootOptions, ServerSettings } from './settings.js';
export { printStatus, type ServerMemory, type ServerStatus, type ServerVersion } from './status.js';
export { ServerSynth } from './synth.js';
export type { SynthControls } from './synthControls.js';
export type { SynthDefConnection, SynthDefs } from './synthDefs.js';
export { ServerVolume } from './volume.js';
