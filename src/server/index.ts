/** `react-collider/server`: a client for scsynth, supernova and the embedded engine, without React. */

export { AddAction, type Command, toOsc } from '../commands/index.js';
export type { Message, ReceivedMessage } from '../osc/message.js';
export { BlockAllocator, defaultGroupId, NodeIdAllocator } from './allocators.js';
export {
  type OfflineFiles,
  type OptionFlag,
  offlineArguments,
  optionFlags,
  type ServerProgram,
  serverArguments,
} from './arguments.js';
export {
  defaultServerOptions,
  firstPrivateBus,
  privateBusChannels,
  type ServerOptions,
  serverOptions,
} from './options.js';
export { type Preset, presets } from './presets.js';
export { printQueryTree, type QueryTreeGroup, type QueryTreeNode, type QueryTreeSynth } from './queryTree.js';
export { type Recorder, type RecorderOptions, record } from './recorder.js';
export { Server, type ServerSettings, type ServerState } from './server.js';
export type { ServerStatus } from './status.js';
