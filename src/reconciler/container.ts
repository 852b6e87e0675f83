import type { ControlTable } from '../scene/controlTable.js';
import type { SceneNode } from '../scene/sceneNode.js';

/**
 * What React renders into: the scene's root, or the group that a portal leads into, and whom to tell that a commit is
 * complete.
 */
export interface Container {
  readonly group: SceneNode;
  /** The controls of what a `def` prop means; `undefined` for a name that is not known yet. */
  readonly controlsOf: (def: unknown) => ControlTable | undefined;
  readonly onCommit: () => void;
}
