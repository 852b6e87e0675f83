/**
 * Messages between the inspector's two sides: the one that looks at a server, and the one that shows it.
 *
 * The picture is one value, `Snapshot`, which is sent once and then as patches. A question
 * fetches what is large, or what one view alone wants. All of it is JSON.
 */

import type { Patch } from 'immer';
import type { NodesById, ServerOptions, ServerState, ServerStatus } from '../server/index.js';
import type { SynthDefGraph } from '../synthdef/index.js';

/** Everything that is known of a server at a moment. */
export interface Snapshot {
  readonly server: ServerFacts;
  /** Nodes as the server links them, by id. */
  readonly nodes: NodesById;
  /** Names of the nodes, as far as they are known. */
  readonly labels: Readonly<Record<number, Label>>;
  /** Controls of the synths that somebody looks at, by id. */
  readonly controls: Readonly<Record<number, readonly Control[]>>;
  /** Changes of nodes by the last entry of the timeline. */
  readonly marks: Readonly<Record<number, Mark>>;
  /** The last entries, by their numbers. */
  readonly timeline: Readonly<Record<number, TimelineEntry>>;
  /** Load and losses, once a second, by a number that counts on. */
  readonly load: Readonly<Record<number, LoadPoint>>;
  /** Names of the definitions whose graphs are known, in alphabetical order. */
  readonly defs: readonly string[];
}

export interface ServerFacts {
  /** `scsynth 3.13.0 · 48000 Hz · 2 out · udp 127.0.0.1:57110`. */
  readonly description: string;
  readonly kind: string;
  readonly state: ServerState;
  readonly isResponsive: boolean;
  readonly isOwner: boolean;
  readonly clientId: number;
  readonly maxLogins: number;
  readonly options: ServerOptions;
  readonly command: readonly string[] | undefined;
  /** True when a session of ours renders onto the server, so that commits and components are known. */
  readonly hasSession: boolean;
}

/** Name of a node, and its element. */
export interface Label {
  /** A synth's definition. */
  readonly def?: string | undefined;
  /** Path of its element: `/voices/Synth[2]`. */
  readonly path?: string | undefined;
  /** The components above it, the nearest first. */
  readonly components?: readonly string[] | undefined;
}

/** A control with a number, a bus that it is mapped to such as `c5`, or several of these. */
export interface Control {
  readonly name: string;
  readonly value: ControlValue;
  /** The definition's own. */
  readonly initial?: readonly number[] | undefined;
}

export type ControlValue = number | string | readonly (number | string)[];

/** Change of a node. */
export type Mark = 'new' | 'set' | 'moved' | 'paused';

/** A bundle of ours that left, or notifications of the server. */
export interface TimelineEntry {
  readonly number: number;
  readonly kind: 'commit' | 'notice';
  /** Time when it left or arrived, in seconds since 1970. */
  readonly at: number;
  /** Timestamp of the bundle, in seconds since 1970; `null` for "at once". */
  readonly time: number | null;
  /** Bytes of its messages. */
  readonly size: number;
  readonly count: number;
  /** The first messages, as text. */
  readonly messages: readonly string[];
}

/** Load of the server in one second. */
export interface LoadPoint extends Pick<ServerStatus, 'averageCpu' | 'peakCpu' | 'synths' | 'groups'> {
  /** Seconds since 1970. */
  readonly at: number;
  readonly unitGenerators: number;
  /** Moments of the session whose callbacks ran too late to sound in time, in that second. */
  readonly late: number;
  /** Packets that were lost or could not be read, in that second. */
  readonly dropped: number;
  /** Packets that wait on our side. */
  readonly backlog: number;
}

/** Questions by name. */
export interface Questions {
  /** Sends `/n_set`. */
  readonly set: {
    readonly id: number;
    readonly control: string;
    readonly value: number | readonly number[];
  };
  /** Sends `/n_run`. */
  readonly run: { readonly id: number; readonly on: boolean };
  /** Sends `/n_free`. */
  readonly free: { readonly id: number };
  /** Sets the synths whose controls are in the snapshot, in place of those before. */
  readonly watch: { readonly ids: readonly number[] };
  /** Sends a message as it is written, and waits a moment for its answer. */
  readonly send: { readonly text: string };
  /** All messages of an entry. */
  readonly messages: { readonly number: number };
  readonly graph: { readonly def: string };
  readonly buffers: { readonly from: number; readonly count: number };
  readonly waveform: { readonly number: number; readonly columns: number };
  readonly listen: ListenQuestion;
}

export interface Answers {
  readonly set: null;
  readonly run: null;
  readonly free: null;
  readonly watch: null;
  readonly send: { readonly sent: string; readonly answers: readonly string[] };
  readonly messages: readonly string[];
  readonly graph: SynthDefGraph | null;
  readonly buffers: readonly BufferFacts[];
  readonly waveform: Waveform;
  readonly listen: Heard;
}

export type QuestionName = keyof Questions;

/** One reading of a bus; the next question of the same kind and bus goes on listening. */
export interface ListenQuestion {
  readonly kind: 'level' | 'scope' | 'spectrum' | 'values';
  readonly bus: number;
  readonly channels: number;
  /** For `scope` and `spectrum`; a power of two for the latter. */
  readonly frames: number;
}

/** Numbers by channel: samples, decibels, values; for `level` peak and RMS. */
export interface Heard {
  readonly channels: readonly (readonly number[])[];
  /** Hertz from one number of a spectrum to the next. */
  readonly width: number;
}

export interface BufferFacts {
  readonly number: number;
  readonly frames: number;
  readonly channels: number;
  /** Hertz. */
  readonly sampleRate: number;
}

export interface Waveform extends BufferFacts {
  /** By channel, the smallest and the largest sample of each column in turn. */
  readonly ranges: readonly (readonly number[])[];
  /** Frames that were read, fewer than there are in a long buffer. */
  readonly framesRead: number;
}

export type ToServer = {
  [Name in QuestionName]: { readonly id: number; readonly type: Name } & { readonly ask: Questions[Name] };
}[QuestionName];

export type FromServer =
  | { readonly type: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly type: 'patches'; readonly patches: readonly Patch[] }
  /** Messages of the server that are no replies, as text; `left` of them were too many to be sent. */
  | { readonly type: 'heard'; readonly messages: readonly HeardMessage[]; readonly left: number }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'refused'; readonly id: number; readonly reason: string };

export interface HeardMessage {
  readonly at: number;
  readonly text: string;
}
