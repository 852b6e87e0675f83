import type { Root } from '../../index.js';
import type { Server } from '../../server/index.js';
import type { CommitLog } from '../commitLog.js';

/** Subject of an inspection: a server, and the root that renders onto the server, where there is one. */
export interface Subject {
  /** The server to inspect. */
  readonly server: Server;
  /** Root whose elements stand for the nodes. @default none: the tree is shown as the server tells it */
  readonly root?: Pick<Root, 'tree' | 'elementOf' | 'scheduler'> | undefined;
  /** Commits of the root. @default none: the timeline shows notifications of the server */
  readonly commits?: CommitLog | undefined;
}
