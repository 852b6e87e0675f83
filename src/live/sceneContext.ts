import type { SuperColliderError } from '../errors.js';
import type { SynthDef } from '../synthdef/index.js';
import type { Clock } from '../time/clock.js';
import type { Scheduler } from '../time/scheduler.js';
import type { Grid, Transport } from '../time/transport.js';
import type { UnixTime } from '../units.js';
import type { Frames } from './frames.js';
import type { Fader } from './resources/definitions.js';
import type { Resource, ResourceOwner } from './resources/resources.js';
import type { SceneServer } from './sceneServer.js';

/** Facts of an element whose node is on the server. */
export interface ElementInfo {
  /** The element's `name` prop. */
  readonly name: string | undefined;
  /** The names and types from the root down, such as `/drums/Synth[2]`. */
  readonly path: string;
  /** The components above the element, the nearest first. */
  readonly components: readonly string[];
}

/** The part of a live scene that hooks and elements use. */
export interface SceneContext {
  readonly server: SceneServer;
  readonly scheduler: Scheduler;
  readonly clock: Clock;
  readonly frames: Pick<Frames, 'add'>;
  /** The seed of the piece's random numbers. */
  readonly seed: number;
  /** The time of the commit that is being made, else the earliest time for a commit made now. */
  readonly time: UnixTime;
  /** The transport for components without a `<Transport>` above them: a beat a second. */
  readonly transport: Transport;
  /** The mounted `<Transport>`s, the first one first. */
  readonly transports: Set<Transport>;
  /** The grids of mounted `<Quantize>`s. */
  readonly grids: Set<{ readonly to: Grid }>;
  /** Gives a definition fades of its own: set by the first element that fades. */
  readonly fader: Fader;
  /** Starts that transport, unless it runs. */
  beginTransport(): void;
  /** Numbers the sources of random numbers in the order in which they are mounted. */
  countRandom(): number;
  /** Mounts a bus or a buffer; returns the function that unmounts it. */
  mount(resource: Resource, owner: ResourceOwner): () => void;
  /** Makes a definition known by its name; returns the function that ends this. */
  addDefinition(def: SynthDef): () => void;
  /** The definition that a name, or a definition itself, means now. */
  definitionNamed(def: string | SynthDef): SynthDef | undefined;
  /** @throws SuperColliderError `invalid-file` when it cannot be read. */
  readFile(path: string): Uint8Array;
  /** Names of the files in a folder; `undefined` where there are no files, as in a page. */
  readonly readFolder: ((path: string) => readonly string[]) | undefined;
  /** Reports an error that belongs to no element. */
  report(error: SuperColliderError): void;
  /** Reports an invalid element that stays as it was; `undefined` where such an error is thrown. */
  readonly reportInvalid: ((error: unknown) => void) | undefined;
}
