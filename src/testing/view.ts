import type { ReactNode } from 'react';
import { SuperColliderError } from '../errors.js';
import {
  type Commit,
  createRoot,
  flushSync,
  type Root,
  type RootOptions,
  type UnmountOptions,
  VirtualClock,
} from '../index.js';
import type { Argument, Message } from '../osc/message.js';
import { type Server, toOsc } from '../server/index.js';
import type { Seconds } from '../units.js';
import type { Answer, FarEnd, WireBundle } from './farEnd.js';
import { openMemoryServer } from './memoryServer.js';

/** Options of `render` for tests: those of a root, and a server. */
export interface RenderOptions extends RootOptions {
  /** A server to render onto instead of the memory one, such as `boot()` gives; it is the caller's to quit. */
  readonly server?: Server | undefined;
}

/** Says `/n_go` of what a message makes. */
function announce([address, ...args]: Message, farEnd: FarEnd | undefined): void {
  if (address === '/s_new') farEnd?.send(['/n_go', args[1]!, args[3]!, -1, -1, 0]);
  if (address !== '/g_new' && address !== '/p_new') return;
  for (let at = 0; at < args.length; at += 3)
    farEnd?.send(['/n_go', args[at]!, args[at + 2]!, -1, -1, 1, -1, -1]);
}

/** Turns of the event loop that updates of effects and of promises are given to be rendered. */
const MAX_TURNS = 10;

/**
 * Renders an element with the real renderer, over a wire of memory, and shows what went over it.
 *
 * Resolves when everything is loaded and sent. Nothing is simulated but the far end: requests are answered, new nodes
 * announced; when one ends is for the test to say. With `clock: new VirtualClock()` time stands until `advance`.
 *
 * ```tsx
 * const view = await render(<Synth def={sine} freq={220} />);
 * expect(view.lastBundle).toEqual([['/s_new', 'sine', 1000, 1, 1, 'freq', 220]]);
 * ```
 */
export async function render(element: ReactNode, options: RenderOptions = {}): Promise<View> {
  const { server: given, ...rootOptions } = options;
  const memory = given ? undefined : await openMemoryServer();
  const view = new View(given ?? memory!.server, memory?.farEnd, rootOptions);
  await view.rerender(element);
  return view;
}

/** A root that was rendered for a test, and everything that it sent. */
export class View {
  /** The root that renders the element. */
  readonly root: Root;
  /** The server that the root plays on. */
  readonly server: Server;
  /** Every bundle with its moment, in the order in which they arrived. */
  readonly commits: WireBundle[] = [];
  readonly #farEnd: FarEnd | undefined;
  readonly #clock: RootOptions['clock'];
  /** Number of bundles before the last action. */
  #before = 0;

  constructor(server: Server, farEnd: FarEnd | undefined, options: RootOptions) {
    this.server = server;
    this.#farEnd = farEnd;
    this.#clock = options.clock;
    const receive = (bundle: WireBundle) => {
      this.commits.push(bundle);
      for (const message of bundle.messages) announce(message, farEnd);
    };
    const onCommit = (commit: Commit) => {
      if (!farEnd) receive({ time: commit.time, messages: commit.commands.map(toOsc) });
      options.onCommit?.(commit);
    };
    if (farEnd) farEnd.onBundle = receive;
    this.root = createRoot(server, { seed: 1, ...options, onCommit });
  }

  /** The messages of each bundle. */
  get bundles(): readonly (readonly Message[])[] {
    return this.commits.map(({ messages }) => messages);
  }

  /** All messages that the last `render`, `rerender`, `act`, `reply`, `advance` or `unmount` brought about. */
  get lastBundle(): readonly Message[] {
    return this.commits.slice(this.#before).flatMap(({ messages }) => messages);
  }

  /** Renders another element in place of the one before. */
  rerender(element: ReactNode): Promise<void> {
    return this.#do(() => this.root.render(element));
  }

  /** Runs what changes state, and resolves when all that follows from it is rendered and sent. */
  act(fn: () => void | Promise<void>): Promise<void> {
    return this.#do(() => flushSync(fn));
  }

  /**
   * Says something in the server's place, such as `reply('/n_end', 1000, 1, -1, -1, 0)`; resolves when all that
   * follows from it is sent.
   *
   * @throws SuperColliderError `invalid-argument` on a real server, which speaks for itself.
   */
  reply(address: string, ...args: Argument[]): Promise<void> {
    return this.#do(() => this.#far('reply').send([address, ...args]));
  }

  /** Answers the client's requests of an address otherwise than with success. */
  answer(address: string, answer: Answer): void {
    this.#far('answer').answer(address, answer);
  }

  /**
   * Moves the virtual clock, and runs what is due on the way.
   *
   * @throws SuperColliderError `invalid-argument` unless the view was rendered with a `VirtualClock`.
   */
  advance(seconds: Seconds): Promise<void> {
    const clock = this.#clock;
    if (!(clock instanceof VirtualClock)) {
      throw new SuperColliderError(
        'invalid-argument',
        'advance() moves a virtual clock, and this view has none: render it with { clock: new VirtualClock() }.',
      );
    }
    const { scheduler } = this.root;
    const end = clock.now() + seconds;
    return this.#do(() => {
      for (let next = scheduler.nextTime; next !== undefined && next <= end; next = scheduler.nextTime) {
        clock.moveTo(Math.max(clock.now(), next));
        scheduler.runNext();
      }
      clock.moveTo(end);
    });
  }

  /** Takes everything down; does not wait for released synths, whose end only the test can say. */
  unmount(options: UnmountOptions = { timeout: 0 }): Promise<void> {
    return this.#do(() => this.root.unmount(options));
  }

  async #do(action: () => void | Promise<void>): Promise<void> {
    this.#before = this.commits.length;
    await action();
    for (let turn = 0; turn < MAX_TURNS; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      await this.root.settled();
      if (!this.root.isWaiting) break;
    }
  }

  #far(method: string): FarEnd {
    if (this.#farEnd) return this.#farEnd;
    throw new SuperColliderError(
      'invalid-argument',
      `${method}() speaks in the place of a server, and this view is on a real one: ${this.server}.`,
    );
  }
}
