/** `react-collider/inspector/node`: opens the inspector's page for a server, from Node. */

import { Inspection } from './inspection/inspection.js';
import type { Subject } from './inspection/subject.js';
import { type ServeOptions, serve } from './web/serve.js';

export { CommitLog, type LoggedCommit } from './commitLog.js';
export type { Subject } from './inspection/subject.js';
export type { ServeOptions } from './web/serve.js';

/** Options of `inspect`: the subject, and the place where the page is served. */
export interface InspectorOptions extends Subject, ServeOptions {}

/** An inspector that is served. */
export interface OpenInspector extends AsyncDisposable {
  /** The page's address with its token, such as `http://127.0.0.1:41237/#5f3c…`. Only who has it gets in. */
  readonly url: string;
  /** Closes the page; the server stays as it is. */
  close(): Promise<void>;
}

/**
 * Serves an inspector of a server on 127.0.0.1, until it is closed. With `root` and `commits` of a session the page shows
 * its components and commits as well:
 *
 * ```ts
 * const commits = new CommitLog();
 * const root = createRoot(server, { onCommit: commits.add });
 * const { url } = await openInspector({ server, root, commits });
 * ```
 *
 * What it sends to the server by itself are questions: `/g_queryTree`, `/s_getn`, `/status`; a synth and a buffer where a
 * bus is listened to.
 *
 * @throws SuperColliderError `port-in-use` when another program has `port`.
 */
export async function openInspector({
  server,
  root,
  commits,
  ...options
}: InspectorOptions): Promise<OpenInspector> {
  const inspection = new Inspection({ server, root, commits });
  try {
    const served = await serve(inspection, options);
    const close = async () => {
      inspection.close();
      await served.close();
    };
    return { url: served.url, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    inspection.close();
    throw error;
  }
}
