import { useEffect, useState } from 'react';
import { Inspection } from '../inspection/inspection.js';
import type { Subject } from '../inspection/subject.js';
import { directChannel, webSocketChannel } from './connection/channels.js';
import { Connection } from './connection/connection.js';
import { InspectorFrame } from './inspector.js';

/** A server of this page with what renders onto it, or the address of an inspector that runs elsewhere. */
export type InspectorProps =
  | Subject
  | {
      /** A WebSocket of `openInspector`'s, with its token: `ws://127.0.0.1:41237/?token=…` */
      readonly url: string;
    };

/**
 * An inspector as a part of a page: as large as the element that it stands in, which needs a height. Its styles are in
 * `react-collider/inspector.css`.
 *
 * Nothing is sent to the server before it is mounted, nor after it is unmounted, but to free what it listened with.
 *
 * ```tsx
 * import 'react-collider/inspector.css';
 * import { CommitLog, Inspector } from 'react-collider/inspector';
 *
 * const { server } = useServerState();
 * return server && <div style={{ height: 600 }}><Inspector server={server} commits={log} /></div>;
 * ```
 */
export function Inspector(props: InspectorProps) {
  const [url, server, root, commits] =
    'url' in props ? [props.url] : [undefined, props.server, props.root, props.commits];
  const [connection, setConnection] = useState<Connection>();
  useEffect(() => {
    const inspection = server && new Inspection({ server, root, commits });
    const opened = new Connection((events) =>
      inspection ? directChannel(inspection, events) : webSocketChannel(url!, events),
    );
    setConnection(opened);
    return () => {
      setConnection(undefined);
      opened.close();
      inspection?.close();
    };
  }, [url, server, root, commits]);
  return connection ? <InspectorFrame connection={connection} /> : null;
}
