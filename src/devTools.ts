import { createRequire } from 'node:module';
import { SuperColliderError } from './errors.js';

/** Options of `connectDevTools`. */
export interface DevToolsOptions {
  /** The host of the standalone React DevTools. @default '127.0.0.1' */
  readonly host?: string | undefined;
  /** @default 8097 */
  readonly port?: number | undefined;
}

/**
 * Connects to the standalone React DevTools (`npx react-devtools`).
 *
 * The DevTools then show the pieces of this process, live and editable: components, groups and synths, props,
 * state and hooks.
 *
 * Call it once, before the first render, with React's development build. A tree that was rendered before is
 * shown from its next commit on. The call waits for DevTools that are not there yet. The package
 * `react-devtools-core` makes this process look a little like a page: it needs globals `window` and `self`,
 * which stay. In pages the DevTools of the browser find everything by themselves.
 *
 * @throws SuperColliderError `not-found` when `react-devtools-core` is not installed; `invalid-argument` in a dev
 *   session.
 * @see https://github.com/facebook/react/tree/main/packages/react-devtools-core
 */
export async function connectDevTools(options: DevToolsOptions = {}): Promise<void> {
  const connect = await prepareDevTools(options);
  await connect();
}

/**
 * Prepares React for the DevTools and returns a function that connects them.
 *
 * React Refresh must come between the two: it then finds the DevTools as it does in a browser. Both must be
 * there before React's renderers are loaded.
 */
export async function prepareDevTools({
  host = '127.0.0.1',
  port = 8097,
}: DevToolsOptions): Promise<() => Promise<void>> {
  const globals = globalThis as Record<string, unknown>;
  globals.window ??= globalThis;
  globals.self ??= globalThis;
  // Node has one of its own from version 22 on.
  globals.WebSocket ??= (await import('ws')).WebSocket;
  let core: typeof import('react-devtools-core');
  try {
    // By require: Node finds no names in it to import, as it is one bundle.
    core = createRequire(import.meta.url)('react-devtools-core');
  } catch (cause) {
    throw new SuperColliderError(
      'not-found',
      'The DevTools of React need the package react-devtools-core, which is not installed: npm install -D react-devtools-core.',
      { cause },
    );
  }
  // React Refresh has one too when it came first, which speaks to nobody.
  const hook = globals.__REACT_DEVTOOLS_GLOBAL_HOOK__ as { readonly sub?: unknown } | undefined;
  if (hook && hook.sub === undefined) {
    throw new SuperColliderError(
      'invalid-argument',
      'connectDevTools() came after React Refresh, which a dev session starts with, and cannot get at React any more. ' +
        'Start the session with the option --devtools instead.',
    );
  }
  // By default host elements are hidden, which are groups and synths here.
  if (!hook) core.initialize(null, false, undefined, []);
  return async () => {
    const { injectIntoDevTools } = await import('./reconciler/root.js');
    injectIntoDevTools();
    core.connectToDevTools({ host, port });
  };
}
