/**
 * The buses and buffers of a root.
 *
 * The commit that mounts a resource allocates its numbers. They are released when the resource is unmounted
 * and the last synth that sounds through it has ended.
 */

import { framesWritten } from '../../commands/framesWritten.js';
import { sendSamples } from '../../commands/sampleTransfer.js';
import { SuperColliderError } from '../../errors.js';
import { loadPart } from '../../latePart.js';
import {
  BufferHandle,
  type BufferInfo,
  type BufferSource,
  BusHandle,
  type BusWriter,
  describeBuffer,
  describeBus,
} from '../../scene/handles.js';
import type { BufferNumber, BusIndex } from '../../units.js';
import { isConnectionLost } from '../connectionLost.js';
import type { SceneServer } from '../sceneServer.js';

/** Callbacks to the component that mounted a resource. */
export interface ResourceOwner {
  /** It cannot be had: the component throws this to its error boundary. */
  readonly onFail: (error: Error) => void;
  /** It is loaded, or loaded again. */
  readonly onLoad: () => void;
}

export type Resource = BusHandle | BufferHandle;

export class Resources {
  readonly #mounted = new Map<Resource, ResourceOwner>();
  /** Unmounted, but perhaps still heard. */
  readonly #leaving = new Set<Resource>();
  /** Buffers whose `/b_free` is on its way. */
  readonly #closing = new Set<Promise<void>>();

  constructor(
    readonly server: SceneServer,
    /** True while a synth on the server uses the resource. */
    readonly isInUse: (resource: Resource) => boolean,
    /** Takes values of control buses to the server. */
    readonly writeBus: BusWriter,
    /** Called with the path of each sound file before the server reads it. */
    readonly onFile: (path: string) => void = () => {},
    /** Told of a recording that is not whole. */
    readonly onCutOff: (error: SuperColliderError) => void = () => {},
  ) {}

  get counts(): { readonly buses: number; readonly buffers: number } {
    const all = [...this.#mounted.keys()];
    const buses = all.filter((resource) => resource instanceof BusHandle).length;
    return { buses, buffers: all.length - buses };
  }

  /** Mounts a bus or buffer; returns what unmounts it. Numbers are given by the next `bind`. */
  mount(resource: Resource, owner: ResourceOwner): () => void {
    const all =
      resource instanceof BufferHandle && resource.written ? [resource, resource.written] : [resource];
    for (const each of all) {
      this.#mounted.set(each, owner);
      this.#leaving.delete(each);
    }
    return () => {
      for (const each of all) {
        this.#mounted.delete(each);
        this.#leaving.add(each);
      }
    };
  }

  /**
   * Mounts a bus and gives the bus its index at once; returns the function that unmounts the bus.
   *
   * @throws SuperColliderError `out-of-ids` when the server has no such bus left.
   */
  mountNow(bus: BusHandle): () => void {
    try {
      this.#bindBus(bus);
    } catch (error) {
      throw allocationError(bus, error);
    }
    // After a reboot there may be fewer: what follows the bus waits then.
    return this.mount(bus, { onFail: () => {}, onLoad: () => {} });
  }

  /** Gives numbers to what has none; returns what is being loaded since. */
  bind(): Promise<void>[] {
    const loads: Promise<void>[] = [];
    for (const [resource, owner] of this.#mounted) {
      try {
        if (resource instanceof BusHandle) this.#bindBus(resource);
        else if (resource.number === undefined) loads.push(this.#bindBuffer(resource, owner));
      } catch (error) {
        this.#mounted.delete(resource);
        resource.isRefused = true;
        owner.onFail(allocationError(resource, error));
      }
    }
    return loads;
  }

  /** Frees what is unmounted and no longer heard. */
  release(): void {
    for (const resource of this.#leaving) {
      if (this.isInUse(resource)) continue;
      this.#leaving.delete(resource);
      if (resource instanceof BusHandle) this.#freeBus(resource);
      else this.#freeBuffer(resource);
    }
  }

  /** The server is gone: no number holds any more. */
  lost(): void {
    for (const resource of [...this.#mounted.keys(), ...this.#leaving]) {
      if (resource instanceof BusHandle) resource.bind(undefined);
      else resource.bind(undefined, undefined);
    }
    this.#leaving.clear();
  }

  /**
   * Reads a sound file again into the buffers that hold it, under their numbers: what plays goes on with the new
   * samples. One that cannot be read leaves them as they are, and rejects.
   */
  async reload(path: string): Promise<void> {
    for (const [buffer, owner] of [...this.#mounted]) {
      if (buffer instanceof BusHandle || !('path' in buffer.source) || buffer.source.path !== path) continue;
      const { number } = buffer;
      if (number === undefined) continue;
      const info = await this.#load(number, buffer.source);
      if (buffer.number !== number) continue;
      buffer.bind(number, info);
      owner.onLoad();
    }
  }

  #buses(bus: BusHandle) {
    return bus.rate === 'audio' ? this.server.audioBuses : this.server.controlBuses;
  }

  #bindBus(bus: BusHandle): void {
    if (bus.index === undefined) bus.bind(this.#buses(bus).reserve(bus.channels) as BusIndex, this.writeBus);
  }

  #freeBus(bus: BusHandle): void {
    if (bus.index !== undefined) this.#buses(bus).free(bus.index);
    bus.bind(undefined);
  }

  #bindBuffer(buffer: BufferHandle, owner: ResourceOwner): Promise<void> {
    const number = this.server.buffers.reserve(1) as BufferNumber;
    buffer.bind(number, undefined);
    return this.#fill(buffer, number, owner);
  }

  async #fill(buffer: BufferHandle, number: BufferNumber, owner: ResourceOwner): Promise<void> {
    try {
      const info = await this.#load(number, buffer.source);
      if (buffer.number !== number) return; // The buffer was unmounted, or the server went away.
      buffer.bind(number, info);
      owner.onLoad();
    } catch (cause) {
      if (isConnectionLost(cause) || buffer.number !== number || !this.#mounted.has(buffer)) return;
      const message = cause instanceof Error ? cause.message : String(cause);
      const where = await loadPart(() => import('./whereLooked.js'), 'word of where it was looked for').then(
        ({ whereLooked }) => whereLooked(buffer.source, this.server.fullPath),
        (error: SuperColliderError) => ` (${error.message})`,
      );
      const reason = `${message}${where}`;
      owner.onFail(
        new SuperColliderError('command-failed', `${describeBuffer(buffer)} could not be loaded. ${reason}`, {
          cause,
        }),
      );
    }
  }

  async #load(number: BufferNumber, source: BufferSource): Promise<BufferInfo> {
    const { server } = this;
    if ('path' in source) {
      const { path, startFrame = 0, frames = 0, fileChannels } = source;
      this.onFile(path);
      await server.request(
        fileChannels
          ? { type: '/b_allocReadChannel', number, path, startFrame, frames, channels: fileChannels }
          : { type: '/b_allocRead', number, path, startFrame, frames },
      );
    } else if ('data' in source) {
      const { data, channels = 1 } = source;
      await server.request({ type: '/b_alloc', number, frames: data.length / channels, channels });
      await sendSamples(server, number, 0, data);
    } else if ('stream' in source) {
      const { openStream } = await loadPart(() => import('./streams.js'), 'playing from a file');
      await openStream(server, number, source.stream, source.startFrame);
    } else if ('impulse' in source) {
      this.onFile(source.impulse);
      const { prepareImpulse } = await loadPart(() => import('./impulses.js'), 'convolution');
      await prepareImpulse(server, number, source);
    } else {
      const { frames, channels = 1, writeTo } = source;
      await server.request({ type: '/b_alloc', number, frames, channels });
      if (writeTo)
        await server.request({
          type: '/b_write',
          number,
          ...writeTo,
          frames: 0,
          startFrame: 0,
          leaveOpen: true,
        });
    }
    const { args } = await server.request({ type: '/b_query', numbers: [number] });
    return { frames: args[1] as number, channels: args[2] as number, sampleRate: args[3] as number };
  }

  #freeBuffer(buffer: BufferHandle): void {
    const { number, written } = buffer;
    if (number === undefined) return;
    buffer.bind(undefined, undefined);
    const freed = this.#free(number, buffer.source, written?.index).then(
      // The number is free for others only when the server has let go of the memory.
      () => this.server.buffers.free(number),
      () => {},
    );
    this.#closing.add(freed);
    void freed.then(() => this.#closing.delete(freed));
  }

  /** Resolves when the files of all recordings that have ended are closed and looked at. */
  async closed(): Promise<void> {
    await Promise.all(this.#closing);
  }

  async #free(number: BufferNumber, source: BufferSource, written: BusIndex | undefined): Promise<void> {
    if ('writeTo' in source && source.writeTo) {
      // Asked for at once: the bus may be somebody else's with the next commit.
      const count =
        written === undefined ? undefined : this.server.request({ type: '/c_get', indices: [written] });
      const { channels = 1, writeTo } = source;
      const frames = framesWritten(Number((await count)?.args[1] ?? 0));
      const { soundFiles } = this.server;
      const wanted = { ...writeTo, channels, frames };
      await soundFiles?.settle(wanted);
      // A file that is closed first is complete; /b_free alone leaves its header as it was.
      await this.server.request({ type: '/b_close', number });
      await soundFiles?.check(wanted).catch(this.onCutOff);
    } else if ('stream' in source) await this.server.request({ type: '/b_close', number });
    await this.server.request({ type: '/b_free', number });
  }
}

/** The server has no such block of numbers left. */
function allocationError(resource: Resource, cause: unknown): Error {
  if (!(cause instanceof SuperColliderError)) return cause as Error;
  const what = resource instanceof BusHandle ? describeBus(resource) : describeBuffer(resource);
  return new SuperColliderError(cause.code, `${what} cannot be had. ${cause.message}`, { cause });
}
