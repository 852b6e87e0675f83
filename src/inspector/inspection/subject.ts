import type { Root } from '../../index.js';
import type { Server } from '../../server/index.js';
import type { CommitLog } from '../commitLog.js';

/** What is looked at: a server, and what renders onto it, where that is ours. */
export interface Subject {
  readonly server: Server;
  /** Whose elements stand for the nodes. @default none: the tree is shown as the server tells it */
  readonly root?: Pick<Root, 'tree' | 'scheduler'> | undefined;
  /** What the root has sent. @default the timeline shows what the server tells instead */
  readonly commits?: CommitLog | undefined;
}
