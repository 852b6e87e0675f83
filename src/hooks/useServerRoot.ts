import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { SceneServer } from '../live/sceneServer.js';
import { createRoot } from '../reconciler/root.js';
import type { Root, RootOptions } from '../reconciler/rootOptions.js';
import type { Seconds } from '../units.js';

/** A server that can be left. */
export type OwnedServer = SceneServer & AsyncDisposable;

/** Longest wait for releases when it is unmounted. */
const RELEASE_TIMEOUT: Seconds = 2;

/** A server that is opened, or is going to be. */
export interface Opening<Server> {
  /** The same in all renders, for `use`. */
  readonly promise: Promise<Server>;
  /** It is not left before that is over. */
  readonly hold: (until: Promise<unknown>) => void;
}

/**
 * A server that is opened when the component is mounted, and left when it is unmounted.
 *
 * @param open - Only that of the first render is called.
 */
export function useOpenedServer<Server extends OwnedServer>(open: () => Promise<Server>): Opening<Server> {
  const [opening] = useState(() => openingOf(open));
  useEffect(() => {
    opening.start();
    return opening.stop;
  }, [opening]);
  return opening;
}

function openingOf<Server extends OwnedServer>(
  open: () => Promise<Server>,
): Opening<Server> & { readonly start: () => void; readonly stop: () => void } {
  let resolve!: (server: Server) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<Server>((onOpen, onFail) => {
    resolve = onOpen;
    reject = onFail;
  });
  promise.catch(() => {}); // `use` throws it to an error boundary
  const held: Promise<unknown>[] = [];
  let opened: Promise<Server> | undefined;
  let users = 0;
  const leave = async (): Promise<void> => {
    // StrictMode unmounts and mounts again at once: that is no end.
    if (users > 0 || !opened) return;
    const leaving = opened;
    opened = undefined;
    await Promise.allSettled(held);
    await (await leaving)[Symbol.asyncDispose]();
  };
  return {
    promise,
    hold: (until) => held.push(until),
    start() {
      users += 1;
      opened ??= open();
      opened.then(resolve, reject);
    },
    stop() {
      users -= 1;
      setTimeout(() => void leave().catch(() => {}));
    },
  };
}

/**
 * Renders elements onto another server, in a root of their own, after each commit of the component.
 *
 * @throws what the other root's elements throw and no boundary of theirs catches.
 */
export function useServerRoot(
  server: SceneServer,
  element: ReactNode,
  hold: (until: Promise<unknown>) => void,
  makeRoot: (server: SceneServer, options: RootOptions) => Root = createRoot,
): void {
  const root = useRef<Root>(undefined);
  const latest = useRef(element);
  const [error, setError] = useState<Error>();
  useEffect(() => {
    const made = makeRoot(server, {
      onError: setError,
      onLate: ({ error }) => error && console.warn(error.message),
    });
    root.current = made;
    // Within a commit no other root can be rendered.
    queueMicrotask(() => made.render(latest.current).catch(setError));
    return () => {
      root.current = undefined;
      // Within a commit no other root can be unmounted.
      hold(Promise.resolve().then(() => made.unmount({ timeout: RELEASE_TIMEOUT })));
    };
  }, [server, hold, makeRoot]);
  useLayoutEffect(() => {
    latest.current = element;
    const made = root.current;
    if (made) queueMicrotask(() => made.render(element).catch(setError));
  });
  if (error) throw error;
}
