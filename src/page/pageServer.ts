/**
 * A server for a page, which a gesture starts. One root renders the children of all `<Sound>`s onto the server.
 *
 * It is an object that React knows nothing of, so that it can be made outside of components, and shared by several
 * trees. Making one does nothing yet: there may be no browser.
 */

import type { PageEngineOptions } from '../engine/browser/startPageEngine.js';
import { SuperColliderError } from '../errors.js';
import { loadPart } from '../latePart.js';
import { createRoot } from '../reconciler/root.js';
import type { Root, RootOptions } from '../reconciler/rootOptions.js';
import type { Server } from '../server/server.js';
import type { ServerSettings } from '../server/settings.js';
import type { Seconds } from '../units.js';
import { backgroundWaker } from './backgroundWaker.js';
import { SoundList } from './soundList.js';

/** Options of a server in a page: of its engine, its start and its root. */
export interface PageServerOptions
  extends Omit<PageEngineOptions, 'context'>,
    Pick<ServerSettings, 'latency' | 'timeout' | 'heartbeat'> {
  /** The WebAssembly engine in an AudioWorklet of this page, where no `url` is given. @default 'embedded' */
  readonly engine?: 'embedded' | undefined;
  /**
   * A native server behind a bridge, by the address that `react-collider bridge` printed: `ws://localhost:57180/?token=…`.
   * Nothing of the embedded engine is loaded then, and options of the server, of the context and of sound files count
   * for nothing. It starts when it is mounted, as no gesture is needed.
   * @default the embedded engine
   */
  readonly url?: string | undefined;
  /** The page's own. It is resumed by `start`, and never closed. @default one is made by `start` */
  readonly context?: AudioContext | undefined;
  /** Hertz of the context that is made. @default what the sound device has */
  readonly sampleRate?: number | undefined;
  /** Choice of the context that is made between short delay and few interruptions. @default 'interactive' */
  readonly latencyHint?: AudioContextLatencyCategory | Seconds | undefined;
  /**
   * Start besides `start()`: the first gesture anywhere in the page, or none. Browsers let no page sound
   * before a gesture; behind a bridge it starts at once.
   * @default 'gesture'
   */
  readonly startOn?: 'gesture' | 'call' | undefined;
  /** Options of the page's root: `synthDefs`, `lookahead`, `onCommit`, and `onError` for errors that no boundary takes. */
  readonly root?: Omit<RootOptions, 'clock' | 'readFile' | 'readFolder'> | undefined;
}

/**
 * - `idle`: not started yet, or closed.
 * - `starting`: the engine's files are fetched, and it boots.
 * - `running`: it sounds.
 * - `suspended`: everything stands still, by `suspend()` or because the browser wants a gesture first.
 * - `reconnecting`: the bridge, or the server behind it, is away; `error` says why. When it is back, so is everything
 *   that was rendered.
 * - `failed`: it could not be started; `error` says why. `start()` tries again.
 */
export type PageServerStatus = 'idle' | 'starting' | 'running' | 'suspended' | 'reconnecting' | 'failed';

/** State of a page server; each change makes a new object. */
export interface PageServerState {
  /** Status as a word. */
  readonly status: PageServerStatus;
  /** Reason for the status `failed` or `reconnecting`; `undefined` otherwise. */
  readonly error: Error | undefined;
  /** The server's client, once it is there. */
  readonly server: Server | undefined;
}

const IDLE: PageServerState = { status: 'idle', error: undefined, server: undefined };

/** Longest wait for releases when it is closed. */
const RELEASE_TIMEOUT: Seconds = 2;

/** A server for a page. @see PageServer */
export const createPageServer = (options: PageServerOptions = {}): PageServer => new PageServer(options);

/** A server of a page: its engine, its root and its `<Sound>`s. */
export class PageServer implements AsyncDisposable {
  /** Options that it was made with. */
  readonly options: PageServerOptions;
  /** Children of the `<Sound>`s. */
  readonly sounds = new SoundList((element) => this.#render(element));
  readonly #listeners = new Set<() => void>();
  #state = IDLE;
  #context: AudioContext | undefined;
  #root: Root | undefined;
  #endWaker: (() => void) | undefined;
  #starting: Promise<void> | undefined;
  /** Counts starts: a start that was closed before its end is thrown away. */
  #life = 0;

  constructor(options: PageServerOptions = {}) {
    this.options = options;
  }

  /** Present state. */
  get state(): PageServerState {
    return this.#state;
  }

  /** Root of the `<Sound>`s, once the server was started: for an inspector, and for measuring. */
  get root(): Root | undefined {
    return this.#root;
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
    if (this.#starting) return this.#starting;
    const starting = this.#start().finally(() => {
      if (this.#starting === starting) this.#starting = undefined;
    });
    this.#starting = starting;
    return starting;
  };

  /**
   * Lets everything stand still. Changes that are rendered before `resume` are heard after it. Behind a bridge the page's nodes
   * are paused, while time goes on; sends `/n_run`.
   */
  suspend = async (): Promise<void> => {
    await this.#context?.suspend();
    this.#run(false);
  };

  /** Goes on after `suspend`. */
  resume = async (): Promise<void> => {
    await this.#context?.resume();
    this.#run(true);
  };

  /** The same as `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Ends what sounds, the engine, and the context when it was made here; `start` makes them again. */
  close = async (): Promise<void> => {
    this.#life += 1;
    // A start that is under way ends by itself; one that comes now is another.
    this.#starting = undefined;
    const { server } = this.#state;
    const [context, root, endWaker] = [this.#context, this.#root, this.#endWaker];
    context?.removeEventListener('statechange', this.#followContext);
    [this.#context, this.#root, this.#endWaker] = [undefined, undefined, undefined];
    this.#set(IDLE);
    await root?.unmount({ timeout: RELEASE_TIMEOUT });
    endWaker?.();
    if (server) await leave(server);
    if (context && context !== this.options.context && context.state !== 'closed') await context.close();
  };

  /** Starts at the first gesture, behind a bridge at once; returns the function that ends the wait. */
  startOnGesture(): () => void {
    if (this.options.startOn === 'call') return () => {};
    if (this.options.url !== undefined) {
      this.start().catch(() => {});
      return () => {};
    }
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
    if (this.#state.status === 'running' || this.#state.status === 'reconnecting') return;
    const life = ++this.#life;
    this.#set({ ...IDLE, status: 'starting' });
    try {
      const isBridged = this.options.url !== undefined;
      // Before anything is awaited, as the gesture counts only now.
      const context = isBridged ? undefined : this.#openContext();
      // That of an engine that has crashed.
      await this.#root?.unmount({ timeout: 0 }).catch(() => {});
      this.#endWaker?.();
      // Loaded when it is known what is needed: a page that is only shown stays small.
      const [{ standardSynthDefs: library }, server] = await Promise.all([
        loadPart(() => import('../synthdef/library/standardSynthDefs.js'), 'definition by name'),
        context ? this.#openEmbedded(context) : this.#openBridged(),
      ]);
      if (life !== this.#life) {
        await leave(server);
        return;
      }
      context?.addEventListener('statechange', this.#followContext);
      server.onDisconnect((reason) => {
        if (this.#state.server !== server || this.#state.status === 'reconnecting') return;
        if (isBridged) void this.#reconnect(server);
        else this.#engineEnded(reason?.lastOutput.at(-1));
      });
      this.#makeRoot(server, library);
      this.#set({ status: context ? statusOf(context) : 'running', error: undefined, server });
      this.sounds.show();
    } catch (error) {
      if (life === this.#life) this.#set({ ...IDLE, status: 'failed', error: error as Error });
      throw error;
    }
  }

  async #openEmbedded(context: AudioContext): Promise<Server> {
    const { openEmbedded } = await loadPart(() => import('./openEmbedded.js'), 'engine in the page');
    return openEmbedded(this.options, context);
  }

  async #openBridged(): Promise<Server> {
    const { openBridged } = await loadPart(() => import('./openBridged.js'), 'way to a bridge');
    return openBridged(this.options);
  }

  #openContext(): AudioContext {
    const { sampleRate, latencyHint = 'interactive' } = this.options;
    this.#context ??=
      this.options.context ??
      new AudioContext({ latencyHint, ...(sampleRate !== undefined && { sampleRate }) });
    void this.#context.resume().catch(() => {});
    return this.#context;
  }

  #engineEnded(words: string | undefined): void {
    this.#set({
      ...this.#state,
      status: 'failed',
      error: new SuperColliderError(
        'server-offline',
        `The engine in the page has ended${words ? `: ${words}` : ''}. Start it again.`,
      ),
    });
  }

  /** The root brings up what it has rendered as soon as the server is online again. */
  async #reconnect(server: Server): Promise<void> {
    const wasSuspended = this.#state.status === 'suspended';
    const isWanted = () => this.#state.server === server;
    const error = new SuperColliderError(
      'server-offline',
      `${server.engine.description} is away. It is looked for until it is back.`,
    );
    this.#set({ ...this.#state, status: 'reconnecting', error });
    try {
      const { reconnectUntil } = await loadPart(() => import('./openBridged.js'), 'way to a bridge');
      await reconnectUntil(server, isWanted);
      if (!isWanted()) return;
      this.#set({ ...this.#state, status: 'running', error: undefined });
      if (wasSuspended) this.#run(false);
    } catch (refusal) {
      if (isWanted()) this.#set({ ...IDLE, status: 'failed', error: refusal as Error });
    }
  }

  /** Pauses the page's nodes on a server behind a bridge, or lets them go on. */
  #run(isRunning: boolean): void {
    const { server, status } = this.#state;
    if (this.options.url === undefined || !server || (status !== 'running' && status !== 'suspended')) return;
    server.send([{ type: '/n_run', nodes: [[server.defaultGroup.id, isRunning]] }]);
    this.#set({ ...this.#state, status: isRunning ? 'running' : 'suspended' });
  }

  #makeRoot(server: Server, library: () => RootOptions['library']): void {
    const { wake, end } = backgroundWaker();
    this.#endWaker = end;
    this.#root = createRoot(server, {
      library: library(),
      waker: wake,
      // Called as a method of the options, which the page's own reportError does not stand.
      onError: (error) => reportError(error),
      ...this.options.root,
    });
  }

  /** Takes errors that no error boundary of the page takes. */
  readonly report = (error: Error): void => (this.options.root?.onError ?? reportError)(error);

  #render(element: Parameters<Root['render']>[0]): void {
    const root = this.#root;
    root?.render(element).catch(this.report);
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

/** Events that browsers take for a gesture that lets a page sound. */
const GESTURES = ['pointerdown', 'mousedown', 'keydown', 'touchend', 'click'] as const;

/** Ends a server of the page's own, and leaves another one. */
const leave = (server: Server): Promise<void> => (server.isOwner ? server.quit() : server.disconnect());

const statusOf = (context: AudioContext): PageServerStatus =>
  context.state === 'running' ? 'running' : 'suspended';
