/**
 * A server for a page: it is started by a gesture, suspended and resumed, and what `<Sound>`s of the page hold is
 * rendered onto it, in one root.
 *
 * It is an object that React knows nothing of, so that it can be made outside of components, and shared by several
 * trees. Making one does nothing yet: there may be no browser.
 */

import { bootInPage, type PageEngineOptions } from '../engine/browser/bootInPage.js';
import type { Engine } from '../engine/engine.js';
import { SuperColliderError } from '../errors.js';
import { createRoot, type Root, type RootOptions } from '../reconciler/root.js';
import { type ServerOptions, serverOptions } from '../server/options.js';
import { Server, type ServerSettings } from '../server/server.js';
import { standardSynthDefs } from '../synthdef/library/index.js';
import type { Seconds } from '../units.js';
import { backgroundWaker } from './backgroundWaker.js';
import { SoundList } from './soundList.js';

export interface PageServerOptions
  extends Omit<PageEngineOptions, 'context'>,
    Pick<ServerSettings, 'latency' | 'timeout' | 'heartbeat'> {
  /** The WebAssembly engine in an AudioWorklet of this page. @default 'embedded' */
  readonly engine?: 'embedded' | undefined;
  /** The page's own. It is resumed by `start`, and never closed. @default one is made by `start` */
  readonly context?: AudioContext | undefined;
  /** Hertz of the context that is made. @default what the sound device has */
  readonly sampleRate?: number | undefined;
  /** How the context that is made weighs delay against interruptions. @default 'interactive' */
  readonly latencyHint?: AudioContextLatencyCategory | Seconds | undefined;
  /**
   * What starts it besides `start()`: the first gesture anywhere in the page, or nothing. Browsers let no page sound
   * before a gesture.
   * @default 'gesture'
   */
  readonly startOn?: 'gesture' | 'call' | undefined;
  /** How the page's root is made: `synthDefs`, `lookahead`, `onCommit`, and `onError` for what no `<Sound>` is to be blamed for. */
  readonly root?: Omit<RootOptions, 'clock' | 'readFile'> | undefined;
}

/**
 * - `idle`: not started yet, or closed.
 * - `starting`: the engine's files are fetched, and it boots.
 * - `running`: it sounds.
 * - `suspended`: everything stands still, by `suspend()` or because the browser wants a gesture first.
 * - `failed`: it could not be started; `error` says why. `start()` tries again.
 */
export type PageServerStatus = 'idle' | 'starting' | 'running' | 'suspended' | 'failed';

/** What a page server is at a moment; another object whenever something of it has changed. */
export interface PageServerState {
  readonly status: PageServerStatus;
  readonly error: Error | undefined;
  /** The server's client, once it is there. */
  readonly server: Server | undefined;
}

const IDLE: PageServerState = { status: 'idle', error: undefined, server: undefined };

/** Longest wait for releases when it is closed. */
const RELEASE_TIMEOUT: Seconds = 2;

/** A server for a page. @see PageServer */
export const createPageServer = (options: PageServerOptions = {}): PageServer => new PageServer(options);

export class PageServer {
  readonly options: PageServerOptions;
  /** What `<Sound>`s hold. */
  readonly sounds = new SoundList((element) => this.#render(element));
  readonly #listeners = new Set<() => void>();
  #state = IDLE;
  #context: AudioContext | undefined;
  #root: Root | undefined;
  #endWaker: (() => void) | undefined;
  #starting: Promise<void> | undefined;
  /** Counts starts: what belongs to one that was closed meanwhile is thrown away. */
  #life = 0;

  constructor(options: PageServerOptions = {}) {
    this.options = options;
  }

  get state(): PageServerState {
    return this.#state;
  }

  /** The context that it sounds in, once it was started. */
  get context(): AudioContext | undefined {
    return this.#context;
  }

  /** Calls whenever `state` is another one; for `useSyncExternalStore`. */
  subscribe = (onChange: () => void): (() => void) => {
    this.#listeners.add(onChange);
    return () => this.#listeners.delete(onChange);
  };

  /**
   * Boots the engine, or goes on after `suspend`; call it in the handler of a gesture. Resolves when everything is
   * there; sounds are heard as soon as the browser lets the context run.
   *
   * @throws SuperColliderError `boot-failed` when the engine's files are not served.
   */
  start = (): Promise<void> => {
    if (this.#state.status === 'suspended') return this.resume();
    this.#starting ??= this.#start().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  };

  /** Lets everything stand still. What is rendered meanwhile is heard after `resume`. */
  suspend = async (): Promise<void> => {
    await this.#context?.suspend();
  };

  /** Goes on after `suspend`. */
  resume = async (): Promise<void> => {
    await this.#context?.resume();
  };

  /** Ends what sounds, the engine, and the context when it was made here; `start` makes them anew. */
  close = async (): Promise<void> => {
    this.#life += 1;
    const { server } = this.#state;
    const { context } = { context: this.#context };
    const [root, endWaker] = [this.#root, this.#endWaker];
    context?.removeEventListener('statechange', this.#followContext);
    [this.#context, this.#root, this.#endWaker] = [undefined, undefined, undefined];
    this.#set(IDLE);
    await root?.unmount({ timeout: RELEASE_TIMEOUT });
    endWaker?.();
    await server?.quit();
    if (context && context !== this.options.context && context.state !== 'closed') await context.close();
  };

  /** Starts at the first gesture; returns the function that ends the wait. */
  startOnGesture(): () => void {
    if (this.options.startOn === 'call') return () => {};
    const stop = () => {
      for (const type of GESTURES) document.removeEventListener(type, onGesture, true);
    };
    const onGesture = () => {
      if (this.#state.status === 'running') return stop();
      // Why it failed is in the state.
      this.start().catch(() => {});
    };
    for (const type of GESTURES) document.addEventListener(type, onGesture, true);
    return stop;
  }

  async #start(): Promise<void> {
    if (this.#state.status === 'running') return;
    const life = ++this.#life;
    this.#set({ ...IDLE, status: 'starting' });
    let server: Server | undefined;
    try {
      const { sampleRate, latencyHint = 'interactive' } = this.options;
      // Before anything is awaited, as the gesture counts only now.
      this.#context ??=
        this.options.context ??
        new AudioContext({ latencyHint, ...(sampleRate !== undefined && { sampleRate }) });
      const context = this.#context;
      void context.resume().catch(() => {});
      // That of an engine that has crashed.
      await this.#root?.unmount({ timeout: 0 }).catch(() => {});
      server = await this.#open(context);
      if (life !== this.#life) {
        await server.quit();
        return;
      }
      context.addEventListener('statechange', this.#followContext);
      const opened = server;
      opened.onDisconnect((reason) => {
        if (this.#state.server !== opened) return;
        const words = reason?.lastOutput.at(-1);
        this.#set({
          ...this.#state,
          status: 'failed',
          error: new SuperColliderError(
            'server-offline',
            `The engine in the page has ended${words ? `: ${words}` : ''}. Start it again.`,
          ),
        });
      });
      this.#makeRoot(opened);
      this.#set({ status: statusOf(context), error: undefined, server: opened });
      this.sounds.show();
    } catch (error) {
      if (life === this.#life) this.#set({ ...IDLE, status: 'failed', error: error as Error });
      throw error;
    }
  }

  async #open(context: AudioContext): Promise<Server> {
    const { latency, timeout, heartbeat } = this.options;
    const options = serverOptions({
      ...optionsOfServer(this.options),
      sampleRate: context.sampleRate,
    });
    const openEngine = (): Promise<Engine> => bootInPage({ ...this.options, context });
    const engine = await openEngine();
    try {
      return await Server.open(engine, { options, openEngine, latency, timeout, heartbeat });
    } catch (error) {
      await engine.quit();
      throw error;
    }
  }

  #makeRoot(server: Server): void {
    const { wake, end } = backgroundWaker();
    this.#endWaker = end;
    this.#root = createRoot(server, {
      library: standardSynthDefs(),
      waker: wake,
      onError: reportError,
      ...this.options.root,
    });
  }

  #render(element: Parameters<Root['render']>[0]): void {
    const root = this.#root;
    root?.render(element).catch(this.options.root?.onError ?? reportError);
  }

  #followContext = (): void => {
    const context = this.#context;
    const { status, server } = this.#state;
    if (!context || !server || status === 'failed') return;
    const next = statusOf(context);
    if (next !== status) this.#set({ ...this.#state, status: next });
  };

  #set(state: PageServerState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** What browsers take for a gesture that lets a page sound. */
const GESTURES = ['pointerdown', 'mousedown', 'keydown', 'touchend', 'click'] as const;

const statusOf = (context: AudioContext): PageServerStatus =>
  context.state === 'running' ? 'running' : 'suspended';

const SERVER_OPTIONS = [
  'outputChannels',
  'inputChannels',
  'audioBusChannels',
  'controlBusChannels',
  'buffers',
  'maxNodes',
  'maxSynthDefs',
  'memorySize',
  'wireBuffers',
] as const;

/** Those of our options that are the server's; the allocators are made of them. */
function optionsOfServer(options: PageServerOptions): Partial<ServerOptions> {
  const given = SERVER_OPTIONS.filter((name) => options[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, options[name]]));
}
