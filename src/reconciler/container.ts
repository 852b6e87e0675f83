import type { ControlTable } from '../scene/controlTable.js';
import type { SceneNode } from '../scene/sceneNode.js';

/**
 * The container that React renders into: the scene's root, or the group of a portal, with a callback for
 * complete commits.
 */
export interface Container {
  readonly group: SceneNode;
  /** The controls of what a `def` prop means; `undefined` for a name that is not known yet. */
  readonly controlsOf: (def: unknown) => ControlTable | undefined;
  readonly onCommit: () => void;
}
