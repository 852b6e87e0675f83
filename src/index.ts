/**
 * `react-collider`: React for SuperCollider's audio server.
 */

export { Automation, type AutomationProps } from './elements/automation.js';
export { Effect, type EffectOwnProps, type EffectProps } from './elements/effect.js';
export { Graph, type GraphInputProps, type GraphOwnProps, type GraphProps } from './elements/graph.js';
export type { SignalsOf } from './elements/graphControls.js';
export type { Instrument, InstrumentNote, Playable } from './elements/instrument.js';
export { Master, type MasterProps } from './elements/master.js';
export {
  MidiClock,
  type MidiClockProps,
  MidiControl,
  type MidiControlProps,
  MidiNote,
  type MidiNoteProps,
  MidiProgram,
  type MidiProgramProps,
} from './elements/midiNote.js';
export { Mixer, type MixerProps } from './elements/mixer.js';
export type { Setting } from './elements/mixerChecks.js';
export {
  type MasterControls,
  type TrackControls,
  useMaster,
  useMixer,
  useTrack,
} from './elements/mixerContext.js';
export {
  createMixer,
  type MasterSettings,
  type MasterState,
  type MixerState,
  type MixerStore,
  type ReturnState,
  type TrackSettings,
  type TrackState,
} from './elements/mixerStore.js';
export {
  ar,
  type DriftOptions,
  drift,
  envelope,
  type FollowOptions,
  follow,
  kr,
  type LfoOptions,
  type LfoShape,
  lfo,
  type ModulatorControls,
  type ModulatorGraph,
} from './elements/modulators.js';
export type { ControlsOf } from './elements/nodes.js';
export {
  Group,
  type GroupElementProps,
  Synth,
  type SynthElementProps,
  type SynthOwnProps,
} from './elements/nodes.js';
export { Note, type NoteProps } from './elements/note.js';
export {
  type BeatsOf,
  type EventPatternProps,
  Pattern,
  type PatternPlace,
  type PatternProps,
} from './elements/pattern.js';
export { Quantize, type QuantizeProps, useQuantized } from './elements/quantize.js';
export { Recording, type RecordingProps } from './elements/record.js';
export type { ChildrenOf } from './elements/resources.js';
export {
  Buffer,
  type BufferProps,
  Bus,
  type BusProps,
  Definition,
  type DefinitionProps,
} from './elements/resources.js';
export { Return, type ReturnOwnProps, type ReturnProps } from './elements/return.js';
export {
  Loop,
  type LoopProps,
  Sequence,
  type SequenceProps,
  Swing,
  type SwingProps,
  Tuplet,
  type TupletProps,
} from './elements/sequence.js';
export { AudioServer, type AudioServerProps } from './elements/server.js';
export { At, type AtProps } from './elements/timed.js';
export { type Send, Track, type TrackProps } from './elements/track.js';
export { Transport, type TransportProps } from './elements/transport.js';
export { Voices, type VoicesProps } from './elements/voices.js';
export { Volume, type VolumeProps } from './elements/volume.js';
export type { EngineAbilities, ExitReason } from './engine/engine.js';
export type { WantedSound } from './engine/soundfile/checkWritten.js';
export { type ErrorCode, SuperColliderError, type SuperColliderErrorFacts } from './errors.js';
export { type BeatEvent, useBeat, useBeatValue } from './hooks/useBeat.js';
export { useBuffer } from './hooks/useBuffer.js';
export { type BusOptions, useBus } from './hooks/useBus.js';
export { type BusValueOptions, useBusValue } from './hooks/useBusValue.js';
export { type Frame, type FrameOptions, useFrame } from './hooks/useFrame.js';
export {
  derive,
  liveValue,
  useDerived,
  useLiveValue,
  usePresentValue,
} from './hooks/useLiveValue.js';
export { type HeldNote, useMidi, useMidiNotes } from './hooks/useMidi.js';
export { useMidiClockOut, useMidiOut } from './hooks/useMidiOut.js';
export { useNode, useNodeTree } from './hooks/useNodeTree.js';
export { type OscSource, useOsc } from './hooks/useOsc.js';
export { type OscOutOptions, type OscTarget, useOscOut } from './hooks/useOscOut.js';
export { useRandom } from './hooks/useRandom.js';
export { type Trigger, useReply, useTrigger } from './hooks/useReply.js';
export { type RoutineOptions, type RoutinePlace, useRoutine, useSequence } from './hooks/useRoutine.js';
export { useServer } from './hooks/useServer.js';
export type { OwnedServer } from './hooks/useServerRoot.js';
export { useSmooth, useSpring } from './hooks/useSpring.js';
export { useStatus } from './hooks/useStatus.js';
export { useMusicalTime, useTransport } from './hooks/useTransport.js';
export { useVoices } from './hooks/useVoices.js';
export {
  type MidiEvent,
  type MidiSource,
  parseMidi,
  type WebMidiInput,
  webMidi,
} from './input/midi.js';
export { type ScreenKeys, screenKeys } from './input/screenKeys.js';
export type { Voice, VoiceOptions } from './input/voiceAllocator.js';
export type { Commit } from './live/liveSceneOptions.js';
export type { SynthDefLibrary } from './live/resources/definitions.js';
export type { ElementInfo } from './live/sceneContext.js';
export type {
  BlockAllocation,
  NodeLimit,
  SceneServer,
  SceneSynthDefs,
  ServerOutput,
} from './live/sceneServer.js';
export type { BusRef } from './meters/probe.js';
export { type Level, type LevelOptions, useLevel } from './meters/useLevel.js';
export { type ScopeOptions, useScope } from './meters/useScope.js';
export { type Spectrum, type SpectrumOptions, useSpectrum } from './meters/useSpectrum.js';
export { midiClock, type TransportLeader } from './midi/midiClock.js';
export {
  type MidiMessage,
  type MidiPort,
  midiBytes,
  type WebMidiOutput,
  webMidiOutput,
} from './midi/port.js';
export type { ReceivedArgument } from './osc/message.js';
export { Portal, type PortalProps } from './reconciler/portal.js';
export { createRoot, flushSync } from './reconciler/root.js';
export type { Root, RootOptions, SceneCounts, UnmountOptions } from './reconciler/rootOptions.js';
export type {
  BufferHandle,
  BufferInfo,
  BufferSource,
  BusHandle,
  BusMap,
  BusShape,
  SoundFileTarget,
} from './scene/handles.js';
export type { LiveSource } from './scene/liveSource.js';
export type { Modulator } from './scene/modulator.js';
export type { GroupHandle, NodeHandle, SynthHandle } from './scene/nodeHandle.js';
export type { TreeGroup, TreeNode, TreeNodeFacts, TreeSynth } from './scene/plainTree.js';
export type { ControlValue, EndReason } from './scene/props.js';
export type { WireValue } from './scene/wireValue.js';
export type { SynthDefNames } from './synthdef/synthDefNames.js';
export type { ClockSources } from './time/clock.js';
export {
  barPosition,
  beatsPerBar,
  type Clock,
  euclidean,
  type Lateness,
  type LoopRegion,
  type Meter,
  midiNote,
  type NotePitch,
  pitchToHertz,
  type Random,
  type Scheduled,
  type Scheduler,
  type SchedulerCounts,
  SystemClock,
  seededRandom,
  swing,
  type Tempo,
  TempoMap,
  type TempoPoint,
  tempo,
  VirtualClock,
} from './time/index.js';
export type { BarPosition } from './time/meter.js';
export type { PatternValues } from './time/patternPlayer.js';
export type { SchedulerOptions } from './time/scheduler.js';
export type { TempoClock, TempoClockOptions } from './time/tempoClock.js';
export type { Grid, MusicalTime, Transport as TransportHandle, TransportOptions } from './time/transport.js';
export { type Waker, type WakerWorker, wakerWorkerSource, workerWaker } from './time/waker.js';
export type {
  Beats,
  BufferNumber,
  BusIndex,
  Hertz,
  NodeId,
  Rate,
  Seconds,
  UnixTime,
} from './units.js';
export type { RampCurve } from './values/curve.js';
export type { DerivedValue } from './values/derivedValue.js';
export type { FollowPointsOptions, LiveValue, RampOptions, ValuePoint } from './values/liveValue.js';
export type { SpringOptions } from './values/spring.js';
